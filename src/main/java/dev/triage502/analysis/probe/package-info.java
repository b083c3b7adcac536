/** Why does a health probe fail, and what do the other sources show of the same server? */
@NullMarked
package dev.triage502.analysis.probe;

import org.jspecify.annotations.NullMarked;
