package dev.triage502.report.html;

import java.util.List;

/**
 * The way of a request, hop by hop, up to the servers.
 *
 * @param heading  what the section is called: the path is broken, or it was
 * @param sentence where it is broken
 * @param failing  the way of the requests that fail
 * @param others   ways of the same gateway that work, hop under hop
 * @param more     that further ones work; empty where none does
 * @param keys     the states that are shown, for the legend
 */
public record PathView(
        String heading, String sentence, Rail failing, List<Working> others, String more, List<Key> keys) {

    /**
     * A row of stations.
     *
     * @param columns how many columns it takes; the broken hop takes two
     * @param places  what stands above the hops, in the order of the columns
     */
    public record Rail(int columns, List<Place> places, List<Hop> hops) {}

    /** Where some neighbouring hops are; without a name where that is not known. */
    public record Place(String name, int columns) {

        /** The names of its classes. */
        public String look() {
            return "span-" + columns + (name.isEmpty() ? " nowhere" : "");
        }
    }

    /** A way that works, in its own row. {@code isOpen}: shown on wide screens without being asked for. */
    public record Working(String name, String why, Rail rail, boolean isOpen) {}

    /** A state and its shape. */
    public record Key(String shape, String word, String look) {}

    /**
     * One station; {@code gap}: the way has none in this column.
     *
     * @param kind   what it is, in the portal's words: {@code Listener}
     * @param name   its name; several servers are counted
     * @param detail one line more; may be empty
     * @param state  {@code passes}, {@code broken}, {@code slow}, {@code not-reached}, {@code unchecked}, {@code fixed} or
     *     {@code gap}
     * @param word   what the state means here: {@code blocked}
     * @param place  where it is; may be empty
     * @param isWide whether it takes two columns
     */
    public record Hop(
            String kind, String name, String detail, String state, String word, String place, boolean isWide) {

        /** The name in parts after which a line may break: {@code toll.} {@code example.} {@code com}. */
        public List<String> nameParts() {
            return List.of(name.split("(?<=[.,/_])(?=\\p{L})"));
        }

        static Hop gap(boolean isWide) {
            return new Hop("", "", "", "gap", "", "", isWide);
        }

        boolean isGap() {
            return state.equals("gap");
        }

        /** The names of its classes. */
        public String look() {
            return state + (isWide ? " wide" : "");
        }

        /** The name of the icon for its state. */
        public String shape() {
            return switch (state) {
                case "broken" -> "broken";
                case "slow" -> "flapping";
                case "not-reached" -> "dashed";
                case "unchecked" -> "unknown";
                case "fixed" -> "ok";
                default -> "ring";
            };
        }
    }
}
