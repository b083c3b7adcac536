/** The causes of 502, one class each, named like the id that a report shows; {@code Causes} lists them in order. */
@NullMarked
package dev.triage502.diagnosis.cause;

import org.jspecify.annotations.NullMarked;
