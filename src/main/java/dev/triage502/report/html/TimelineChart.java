package dev.triage502.report.html;

import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.TimelineViewWriter.Event;
import dev.triage502.report.html.TimelineViewWriter.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The minutes as SVG: requests stacked by who answered, and response times below. It is as wide as its place: all that lies
 * along the time is a share of the width, so that text keeps its size on a phone.
 */
final class TimelineChart {

    private static final double REQUESTS_HEIGHT = 120;
    private static final double TIMES_HEIGHT = 48;
    private static final double TOP = 30;
    private static final double GAP = 22;
    private static final double AXIS = 20;
    private static final double LEAST_FAILED = 3;
    private static final int[] LABEL_STEPS = {5, 10, 15, 30, 60, 120, 180, 360, 720};
    private static final int MOST_LABELS = 7;
    private static final Duration CLOSE = Duration.ofMinutes(5);

    private final List<Minute> minutes;
    private final List<Event> events;
    private final String end;
    private final StringBuilder out = new StringBuilder();
    private final boolean hasTimes;

    /** @param end the end of the window: times on another day have their date */
    TimelineChart(List<Minute> minutes, List<Event> events, String end) {
        this.minutes = minutes;
        this.events = events;
        this.end = end;
        this.hasTimes = minutes.stream().anyMatch(each -> each.p95() >= 0);
    }

    /** The drawing; every text in it is a number, a time or a word of ours. */
    String svg() {
        double times = hasTimes ? GAP + TIMES_HEIGHT : 0;
        double bottom = TOP + REQUESTS_HEIGHT + times;
        long most = rounded(minutes.stream().mapToLong(Minute::requests).max().orElse(1));
        add(
                "<svg class=\"plot\" width=\"100%%\" height=\"%s\" role=\"img\" aria-label=\"%s\">",
                n(bottom + AXIS), label());
        add("<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect class=\"hatch-back\" width=\"5\" height=\"5\"/>"
                + "<rect class=\"hatch-line\" width=\"1.6\" height=\"5\"/></pattern></defs>");
        grid(TOP, REQUESTS_HEIGHT);
        add(
                "<text class=\"scale\" x=\"100%%\" y=\"%s\">%s a minute</text>",
                n(TOP - 4), String.format(Locale.ROOT, "%,d", most));
        for (int i = 0; i < minutes.size(); i++) {
            bar(i, most);
        }
        if (hasTimes) {
            times(TOP + REQUESTS_HEIGHT + GAP);
        }
        axis(bottom);
        for (int i = 0; i < events.size(); i++) {
            mark(i, bottom);
        }
        add(
                "<line class=\"cursor\" visibility=\"hidden\" x1=\"0\" x2=\"0\" y1=\"%s\" y2=\"%s\"/></svg>",
                n(TOP), n(bottom));
        return out.toString();
    }

    private String label() {
        long failed = minutes.stream().mapToLong(Minute::failed).sum();
        long all = minutes.stream().mapToLong(Minute::requests).sum();
        return "Requests and failures by minute: " + failed + " of " + all
                + " requests failed. The table below has the values.";
    }

    private void bar(int i, long most) {
        Minute minute = minutes.get(i);
        double backend = height(minute.byBackend(), most, LEAST_FAILED);
        double gateway = height(minute.byGateway(), most, LEAST_FAILED);
        double answered = height(Math.max(0, minute.requests() - minute.failed()), most, 1);
        double floor = TOP + REQUESTS_HEIGHT;
        rect(i, floor - answered, answered, "answered");
        rect(i, floor - answered - backend, backend, "by-backend");
        rect(i, floor - answered - backend - gateway, gateway, "by-gateway");
    }

    private static double height(long count, long most, double least) {
        return count == 0 ? 0 : Math.max(least, REQUESTS_HEIGHT * count / most);
    }

    private void rect(int i, double y, double height, String look) {
        if (height > 0) {
            double width = 100.0 / minutes.size();
            add(
                    "<rect class=\"%s\" x=\"%s%%\" y=\"%s\" width=\"%s%%\" height=\"%s\"/>",
                    look, n(i * width + width * 0.09), n(y), n(width * 0.82), n(height));
        }
    }

    /** A line of the 95th percentile, minute by minute; it breaks where there were no requests. */
    private void times(double top) {
        double most = minutes.stream().mapToDouble(Minute::p95).max().orElse(1);
        grid(top, TIMES_HEIGHT);
        add("<text class=\"scale\" x=\"100%%\" y=\"%s\">p95 up to %s</text>", n(top - 4), seconds(most));
        double step = 100.0 / minutes.size();
        for (int i = 0; i < minutes.size(); i++) {
            double p95 = minutes.get(i).p95();
            if (p95 >= 0) {
                double y = top + TIMES_HEIGHT - (most <= 0 ? 0 : TIMES_HEIGHT * p95 / most);
                add(
                        "<line class=\"p95\" x1=\"%s%%\" x2=\"%s%%\" y1=\"%s\" y2=\"%s\"/>",
                        n(i * step), n((i + 1) * step), n(y), n(y));
                if (i + 1 < minutes.size() && minutes.get(i + 1).p95() >= 0) {
                    double next = top
                            + TIMES_HEIGHT
                            - (most <= 0 ? 0 : TIMES_HEIGHT * minutes.get(i + 1).p95() / most);
                    add(
                            "<line class=\"p95\" x1=\"%s%%\" x2=\"%s%%\" y1=\"%s\" y2=\"%s\"/>",
                            n((i + 1) * step), n((i + 1) * step), n(y), n(next));
                }
            }
        }
    }

    private void grid(double top, double height) {
        for (int i = 0; i <= 2; i++) {
            String look = i == 2 ? "base" : "grid";
            double y = top + height * i / 2;
            add("<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%s\" y2=\"%s\"/>", look, n(y), n(y));
        }
    }

    private void axis(double bottom) {
        Instant first = minutes.get(0).at();
        long span = Math.max(1, Duration.between(first, to()).toMinutes());
        int step = LABEL_STEPS[LABEL_STEPS.length - 1];
        for (int each : LABEL_STEPS) {
            if (span / each <= MOST_LABELS) {
                step = each;
                break;
            }
        }
        boolean odd = false;
        for (long minute = 0; minute < span; minute++) {
            Instant at = first.plus(Duration.ofMinutes(minute));
            if (at.getEpochSecond() / 60 % step == 0) {
                String time = ReportPhrases.time(at.toString(), end).replace(" UTC", "");
                String anchor = minute < span / 20 ? "start" : minute > span * 19 / 20 ? "end" : "middle";
                add(
                        "<text class=\"time%s\" text-anchor=\"%s\" x=\"%s%%\" y=\"%s\">%s</text>",
                        odd ? " second" : "", anchor, share(at), n(bottom + AXIS - 5), time);
                odd = !odd;
            }
        }
    }

    private void mark(int i, double bottom) {
        Event event = events.get(i);
        String x = share(event.at());
        boolean low =
                i > 0 && Duration.between(events.get(i - 1).at(), event.at()).compareTo(CLOSE) < 0 && i % 2 == 1;
        double y = low ? 20 : 8;
        add(
                "<line class=\"mark %s\" x1=\"%s%%\" x2=\"%s%%\" y1=\"%s\" y2=\"%s\"/>",
                event.look(), x, x, n(y), n(bottom));
        add("<circle class=\"flag %s\" cx=\"%s%%\" cy=\"%s\" r=\"8\"/>", event.look(), x, n(y));
        add(
                "<text class=\"letter\" text-anchor=\"middle\" x=\"%s%%\" y=\"%s\">%s</text>",
                x, n(y + 4), TimelineViewWriter.letter(i));
    }

    private Instant to() {
        Duration step = Duration.between(minutes.get(0).at(), minutes.get(1).at());
        return minutes.get(minutes.size() - 1).at().plus(step);
    }

    private String share(Instant at) {
        Instant from = minutes.get(0).at();
        double whole = Duration.between(from, to()).toMillis();
        return n(Math.max(0, Math.min(100, 100.0 * Duration.between(from, at).toMillis() / whole)));
    }

    /** A round number that is not less: 1, 2 or 5 times a power of ten. */
    private static long rounded(long number) {
        long power = 1;
        while (power * 10 <= number) {
            power *= 10;
        }
        for (long times : new long[] {1, 2, 5}) {
            if (times * power >= number) {
                return Math.max(1, times * power);
            }
        }
        return power * 10;
    }

    /** {@code 0.12 s}, {@code 19 s} */
    static String seconds(double seconds) {
        return (seconds < 10
                        ? String.format(Locale.ROOT, "%.2f", seconds)
                        : String.format(Locale.ROOT, "%.0f", seconds))
                + " s";
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private static String n(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        return text.replaceAll("\\.?0+$", "");
    }
}
