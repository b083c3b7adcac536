/**
 * The facts of an incident, each with what came of asking for it. Pure values: nothing here fetches, and nothing
 * knows how Azure spells a field.
 */
@NullMarked
package dev.triage502.evidence;

import org.jspecify.annotations.NullMarked;
