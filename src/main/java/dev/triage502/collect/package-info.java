/**
 * Fetches what Azure says, a document a source, and never interprets it; reads and writes it as a case folder. In a
 * document of many parts, a part that was refused is {@code {"id","error":{"code","message"}}} in its list, and a list
 * that was refused is {@code "unread":{"privateDnsZones":{"code","message"}}}; a list that is missing was not asked for.
 */
@NullMarked
package dev.triage502.collect;

import org.jspecify.annotations.NullMarked;
