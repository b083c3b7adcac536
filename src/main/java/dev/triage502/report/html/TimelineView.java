package dev.triage502.report.html;

import java.util.List;

/**
 * Requests and failures by minute, and what happened meanwhile.
 *
 * @param sentence what the chart shows: a chart without a finding is not worth its space
 * @param chart    the drawing, as SVG that is already escaped
 * @param rows     the same as a table
 * @param marks    what happened, with the letters that the chart has
 * @param hasTimes whether response times are known
 */
public record TimelineView(String sentence, String chart, List<Row> rows, List<Mark> marks, boolean hasTimes) {

    /** One step of time. */
    public record Row(String time, long requests, long failedByGateway, long failedByBackend, String p95) {}

    /**
     * Something that happened.
     *
     * @param look {@code change}, {@code onset}, {@code alert} or {@code end}
     */
    public record Mark(String letter, String time, String text, String look) {}
}
