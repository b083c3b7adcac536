/** An incident as a mail: HTML that mail clients show, and the same as plain text. */
@NullMarked
package dev.triage502.deliver.email;

import org.jspecify.annotations.NullMarked;
