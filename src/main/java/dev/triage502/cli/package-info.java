/** The command line: one class a command, each with its parts by constructor, all wired in {@code Main}. */
@NullMarked
package dev.triage502.cli;

import org.jspecify.annotations.NullMarked;
