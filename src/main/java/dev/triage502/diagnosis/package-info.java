/** From evidence to a named cause: looks, verdicts, and the rank among what is shown. Pure, and without a clock. */
@NullMarked
package dev.triage502.diagnosis;

import org.jspecify.annotations.NullMarked;
