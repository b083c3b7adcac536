package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.report.TextReport;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sentences that a report may print only where they are so, checked against what each bundled case holds. */
class TrueSentencesTest {

    private static final String[] SETS = {"cases", "cases-kinds", "cases-fresh", "cases-intermittent"};
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b");
    private static final Pattern STILL_POINTS = Pattern.compile("still points to (\\S+),");
    private static final Pattern TOO_EARLY = Pattern.compile("(?i)not valid (before|yet)|notBefore");

    private static final Pattern LEAF_END = Pattern.compile("\"notAfter\":\"([^\"]+)\"");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private record Told(RecordedCase of, JsonObject document, String text) {
        String headline() {
            return document.get("headline").getAsString();
        }

        JsonObject root() {
            return document.getAsJsonObject("rootCause");
        }

        /** The root's target and what shows it, with the server of its pool, where that is the only one. */
        String grounds() {
            List<String> ids =
                    list(root(), "evidence").map(JsonElement::getAsString).toList();
            String shown = list(document, "evidence")
                    .map(JsonElement::toString)
                    .filter(each -> ids.stream().anyMatch(id -> each.contains("\"" + id + "\"")))
                    .toList()
                    .toString();
            return root().get("target") + " " + root().get("alsoAt") + shown + onlyServer();
        }

        private String onlyServer() {
            String target = String.valueOf(root().get("target"));
            return of.documents().get(Source.GATEWAY).toOptional().stream()
                    .filter(JsonObject.class::isInstance)
                    .flatMap(gateway -> list(parts((JsonObject) gateway), "backendAddressPools"))
                    .map(JsonElement::getAsJsonObject)
                    .filter(pool -> target.contains(String.valueOf(pool.get("name"))))
                    .map(pool -> list(parts(pool), "backendAddresses").toList())
                    .filter(servers -> servers.size() == 1)
                    .toList()
                    .toString();
        }

        /** The parts of an element, which az writes without {@code properties}. */
        private static JsonObject parts(JsonObject element) {
            return element.get("properties") instanceof JsonObject properties ? properties : element;
        }

        long failed() {
            JsonElement impact = document.get("impact");
            return impact instanceof JsonObject known && known.has("failedRequests")
                    ? known.get("failedRequests").getAsLong()
                    : 0;
        }

        boolean has(Source source) {
            return of.documents().get(source).isPresent();
        }

        String document(Source source) {
            return of.documents()
                    .get(source)
                    .toOptional()
                    .map(JsonElement::toString)
                    .orElse("");
        }

        /** When the servers' own certificates end, as they were seen directly. */
        List<Instant> leafEnds() {
            Matcher ends = LEAF_END.matcher(document(Source.DIRECT_PROBE));
            return ends.results().map(end -> Instant.parse(end.group(1))).toList();
        }

        boolean leafIsValid() {
            return !leafEnds().isEmpty() && leafEnds().stream().allMatch(end -> end.isAfter(of.alertedAt()));
        }

        /** The names of resources to which the activity log knows a deletion and nothing else. */
        List<String> onlyDeleted() {
            Map<String, Set<String>> operations = new TreeMap<>();
            for (JsonElement event : events()) {
                if (event instanceof JsonObject row
                        && row.get("resourceId") instanceof JsonPrimitive id
                        && row.get("operationName") instanceof JsonObject name
                        && name.get("value") instanceof JsonPrimitive operation) {
                    operations
                            .computeIfAbsent(ResourceId.of(id.getAsString()).name(), key -> new TreeSet<>())
                            .add(operation.getAsString().toLowerCase(Locale.ROOT));
                }
            }
            return operations.entrySet().stream()
                    .filter(each -> each.getValue().stream().allMatch(name -> name.endsWith("/delete")))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private JsonArray events() {
            JsonElement log =
                    of.documents().get(Source.ACTIVITY_LOG).toOptional().orElse(new JsonArray());
            JsonElement rows = log instanceof JsonObject answer ? answer.get("value") : log;
            return rows instanceof JsonArray array ? array : new JsonArray();
        }

        @Override
        public String toString() {
            return of.id() + ": " + headline();
        }
    }

    private static final List<Told> ALL = new ArrayList<>();

    @BeforeAll
    static void tellAll() {
        TriagedCase.inSets(SETS).map(TrueSentencesTest::told).forEach(ALL::add);
        assertThat(ALL).hasSizeGreaterThan(300);
    }

    private static Told told(TriagedCase each) {
        return new Told(each.recorded(), each.document().json(), new TextReport(false).render(each.report()));
    }

    private static Stream<JsonElement> list(JsonObject object, String name) {
        JsonElement list = object.get(name);
        return list instanceof JsonArray array ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    @Test
    void noHeadlineSaysThatNothingFailedWhereRequestsFailed() {
        assertThat(ALL)
                .filteredOn(each -> each.failed() > 0)
                .noneMatch(each -> each.headline().toLowerCase(Locale.ROOT).contains("no 502s")
                        && !each.headline().contains("maintenance page"));
    }

    @Test
    void aSourceThatWasReadIsNotSaidToBeUnreadable() {
        assertThat(ALL)
                .filteredOn(each -> each.text().contains("neither the access log nor metrics could be read"))
                .noneMatch(each -> each.has(Source.ACCESS_LOG) || each.has(Source.METRICS));
    }

    @Test
    void aPoolPointsToAnAddressOnlyWhereTheConfigurationHasIt() throws IOException {
        for (Told each : ALL) {
            Matcher points = STILL_POINTS.matcher(each.headline());
            if (points.find() && each.has(Source.GATEWAY)) {
                assertThat(each.of()
                                .documents()
                                .get(Source.GATEWAY)
                                .toOptional()
                                .orElseThrow()
                                .toString())
                        .as(each.toString())
                        .contains("\"" + points.group(1) + "\"");
            }
        }
    }

    @Test
    void theAddressesOfAHeadlineAreThoseOfItsOwnCause() {
        for (Told each : ALL) {
            Matcher addresses = ADDRESS.matcher(each.headline());
            while (addresses.find()) {
                // What the default probe sends is no server's address.
                if (!addresses.group().equals("127.0.0.1")) {
                    assertThat(each.grounds()).as(each.toString()).contains(addresses.group());
                }
            }
        }
    }

    @Test
    void whatIsNotValidYetHasNotExpired() {
        assertThat(ALL)
                .filteredOn(each -> TOO_EARLY.matcher(each.grounds()).find())
                .noneMatch(each -> each.headline().contains("expired"));
    }

    /** Another certificate of the chain may have expired; its dates are not recorded, and those of the server's own are not its. */
    @Test
    void aHeadlineDoesNotDateAnExpiryByACertificateThatIsStillValid() {
        List<Told> valid = ALL.stream()
                .filter(each -> each.root().get("id").getAsString().equals("backend-certificate-expired"))
                .filter(Told::leafIsValid)
                .toList();

        assertThat(valid).isNotEmpty();
        assertThat(valid)
                .noneMatch(each -> each.leafEnds().stream()
                        .anyMatch(end -> each.headline().contains(DAY.format(end.atOffset(ZoneOffset.UTC)))));
    }

    @Test
    void aDeletionIsNotCalledAChange() {
        List<String> told = new ArrayList<>();
        for (Told each : ALL) {
            for (String gone : each.onlyDeleted()) {
                if (each.text().contains(gone)) {
                    told.add(gone);
                    assertThat(each.text())
                            .as(each.of().id())
                            .doesNotContainPattern(Pattern.quote(gone)
                                    + "\\s+(was|were)\\s+(scaled|updated|redeployed|renewed|reimaged|changed)");
                }
            }
        }
        assertThat(told).isNotEmpty();
    }

    /** That packets arrive is shown by an answer, or by the documents of the network. */
    @Test
    void thePathIsCalledOpenOnlyWhereSomethingShowsIt() {
        List<Told> open = ALL.stream()
                .filter(each -> each.document().toString().contains("network path is open"))
                .toList();

        assertThat(open).isNotEmpty();
        assertThat(open).allMatch(each -> each.has(Source.NETWORK) || each.has(Source.DIRECT_PROBE));
    }
}
