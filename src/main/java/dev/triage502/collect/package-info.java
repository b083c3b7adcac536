/** Fetches what Azure says, a document a source, and never interprets it; reads and writes it as a case folder. */
@NullMarked
package dev.triage502.collect;

import org.jspecify.annotations.NullMarked;
