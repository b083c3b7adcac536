package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The host ignores a key that it does not know, and says nothing: a typing error is found here or at three in the
 * morning. Names: https://learn.microsoft.com/azure/azure-functions/functions-host-json and, of queues,
 * …/functions-bindings-storage-queue#hostjson-settings.
 */
class HostJsonTest {

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("version", "2\\.0"),
            Map.entry("functionTimeout", "\\d\\d:\\d\\d:\\d\\d"),
            Map.entry("extensionBundle.id", "Microsoft\\.Azure\\.Functions\\.ExtensionBundle"),
            Map.entry("extensionBundle.version", "\\[4\\.\\*, 5\\.0\\.0\\)"),
            Map.entry("extensions.http.routePrefix", "[a-z]*"),
            Map.entry("extensions.http.maxOutstandingRequests", "\\d+"),
            Map.entry("extensions.http.maxConcurrentRequests", "\\d+"),
            Map.entry("extensions.queues.maxPollingInterval", "\\d\\d:\\d\\d:\\d\\d"),
            Map.entry("extensions.queues.visibilityTimeout", "\\d\\d:\\d\\d:\\d\\d"),
            Map.entry("extensions.queues.batchSize", "([1-9]|[12][0-9]|3[0-2])"),
            Map.entry("extensions.queues.newBatchThreshold", "\\d+"),
            Map.entry("extensions.queues.maxDequeueCount", "\\d+"),
            Map.entry("extensions.queues.messageEncoding", "base64|none"),
            Map.entry("logging.logLevel.default", "Trace|Debug|Information|Warning|Error|Critical|None"),
            Map.entry("logging.applicationInsights.samplingSettings.isEnabled", "true|false"),
            Map.entry(
                    "logging.applicationInsights.samplingSettings.excludedTypes",
                    "(Dependency|Event|Exception|PageView|Request|Trace)(;(Dependency|Event|Exception|PageView|Request|Trace))*"));

    @Test
    void everyKeyIsOneThatTheHostKnows() throws IOException {
        Map<String, String> values = values();

        assertThat(values.keySet()).isEqualTo(new TreeMap<>(KNOWN).keySet());
        values.forEach((key, value) -> assertThat(value).as(key).matches(KNOWN.get(key)));
    }

    /** The host kills the whole worker at its time-out, and all that runs in it. */
    @Test
    void anInvestigationEndsWellBeforeTheHostsTimeOut() throws IOException {
        assertThat(time("functionTimeout")).isGreaterThan(DiagnosisService.DEADLINE.multipliedBy(2));
        assertThat(time("functionTimeout"))
                .as("what a Consumption plan allows")
                .isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(DiagnoseRequest.LONGEST_WAIT).as("the load balancer's limit").isLessThan(Duration.ofSeconds(230));
    }

    @Test
    void aMessageIsSeenWithinSecondsAndFailsOverMinutes() throws IOException {
        assertThat(time("extensions.queues.maxPollingInterval"))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        int tries = Integer.parseInt(values().get("extensions.queues.maxDequeueCount"));
        assertThat(time("extensions.queues.visibilityTimeout").multipliedBy(tries - 1L))
                .as("longer than a storage account's hiccup")
                .isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void ourOwnAddressesFitTheRoutePrefix() throws IOException {
        String prefix = "/" + values().get("extensions.http.routePrefix") + "/";

        assertThat(HttpAnswers.at("id")).startsWith(prefix);
        assertThat(new AppAddresses(Optional.empty()).byLink("token")).startsWith(prefix);
    }

    @Test
    void noFailureIsSampledAway() throws IOException {
        assertThat(values().get("logging.applicationInsights.samplingSettings.excludedTypes")
                        .split(";"))
                .contains("Request", "Exception", "Trace");
    }

    private static Duration time(String key) throws IOException {
        return Duration.ofSeconds(LocalTime.parse(values().get(key)).toSecondOfDay());
    }

    private static Map<String, String> values() throws IOException {
        Map<String, String> values = new TreeMap<>();
        collect("", JsonParser.parseString(Files.readString(Path.of("host.json"))), values);
        return values;
    }

    private static void collect(String path, JsonElement element, Map<String, String> values) {
        if (element instanceof JsonObject object) {
            object.entrySet()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), values));
        } else {
            values.put(path, element.getAsString());
        }
    }
}
