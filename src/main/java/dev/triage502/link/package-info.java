/** What does a link to one incident allow, and was it made here? Signed tokens; no clock and no store. */
@NullMarked
package dev.triage502.link;

import org.jspecify.annotations.NullMarked;
