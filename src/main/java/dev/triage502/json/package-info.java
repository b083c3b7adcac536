/** What stands at a name in a JSON tree of which nothing is certain: an answer, a document of another version, a message. */
@NullMarked
package dev.triage502.json;

import org.jspecify.annotations.NullMarked;
