package dev.triage502.report.html;

import java.util.List;

/**
 * The way of a request, hop by hop, up to the servers.
 *
 * @param sentence where it is broken
 */
public record PathView(String sentence, List<Hop> hops) {

    /**
     * One station.
     *
     * @param kind   what it is, in the portal's words: {@code Listener}
     * @param name   its name; several servers are counted
     * @param detail one line more; may be empty
     * @param state  {@code passes}, {@code broken}, {@code slow}, {@code not-reached}, {@code unchecked} or {@code fixed}
     * @param word   what the state means here: {@code blocked}
     */
    public record Hop(String kind, String name, String detail, String state, String word) {}
}
