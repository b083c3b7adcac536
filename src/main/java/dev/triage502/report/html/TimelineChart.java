package dev.triage502.report.html;

import static dev.triage502.report.HtmlText.escaped;

import dev.triage502.report.IncidentTimeline;
import dev.triage502.report.IncidentTimeline.Event;
import dev.triage502.report.IncidentTimeline.Health;
import dev.triage502.report.IncidentTimeline.Minute;
import dev.triage502.report.IncidentTimeline.Pool;
import dev.triage502.report.html.TimelineView.Drawing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The minutes as SVG: three panels along one time axis, for requests stacked by who answered, healthy servers, and response
 * times against the timeout. It is as wide as its place: all that lies along the time is a share of the width, so that text
 * keeps its size on a phone.
 */
final class TimelineChart {

    private static final double FIRST_FLAGS = 12;
    private static final double FLAG_ROW = 23;
    private static final int MOST_FLAG_ROWS = 4;
    private static final double TITLE = 39;
    private static final double REQUESTS_HEIGHT = 112;
    private static final double SERVERS_HEIGHT = 34;
    private static final double TIMES_HEIGHT = 44;
    private static final double BETWEEN = 40;
    private static final double AXIS = 26;
    private static final double LEAST_FAILED = 3;
    private static final int GRID_LINES = 3;
    private static final int[] LABEL_STEPS = {5, 10, 15, 30, 60, 120, 180, 360, 720};
    private static final int MOST_LABELS = 8;
    private static final int LONGEST_NAME = 20;

    /** Marks that are closer than this share of the width would touch. */
    private static final double CLOSE_PERCENT = 7;

    private final IncidentTimeline timeline;
    private final List<Minute> minutes;
    private final Instant from;
    private final Duration span;
    private final List<Flag> flags;
    private final double requestsTop;
    private final StringBuilder plot = new StringBuilder();
    private final StringBuilder axis = new StringBuilder();

    TimelineChart(IncidentTimeline timeline) {
        this.timeline = timeline;
        this.minutes = timeline.minutes();
        this.from = minutes.get(0).at();
        this.span = Duration.between(from, minutes.get(minutes.size() - 1).at().plus(timeline.step()));
        this.flags = flags();
        int rows = flags.stream().mapToInt(flag -> flag.row() + 1).max().orElse(1);
        this.requestsTop = FIRST_FLAGS + FLAG_ROW * (rows - 1) + TITLE;
    }

    /** An event on the axis. {@code row}: those that would touch stand under one another. */
    private record Flag(Event event, String letter, double at, int row) {

        double y() {
            return FIRST_FLAGS + FLAG_ROW * row;
        }
    }

    /** The drawing; every text in it is a number, a time, a word of ours, or escaped. */
    Drawing drawing() {
        requests();
        double bottom = requestsTop + REQUESTS_HEIGHT;
        if (!timeline.pools().isEmpty()) {
            servers(bottom + BETWEEN);
            bottom += BETWEEN + SERVERS_HEIGHT;
        }
        boolean hasTimes = minutes.stream().anyMatch(each -> each.p95() >= 0);
        if (hasTimes) {
            times(bottom + BETWEEN);
            bottom += BETWEEN + TIMES_HEIGHT;
        }
        labels(bottom);
        marks(bottom);
        add(
                plot,
                "<line class=\"cursor\" visibility=\"hidden\" x1=\"0\" x2=\"0\" y1=\"%s\" y2=\"%s\"/>",
                n(requestsTop),
                n(bottom));
        String size = n(bottom + AXIS);
        return new Drawing(
                "<svg class=\"plot\" width=\"100%\" height=\"" + size + "\" role=\"img\" aria-label=\"" + label()
                        + "\">" + plot + "</svg>",
                "<svg class=\"axis\" width=\"40\" height=\"" + size + "\" aria-hidden=\"true\">" + axis + "</svg>",
                minutes.stream().anyMatch(each -> each.byBackend() > 0));
    }

    private String label() {
        long failed = minutes.stream().mapToLong(Minute::failed).sum();
        long all = minutes.stream().mapToLong(Minute::requests).sum();
        return String.format(
                Locale.ROOT,
                "Requests and failures by minute, %s to %s: %,d of %,d requests failed. The table below has the"
                        + " values.",
                timeline.time(from).replace(" UTC", ""),
                timeline.time(from.plus(span)),
                failed,
                all);
    }

    private void requests() {
        long most =
                roundedMost(minutes.stream().mapToLong(Minute::requests).max().orElse(1));
        double floor = requestsTop + REQUESTS_HEIGHT;
        for (int i = 0; i <= GRID_LINES; i++) {
            double y = floor - REQUESTS_HEIGHT * i / GRID_LINES;
            line(i == 0 ? "base" : "grid", y);
            figure(count(most * i / GRID_LINES), y + 4);
        }
        StringBuilder answered = new StringBuilder();
        StringBuilder byGateway = new StringBuilder();
        StringBuilder byBackend = new StringBuilder();
        for (int i = 0; i < minutes.size(); i++) {
            Minute minute = minutes.get(i);
            double ok = height(Math.max(0, minute.requests() - minute.failed()), most, 1);
            double backend = height(minute.byBackend(), most, LEAST_FAILED);
            double gateway = height(minute.byGateway(), most, LEAST_FAILED);
            bar(answered, i, REQUESTS_HEIGHT, ok);
            bar(byGateway, i, REQUESTS_HEIGHT - ok - backend, gateway);
            if (backend > 0) {
                // Of its own and not scaled, or the hatching would be.
                double width = 100.0 / minutes.size();
                add(
                        byBackend,
                        "<rect class=\"by-backend\" x=\"%s%%\" y=\"%s\" width=\"%s%%\" height=\"%s\"/>",
                        n(i * width + width * 0.09),
                        n(floor - ok - backend),
                        n(width * 0.82),
                        n(backend));
            }
        }
        scaled(minutes.size(), requestsTop, REQUESTS_HEIGHT, "answered", answered);
        scaled(minutes.size(), requestsTop, REQUESTS_HEIGHT, "by-gateway", byGateway);
        plot.append(byBackend);
        String step =
                timeline.step().toMinutes() == 1 ? "minute" : timeline.step().toMinutes() + " minutes";
        title("Requests per " + step, "", requestsTop);
    }

    /** {@code 9,000}, {@code 150k}: the figures have little room, and the table has them whole. */
    static String count(long count) {
        return count < 10_000 || count % 1_000 > 0 ? String.format(Locale.ROOT, "%,d", count) : count / 1_000 + "k";
    }

    private static double height(long count, long most, double least) {
        return count == 0 ? 0 : Math.max(least, REQUESTS_HEIGHT * count / most);
    }

    private static void bar(StringBuilder out, int i, double floor, double height) {
        if (height > 0) {
            add(out, "M%s %sv-%sh.82v%sz", n(i + 0.09), n(floor), n(height), n(height));
        }
    }

    /** A path whose width is the panel's, whatever that is. */
    private void scaled(long width, double top, double height, String look, CharSequence path) {
        if (!path.isEmpty()) {
            add(
                    plot,
                    "<svg y=\"%s\" width=\"100%%\" height=\"%s\" viewBox=\"%s\" preserveAspectRatio=\"none\""
                            + " overflow=\"visible\"><path class=\"%s\" d=\"%s\"/></svg>",
                    n(top),
                    n(height),
                    "0 0 " + width + " " + n(height),
                    look,
                    path);
        }
    }

    private void servers(double top) {
        List<Pool> pools = timeline.pools();
        long most = Math.max(1, pools.stream().mapToLong(Pool::most).max().orElse(1));
        line("base", top + SERVERS_HEIGHT);
        line("grid", top);
        figure("0", top + SERVERS_HEIGHT + 4);
        figure(String.valueOf(most), top + 4);
        for (int i = pools.size() - 1; i >= 0; i--) {
            boolean isBad = pools.get(i).isEverFailing();
            steps(pools.get(i).points(), top, most, isBad ? "failing-pool" : i == 0 ? "first-pool" : "other-pool");
        }
        title("Healthy servers", names(pools), top);
    }

    /** The names stand in the title, with how each is drawn: at the lines they would hide one another. */
    private static String names(List<Pool> pools) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            Pool pool = pools.get(i);
            names.add(escaped(cut(pool.name())) + (i > 0 && !pool.isEverFailing() ? " (dashed)" : ""));
        }
        return String.join(", ", names);
    }

    /** A title is as long as it is; the table has whole names. */
    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private void steps(List<Health> points, double top, long most, String look) {
        StringBuilder path = new StringBuilder();
        double scale = span.toMillis() / 60_000.0;
        double end = 0;
        for (Health point : points) {
            double x = Duration.between(from, point.at()).toMillis() / 60_000.0;
            if (x < 0 || x > scale) {
                continue;
            }
            double y = SERVERS_HEIGHT - SERVERS_HEIGHT * point.healthy() / most;
            add(path, path.isEmpty() || x > end + 0.01 ? "M%s %s" : "L%s %s", n(x), n(y));
            end = Math.min(scale, x + 1);
            add(path, "H%s", n(end));
        }
        scaled((long) Math.ceil(scale), top, SERVERS_HEIGHT, "line " + look, path);
    }

    /** The 95th percentile, minute by minute, against the timeout; it breaks where there were no requests. */
    private void times(double top) {
        double longest = minutes.stream().mapToDouble(Minute::p95).max().orElse(1);
        OptionalInt timeout = timeline.timeoutSeconds();
        double most = Math.max(0.001, Math.max(longest, timeout.isPresent() ? timeout.getAsInt() : 0));
        StringBuilder path = new StringBuilder();
        boolean isOn = false;
        for (int i = 0; i < minutes.size(); i++) {
            double p95 = minutes.get(i).p95();
            if (p95 >= 0) {
                String y = n(TIMES_HEIGHT - TIMES_HEIGHT * p95 / most);
                add(path, isOn ? "V%2$s" : "M%1$s %2$s", String.valueOf(i), y);
                add(path, "H%s", String.valueOf(i + 1));
            }
            isOn = p95 >= 0;
        }
        line("base", top + TIMES_HEIGHT);
        figure("0", top + TIMES_HEIGHT + 4);
        if (timeout.isPresent()) {
            double y = top + TIMES_HEIGHT - TIMES_HEIGHT * timeout.getAsInt() / most;
            line("limit", y);
            figure(timeout.getAsInt() + " s", y + 4);
        } else {
            line("grid", top);
            figure(seconds(most), top + 4);
        }
        scaled(minutes.size(), top, TIMES_HEIGHT, "line p95", path);
        title("Response time, p95", timeout.isPresent() ? "dashed: request timeout" : "", top);
    }

    private void labels(double bottom) {
        long all = Math.max(1, span.toMinutes());
        int step = LABEL_STEPS[LABEL_STEPS.length - 1];
        for (int each : LABEL_STEPS) {
            if (all / each <= MOST_LABELS) {
                step = each;
                break;
            }
        }
        boolean isSecond = false;
        for (long minute = 0; minute <= all; minute++) {
            Instant at = from.plus(Duration.ofMinutes(minute));
            if (at.getEpochSecond() / 60 % step == 0) {
                String anchor = minute < all / 20 ? "start" : minute > all * 19 / 20 ? "end" : "middle";
                add(
                        plot,
                        "<line class=\"base\" x1=\"%1$s%%\" x2=\"%1$s%%\" y1=\"%2$s\" y2=\"%3$s\"/><text"
                                + " class=\"time%4$s\" text-anchor=\"%5$s\" x=\"%1$s%%\" y=\"%6$s\">%7$s</text>",
                        share(at),
                        n(bottom),
                        n(bottom + 4),
                        isSecond ? " second" : "",
                        anchor,
                        n(bottom + 19),
                        timeline.time(at).replace(" UTC", ""));
                isSecond = !isSecond;
            }
        }
    }

    private List<Flag> flags() {
        List<Flag> all = new ArrayList<>();
        double[] last = new double[MOST_FLAG_ROWS];
        Arrays.fill(last, -CLOSE_PERCENT);
        for (int i = 0; i < timeline.events().size(); i++) {
            Event event = timeline.events().get(i);
            if (!event.at().isBefore(from) && !event.at().isAfter(from.plus(span))) {
                double at = percent(event.at());
                int row = row(last, at);
                last[row] = at;
                all.add(new Flag(event, IncidentTimeline.letter(i), at, row));
            }
        }
        return List.copyOf(all);
    }

    /** The uppermost row with room; where none has any, that whose last flag is farthest away. */
    private static int row(double[] last, double at) {
        int farthest = 0;
        for (int row = 0; row < last.length; row++) {
            if (at - last[row] >= CLOSE_PERCENT) {
                return row;
            }
            farthest = last[row] < last[farthest] ? row : farthest;
        }
        return farthest;
    }

    /** The lines first, so that each flag stands on those that pass it. */
    private void marks(double bottom) {
        for (Flag flag : flags) {
            add(
                    plot,
                    "<line class=\"when %s\" x1=\"%2$s%%\" x2=\"%2$s%%\" y1=\"%3$s\" y2=\"%4$s\"/>",
                    TimelineFlag.look(flag.event().kind()),
                    n(flag.at()),
                    n(flag.y()),
                    n(bottom));
        }
        for (Flag flag : flags) {
            add(
                    plot,
                    "<svg x=\"%s%%\" y=\"%s\" overflow=\"visible\">%s</svg>",
                    n(flag.at()),
                    n(flag.y()),
                    TimelineFlag.svg(flag.event().kind(), flag.letter()));
        }
    }

    private void line(String look, double y) {
        add(plot, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%s\" y2=\"%s\"/>", look, n(y), n(y));
    }

    private void figure(String text, double y) {
        add(axis, "<text x=\"6\" y=\"%s\">%s</text>", n(y), text);
    }

    /** @param more what stands behind it in plain letters; already escaped */
    private void title(String text, String more, double top) {
        add(
                plot,
                "<text class=\"halo\" x=\"0\" y=\"%s\"><tspan class=\"title\">%s</tspan>%s</text>",
                n(top - 10),
                text,
                more.isEmpty() ? "" : "<tspan class=\"more\" dx=\"8\">" + more + "</tspan>");
    }

    private double percent(Instant at) {
        return Math.max(0, Math.min(100, 100.0 * Duration.between(from, at).toMillis() / span.toMillis()));
    }

    private String share(Instant at) {
        return n(percent(at));
    }

    /** Not less, and three times a round number: 3, 6, 15, 30, 60, 90, 150 … */
    private static long roundedMost(long number) {
        long power = 1;
        while (true) {
            for (long times : new long[] {1, 2, 3, 5}) {
                if (times * power * GRID_LINES >= number) {
                    return times * power * GRID_LINES;
                }
            }
            power *= 10;
        }
    }

    /** {@code 0.12 s}, {@code 19 s} */
    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.0f", seconds) + " s";
    }

    private static void add(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private static String n(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        return text.replaceAll("\\.?0+$", "");
    }
}
