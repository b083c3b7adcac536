package dev.triage502.benchmark;

import dev.triage502.local.PretendAzure.Exchange;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws when each call of a collection was under way, the slowest chain in another colour. */
final class Timeline {

    private static final Pattern QUERY = Pattern.compile("triage502: ([a-z-]+)");
    private static final int LEFT = 250;
    private static final int RIGHT = 20;
    private static final int WIDTH = 900;
    private static final int ROW = 20;
    private static final int TOP = 34;

    private Timeline() {}

    /** What a call is about, in a word or two: the last of its path, or its query's name. */
    static String name(Exchange call) {
        Matcher query = QUERY.matcher(call.body());
        String path = call.target().split("\\?", 2)[0];
        if (query.find()) {
            boolean graph = path.toLowerCase(Locale.ROOT).contains("resourcegraph");
            return (graph ? "Resource Graph: " : "log query: ") + query.group(1);
        }
        if (path.contains("/operations/")) {
            return "operation: state";
        }
        if (path.contains("/operationResults/")) {
            return "operation: result";
        }
        String[] parts = path.split("/");
        String last = parts[parts.length - 1];
        if (path.contains("/eventtypes/")) {
            return "activity log";
        }
        if (path.contains("/availabilityStatuses/")) {
            return "resource health";
        }
        return path.endsWith("/metrics") || path.endsWith("backendhealth") || path.endsWith("diagnosticSettings")
                ? last
                : parts[parts.length - 2] + "/" + last;
    }

    static String svg(Chains chains) {
        Set<Exchange> slowest = new HashSet<>();
        for (Optional<Chains.Link> at = Optional.of(chains.slowest());
                at.isPresent();
                at = at.get().after()) {
            slowest.add(at.get().call());
        }
        List<Exchange> calls = chains.links().stream().map(Chains.Link::call).toList();
        long zero = calls.get(0).began();
        long end = calls.stream().mapToLong(Exchange::ended).max().orElseThrow();
        double seconds = Math.ceil((end - zero) / 5e8) / 2;
        double scale = (WIDTH - LEFT - RIGHT) / (seconds * 1e9);
        int height = TOP + ROW * calls.size() + 12;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>"
                        .formatted(WIDTH, height));
        add(svg, "<title>When each call of a collection was under way, in seconds since the first</title>");
        add(svg, "<rect width='%d' height='%d' fill='#ffffff'/>".formatted(WIDTH, height));
        for (int half = 0; half <= seconds * 2; half++) {
            double x = LEFT + half * 5e8 * scale;
            add(svg, "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#e1e4e8'/>", x, TOP - 6, x, height - 8);
            add(
                    svg,
                    "<text x='%.1f' y='%d' text-anchor='middle' fill='#57606a'>%.1f s</text>",
                    x,
                    TOP - 14,
                    half / 2.0);
        }
        for (int i = 0; i < calls.size(); i++) {
            Exchange call = calls.get(i);
            int y = TOP + ROW * i;
            add(
                    svg,
                    "<text x='%d' y='%d' text-anchor='end' fill='#24292f'>%s</text>"
                            .formatted(
                                    LEFT - 8,
                                    y + 13,
                                    name(call).replace("&", "&amp;").replace("<", "&lt;")));
            add(
                    svg,
                    "<rect x='%.1f' y='%d' width='%.1f' height='%d' rx='2' fill='%s'/>",
                    LEFT + (call.began() - zero) * scale,
                    y + 3,
                    Math.max(1.5, (call.ended() - call.began()) * scale),
                    ROW - 7,
                    slowest.contains(call) ? "#bc4c00" : "#8c959f");
        }
        return add(svg, "</svg>").toString();
    }

    private static StringBuilder add(StringBuilder svg, String format, Object... values) {
        String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        return svg.append(text.replace('\'', '"')).append('\n');
    }
}
