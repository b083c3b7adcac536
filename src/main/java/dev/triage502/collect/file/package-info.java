/**
 * Files that people give: read whole within a bound, and taken as JSON whatever encoding, shell or log writer made them.
 */
@NullMarked
package dev.triage502.collect.file;

import org.jspecify.annotations.NullMarked;
