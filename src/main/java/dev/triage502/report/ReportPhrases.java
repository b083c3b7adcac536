package dev.triage502.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Source;
import dev.triage502.incident.MomentText;
import dev.triage502.json.JsonTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a person says what a document says: a target, a time, a share, a long list. */
public final class ReportPhrases {

    /** Where the commands are that a report has no room for. */
    public static final String IN_THE_JSON = "; the JSON has the command";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern ISO_MOMENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

    private ReportPhrases() {}

    /** The words for a kind, by its id in a document or its key in {@code on}; what is missing is its own word. */
    private static final Map<String, String> KINDS = Map.of(
            "setting", "backend setting",
            "routing-rule", "routing rule",
            "rule", "routing rule",
            "nsg", "NSG",
            "networkManager", "network manager",
            "routeTable", "route table");

    /** A kind that a name carries already: {@code pool pool-web}. */
    private static final Pattern DOUBLED = Pattern.compile(
            "(?i)(?<![-\\w])(?:the )?(pool|probe|rule|route|setting|listener|subnet|server|app|VM) (?=`?\\1[-_.\\d])");

    /** A target of a document in words: {@code NSG rule deny-all of nsg-app}, {@code 10.0.2.4 in pool orders}. */
    static String target(JsonObject target) {
        String name = JsonTree.text(target, "name");
        Map<String, String> on = on(target);
        switch (JsonTree.text(target, "kind")) {
            case "server":
                return name + (on.containsKey("pool") ? " in " + named("pool", on.get("pool")) : "");
            case "nsg-rule":
                return "NSG rule " + name + (on.containsKey("nsg") ? " of " + on.get("nsg") : "");
            case "admin-rule":
                return "security admin rule " + name
                        + (on.containsKey("networkManager") ? " of " + on.get("networkManager") : "");
            case "route":
                return named("route", name) + (on.containsKey("routeTable") ? " of " + on.get("routeTable") : "");
            case "gateway":
                return name.matches("(?i)(the )?gateway") ? "the gateway" : "gateway " + name;
            default:
                return named(JsonTree.text(target, "kind"), name);
        }
    }

    /** {@code backend setting bs-web}, and {@code pool-web} where the name says its kind. */
    static String named(String kind, String name) {
        return plainNames(KINDS.getOrDefault(kind, kind) + " " + name);
    }

    /** A text without a kind before a name that says it. */
    static String plainNames(String text) {
        return DOUBLED.matcher(text).replaceAll("");
    }

    /** With a capital at its beginning. */
    public static String upperFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** With a capital and a full stop; a name at its beginning ({@code agw-shop}, {@code a.example}) keeps its spelling. */
    public static String asSentence(String text) {
        boolean isName = !text.matches("(?s)[a-z]+(?:[ ,:'].*)?");
        return sentence(isName ? text : upperFirst(text));
    }

    /** Without a capital at its beginning: {@code no Azure change}. */
    static String lowerFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code 1 request}, {@code 1,208 requests}. */
    public static String counted(long number, String what) {
        return Counted.of(number, what);
    }

    /** The same, and where else it stands: {@code 10.0.2.4 in pool orders (setting bs-web, probe health)}. */
    static String targetAndPlace(JsonObject target) {
        return targetAndPlaces(List.of(target));
    }

    /** One target that stands at several places: {@code 10.0.2.4 in pool orders (setting bs-one, bs-two)}. */
    static String targetAndPlaces(List<JsonObject> targets) {
        String phrase = target(targets.get(0));
        Map<String, Set<String>> places = new TreeMap<>();
        targets.forEach(target -> on(target).forEach((place, name) -> {
            if (!phrase.contains(" " + name)) {
                places.computeIfAbsent(place, each -> new LinkedHashSet<>()).add(name);
            }
        }));
        List<String> named = new ArrayList<>();
        places.forEach((place, names) ->
                named.add(place.equals("nsg") ? String.join(", ", names) : named(place, String.join(", ", names))));
        return named.isEmpty() ? phrase : phrase + " (" + String.join(", ", named) + ")";
    }

    private static Map<String, String> on(JsonObject target) {
        Map<String, String> on = new TreeMap<>();
        for (Map.Entry<String, JsonElement> each : JsonTree.object(target, "on").entrySet()) {
            on.put(each.getKey(), each.getValue().getAsString());
        }
        return on;
    }

    /** A moment as seen from another: the time alone on the same day, else with its date; always UTC. */
    public static String time(String instant, String seenFrom) {
        try {
            return MomentText.time(Instant.parse(instant), Instant.parse(seenFrom));
        } catch (DateTimeException notAnInstant) {
            return instant;
        }
    }

    /**
     * A text whose ISO moments are written as {@link #time} writes them, with seconds where they are given. What is quoted
     * stays as it is: these are Azure's words or a server's.
     */
    static String moments(String text, String seenFrom) {
        StringBuilder out = new StringBuilder();
        Matcher found = ISO_MOMENT.matcher(text);
        while (found.find()) {
            boolean quoted = text.substring(0, found.start())
                                    .chars()
                                    .filter(each -> each == '"')
                                    .count()
                            % 2
                    == 1;
            String written = quoted ? found.group() : moment(found.group(), seenFrom);
            found.appendReplacement(out, Matcher.quoteReplacement(written));
        }
        return found.appendTail(out).toString();
    }

    private static String moment(String instant, String seenFrom) {
        String time = time(instant, seenFrom);
        String seconds = instant.length() > 18 ? instant.substring(16, 19) : "";
        boolean toTheMinute = seconds.equals(":00") || !seconds.startsWith(":") || time.length() > 9;
        return toTheMinute ? time : time.replaceFirst(" UTC$", seconds + " UTC");
    }

    /** How long it took: {@code , 38 min}, {@code , 2 h 5 min}; nothing for less than a minute or no times. */
    static String duration(String since, String until) {
        try {
            long minutes = Math.round(
                    Duration.between(Instant.parse(since), Instant.parse(until)).toSeconds() / 60.0);
            return minutes < 1 ? "" : ", " + minutes(minutes);
        } catch (DateTimeException notInstants) {
            return "";
        }
    }

    /** {@code 38 min}, {@code 2 h 5 min}. */
    static String minutes(long minutes) {
        String rest = minutes % 60 == 0 ? "" : " " + minutes % 60 + " min";
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h" + rest;
    }

    static boolean isMoment(String value) {
        return !value.equals(readable(value));
    }

    /** A value as one reads it in a sentence: {@code 2 Mar 2026 09:09 UTC} if it is a moment, else itself. */
    static String readable(String value) {
        if (!value.endsWith("Z") || value.indexOf('T') < 0) {
            return value;
        }
        try {
            return MOMENT.format(Instant.parse(value)) + " UTC";
        } catch (DateTimeException notAnInstant) {
            return value;
        }
    }

    /** The day of a moment: {@code 4 Jul 2026}. */
    static String day(String instant) {
        try {
            return DAY.format(Instant.parse(instant));
        } catch (DateTimeException notAnInstant) {
            return instant;
        }
    }

    /** {@code 412 of 1,208 requests (34%)}. */
    static String share(long part, long whole) {
        String counted = String.format(Locale.ROOT, "%,d of ", part) + counted(whole, "request");
        return whole == 0 || part == 0 ? counted : counted + " (" + percent(part, whole) + ")";
    }

    /** {@code 34%}; all and none are said only of all and none. */
    public static String percent(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0%";
        }
        long rounded = Math.round(100.0 * part / whole);
        if (rounded == 0) {
            return "under 1%";
        }
        return rounded == 100 && part < whole ? "over 99%" : rounded + "%";
    }

    /** The first few, and how many more there are. */
    static String list(List<String> items, int most) {
        String first = String.join(", ", items.subList(0, Math.min(most, items.size())));
        return items.size() <= most ? first : first + " and " + (items.size() - most) + " more";
    }

    /** {@code a and b}, {@code a, b and c}; of many the first few: {@code a, b, c and 4 more}. */
    static String listed(List<String> items, int most) {
        int last = items.size() - 1;
        return items.size() > most || last < 1
                ? list(items, most)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** {@code a or b}, {@code a, b or c}. */
    static String either(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? String.join("", items) : String.join(", ", items.subList(0, last)) + " or " + items.get(last);
    }

    /** A source's id in words: {@code backend health}. */
    public static String source(String id) {
        return Source.withId(id).map(Source::words).orElse(id);
    }

    /** With a full stop at its end. */
    public static String sentence(String text) {
        String bare = text.strip();
        String last = bare.replaceAll("[\"')]+$", "");
        return last.isEmpty() || ".!?:…".indexOf(last.charAt(last.length() - 1)) >= 0 ? bare : bare + ".";
    }

    /** Which gateway, and when: {@code agw-shop · 20 Feb 2024, 13:31 UTC}. */
    public static String place(DiagnosisDocument document) {
        String gateway = document.gateway().substring(document.gateway().lastIndexOf('/') + 1);
        String to = JsonTree.text(JsonTree.object(document.json(), "window"), "to");
        return gateway + " · " + day(to) + ", " + time(to, to);
    }

    /** Which incident, which window, and what made the report. */
    public static String footer(DiagnosisDocument document) {
        String from = JsonTree.text(JsonTree.object(document.json(), "window"), "from");
        String to = JsonTree.text(JsonTree.object(document.json(), "window"), "to");
        return document.incident() + ", " + time(from, to).replaceFirst(" UTC$", "") + " to " + time(to, to) + ", "
                + JsonTree.text(document.json(), "producer");
    }
}
