/** The same incident told otherwise: other names, addresses, tables, times, words and shapes, and more around it. */
@NullMarked
package dev.triage502.triage.variation;

import org.jspecify.annotations.NullMarked;
