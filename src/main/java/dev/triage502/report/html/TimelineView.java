package dev.triage502.report.html;

import java.util.List;
import java.util.Optional;

/**
 * Requests and failures by minute, and what happened meanwhile.
 *
 * @param sentence what the chart shows: a chart without a finding is not worth its space
 * @param drawing  the panels; empty where nothing was counted by minutes
 * @param table    the same as a table
 * @param marks    what happened, with the letters that the chart has
 * @param gaps     what is not shown, and why
 */
public record TimelineView(
        String sentence, Optional<Drawing> drawing, Table table, List<Mark> marks, List<String> gaps) {

    /**
     * The chart, as SVG that is already escaped.
     *
     * @param plot   what lies along the time; as wide as its place
     * @param axis   the figures to its right
     */
    public record Drawing(String plot, String axis, boolean hasBackend) {}

    /** Cells are texts; the first of a row is its time. */
    public record Table(List<String> heads, List<List<String>> rows) {}

    /**
     * Something that happened.
     *
     * @param flag the letter in its shape, as SVG that is already escaped
     * @param word what kind of thing it is: {@code Change}
     */
    public record Mark(String flag, String letter, String time, String word, String text, String remark) {}
}
