package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.redaction.CanarySecret;
import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.report.TextReport;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Secrets and hostile characters in every field of every document: none leaves, in a report of any form, in the archive or in
 * a recording.
 */
class NothingHarmfulLeavesTest {

    private static final String SECRETS =
            Arrays.stream(CanarySecret.values()).map(CanarySecret::text).collect(Collectors.joining(" \n"));

    /** Clears the screen, writes over the line, turns the direction, begins a line of its own. */
    private static final String HOSTILE = "\u001b[2J\u009b31m\r\b\u202e\u2028\u0007\nroot cause: none";

    private static final Triage TRIAGE = new Triage();

    @Test
    void noSecretLeavesWhateverFieldItStandsIn() {
        assertThat(secretsThatLeave(sample())).isEmpty();
    }

    @Test
    void noHostileCharacterLeavesWhateverFieldItStandsIn() {
        assertThat(hostileThatLeave(sample())).isEmpty();
    }

    @Test
    @Tag("thorough")
    void noneLeavesFromAnyCase() {
        assertThat(secretsThatLeave(Cases.all())).isEmpty();
        assertThat(hostileThatLeave(Cases.all())).isEmpty();
    }

    /** The case with the most kinds of fields. */
    private static List<RecordedCase> sample() {
        return Cases.all().stream()
                .sorted((a, b) -> Integer.compare(fields(b).size(), fields(a).size()))
                .limit(1)
                .toList();
    }

    private static Set<String> secretsThatLeave(Collection<RecordedCase> cases) {
        Set<String> left = new TreeSet<>();
        for (RecordedCase each : cases) {
            for (String field : fields(each)) {
                RecordedCase spoilt = with(each, field, SECRETS);
                forms(spoilt)
                        .forEach((form, text) -> Arrays.stream(CanarySecret.values())
                                .filter(canary -> text.contains(canary.secret()))
                                .forEach(canary -> left.add(field + ": " + canary + " in " + form)));
                String archived = archived(spoilt);
                Arrays.stream(CanarySecret.values())
                        .filter(canary -> archived.contains(canary.secret()))
                        .forEach(canary -> left.add(field + ": " + canary + " in the archive"));
            }
        }
        return left;
    }

    private static Set<String> hostileThatLeave(Collection<RecordedCase> cases) {
        Set<String> left = new TreeSet<>();
        for (RecordedCase each : cases) {
            for (String field : fields(each)) {
                forms(with(each, field, HOSTILE)).forEach((form, text) -> {
                    boolean moves = text.codePoints()
                            .anyMatch(c -> c != '\n' && Character.isISOControl(c) || c == 0x202e || c == 0x2028);
                    boolean forges = text.lines().anyMatch(line -> line.startsWith("root cause: none"));
                    if (moves || forges) {
                        left.add(field + " in " + form);
                    }
                });
            }
        }
        return left;
    }

    private static Map<String, String> forms(RecordedCase spoilt) {
        Report report = report(spoilt);
        return Map.of(
                "text", new TextReport(false).render(report),
                "Markdown", MarkdownReport.render(report),
                "JSON", report.document().toString());
    }

    private static Report report(RecordedCase spoilt) {
        return TRIAGE.report(spoilt.incident(), spoilt.documents(), RunInfo.replay(spoilt.incident(), spoilt.id()));
    }

    private static String archived(RecordedCase spoilt) {
        return CaseFolder.files(EvidenceRedactor.standard().redact(spoilt)).toString();
    }

    /** {@code gateway name}: a source, and the name of a field of texts in its document. */
    private static Set<String> fields(RecordedCase recorded) {
        Set<String> fields = new TreeSet<>();
        for (Source source : Source.values()) {
            recorded.documents().get(source).toOptional().ifPresent(document -> names(document, fields, source.id()));
        }
        return fields;
    }

    private static void names(JsonElement element, Set<String> into, String source) {
        if (element instanceof JsonArray array) {
            array.forEach(each -> names(each, into, source));
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> {
                if (entry.getValue() instanceof JsonPrimitive value && value.isString()) {
                    into.add(source + " " + entry.getKey());
                }
                names(entry.getValue(), into, source);
            });
        }
    }

    private static RecordedCase with(RecordedCase recorded, String field, String more) {
        SourceDocuments documents = recorded.documents();
        for (Source source : Source.values()) {
            if (field.startsWith(source.id() + " ")) {
                String name = field.substring(source.id().length() + 1);
                documents = documents.with(source, documents.get(source).map(each -> with(each, name, more)));
            }
        }
        return new RecordedCase(
                recorded.id(),
                recorded.title(),
                recorded.gateway(),
                recorded.alertedAt(),
                recorded.expected(),
                documents,
                recorded.window());
    }

    private static JsonElement with(JsonElement element, String name, String more) {
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(with(each, name, more)));
            return copy;
        }
        if (!(element instanceof JsonObject object)) {
            return element;
        }
        JsonObject copy = new JsonObject();
        object.entrySet().forEach(entry -> {
            boolean hit =
                    entry.getKey().equals(name) && entry.getValue() instanceof JsonPrimitive value && value.isString();
            copy.add(
                    entry.getKey(),
                    hit
                            ? new JsonPrimitive(entry.getValue().getAsString() + " " + more)
                            : with(entry.getValue(), name, more));
        });
        return copy;
    }
}
