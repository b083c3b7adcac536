/** How good are the diagnoses, measured on recorded cases whose cause is known? */
@NullMarked
package dev.triage502.evaluate;

import org.jspecify.annotations.NullMarked;
