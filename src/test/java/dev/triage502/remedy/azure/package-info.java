/**
 * A model of what az commands do to Azure's documents, written from the measured facts about az and not from the pages.
 *
 * <p>Each group of commands is a class of its own. A refusal names where it is known from, or says "assumed".
 */
@NullMarked
package dev.triage502.remedy.azure;

import org.jspecify.annotations.NullMarked;
