package dev.triage502.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The titles of the cause pages, as a sentence needs them: within it, or of something that is over. */
final class CauseTitles {

    /** What the titles do, and what they did. A verb after "not" keeps its form: {@code does not trust}, {@code did not trust}. */
    private static final Map<String, String> PAST = Map.ofEntries(
            Map.entry("is", "was"),
            Map.entry("are", "were"),
            Map.entry("has", "had"),
            Map.entry("does", "did"),
            Map.entry("cannot", "could not"),
            Map.entry("blocks", "blocked"),
            Map.entry("closes", "closed"),
            Map.entry("contains", "contained"),
            Map.entry("diverts", "diverted"),
            Map.entry("exist", "existed"),
            Map.entry("fails", "failed"),
            Map.entry("receives", "received"),
            Map.entry("reject", "rejected"),
            Map.entry("rejects", "rejected"),
            Map.entry("reports", "reported"),
            Map.entry("resolves", "resolved"),
            Map.entry("returns", "returned"),
            Map.entry("sends", "sent"),
            Map.entry("take", "took"),
            Map.entry("times", "timed"),
            Map.entry("use", "used"),
            Map.entry("uses", "used"),
            Map.entry("waits", "waited"));

    private static final Pattern VERB = Pattern.compile(
            "(?<!not )\\b(" + PAST.keySet().stream().sorted().collect(Collectors.joining("|")) + ")\\b");

    private CauseTitles() {}

    /** The title in the past: {@code The pool contained addresses that no longer existed}. */
    static String past(String title) {
        return VERB.matcher(title).replaceAll(verb -> Matcher.quoteReplacement(PAST.getOrDefault(verb.group(), "")));
    }

    /** The title within a sentence; names keep their capitals: {@code an NSG rule blocks …}, {@code Azure reports …}. */
    static String inSentence(String title) {
        return title.matches("(An?|The|Nothing|Not|Another|Requests) .*") ? ReportPhrases.lowerFirst(title) : title;
    }
}
