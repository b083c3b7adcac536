/** Which requests failed, when, and what do they have in common? */
@NullMarked
package dev.triage502.analysis.traffic;

import org.jspecify.annotations.NullMarked;
