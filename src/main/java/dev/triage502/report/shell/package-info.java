/** How is a command written so that a shell takes every value whole and runs nothing in it? */
@NullMarked
package dev.triage502.report.shell;

import org.jspecify.annotations.NullMarked;
