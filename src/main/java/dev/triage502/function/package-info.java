/** The function app: its triggers, its settings, and the one place where all parts are put together. */
@NullMarked
package dev.triage502.function;

import org.jspecify.annotations.NullMarked;
