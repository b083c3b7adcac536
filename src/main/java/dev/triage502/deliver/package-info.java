/** Sending a report to the people who must know: a class a channel, each of which fails alone. */
@NullMarked
package dev.triage502.deliver;

import org.jspecify.annotations.NullMarked;
