/** What Teams shows: an Adaptive Card, in the envelope that a workflow takes. */
@NullMarked
package dev.triage502.deliver.teams;

import org.jspecify.annotations.NullMarked;
