/** A diagnosis told: the one document that all channels share, its text and Markdown, and the pages of the causes. */
@NullMarked
package dev.triage502.report;

import org.jspecify.annotations.NullMarked;
