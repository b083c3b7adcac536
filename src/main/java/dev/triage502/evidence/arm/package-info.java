/** Azure's documents read as facts; the only place that knows Azure's field names and wording. */
@NullMarked
package dev.triage502.evidence.arm;

import org.jspecify.annotations.NullMarked;
