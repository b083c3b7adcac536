/** What an investigation is about: one gateway, one window of time, and the alert that asked. */
@NullMarked
package dev.triage502.incident;

import org.jspecify.annotations.NullMarked;
