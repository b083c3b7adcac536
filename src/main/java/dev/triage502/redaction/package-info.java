/**
 * What must not be in a text that is stored, recorded, sent, printed or logged: secrets, and characters that hide or forge
 * text. Every other package asks here.
 */
@NullMarked
package dev.triage502.redaction;

import org.jspecify.annotations.NullMarked;
