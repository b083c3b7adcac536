package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.evidence.arm.form.Recognition.Refused;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An error that Azure returned in place of a document, and that somebody kept as if it were one. It says why a source
 * could not be read, if it can be told which.
 *
 * @param code    Azure's code, such as {@code AuthorizationFailed}
 * @param message what Azure says; may be empty
 */
public record ErrorAnswer(String code, String message) {

    private static final Pattern PRINTED = Pattern.compile("(?m)^ERROR: \\((\\w+)\\)[ \\t]*(.*)$");
    private static final Pattern ACTION = Pattern.compile("perform action '([^']+)'");
    private static final int SHOWN = 200;

    /** What Azure names when it refuses to read one; the parts of networks and backends are not the whole. */
    private static final Map<String, Source> BY_ACTION = byAction();

    private static final List<Source> BY_NAME = Stream.of(Source.values())
            .sorted(Comparator.comparing((Source source) -> source.hyphenated().length())
                    .reversed())
            .toList();

    /** The error that a document is. */
    static Optional<ErrorAnswer> in(JsonElement document) {
        return AnyCase.field(document, "error")
                .filter(JsonObject.class::isInstance)
                .map(error -> new ErrorAnswer(AnyCase.text(error, "code"), AnyCase.text(error, "message")))
                .filter(error -> !error.code().isEmpty());
    }

    /** The error that az printed where its output went too. */
    public static Optional<ErrorAnswer> printed(String text) {
        Matcher found = PRINTED.matcher(text);
        return found.find()
                ? Optional.of(new ErrorAnswer(found.group(1), found.group(2).strip()))
                : Optional.empty();
    }

    /** The source that was asked: what the file is called says it, or the action that Azure did not permit. */
    public Optional<Source> source(String fileName) {
        return named(fileName).or(this::refusedAction);
    }

    /** The source as it could not be read. */
    public Reading<JsonElement> reading(Source source) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject document = new JsonObject();
        document.add("error", error);
        return SourceDocuments.asReading(source, document);
    }

    /** Azure's reason, at most some lines of it. */
    public String words() {
        String said = message.isEmpty() ? code : code + ": " + message;
        return said.length() <= SHOWN ? said : said.substring(0, SHOWN) + "…";
    }

    /** What to say of it where its source cannot be told. */
    public Refused unassigned() {
        return new Refused("an error that Azure returned, not the data (" + words() + ")", NeededCommand.SCRIPT);
    }

    /** The longest name counts: {@code gateway-backend-health.json} is backend health. */
    private static Optional<Source> named(String fileName) {
        String name = letters(fileName.replaceFirst("\\.[^.]*$", ""));
        return BY_NAME.stream()
                .filter(source -> isOfParts(source)
                        ? name.equals(letters(source.hyphenated()))
                        : name.contains(letters(source.hyphenated())))
                .findFirst();
    }

    private static boolean isOfParts(Source source) {
        return source == Source.NETWORK || source == Source.BACKENDS;
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private Optional<Source> refusedAction() {
        Matcher found = ACTION.matcher(message);
        String action = found.find() ? found.group(1).toLowerCase(Locale.ROOT) : "";
        return BY_ACTION.entrySet().stream()
                .filter(each -> action.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, Source> byAction() {
        Map<String, Source> sources = new LinkedHashMap<>();
        sources.put("microsoft.network/applicationgateways/read", Source.GATEWAY);
        sources.put("microsoft.network/applicationgateways/backendhealth/", Source.BACKEND_HEALTH);
        sources.put("microsoft.network/applicationgateways/getbackendhealthondemand/", Source.ON_DEMAND_HEALTH);
        sources.put("microsoft.operationalinsights/workspaces/", Source.ACCESS_LOG);
        sources.put("microsoft.insights/logs/", Source.ACCESS_LOG);
        sources.put("microsoft.insights/metrics/", Source.METRICS);
        sources.put("microsoft.insights/eventtypes/", Source.ACTIVITY_LOG);
        sources.put("microsoft.insights/diagnosticsettings/", Source.DIAGNOSTIC_SETTINGS);
        sources.put("microsoft.resourcehealth/", Source.RESOURCE_HEALTH);
        return sources;
    }
}
