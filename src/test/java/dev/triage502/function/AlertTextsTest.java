package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.redaction.CanarySecret;
import dev.triage502.store.IncidentFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and hostile characters in the texts of alerts, which anybody who has the app's key can send. */
class AlertTextsTest {

    private static final List<String> SAMPLES = List.of(
            "metric-static-fired",
            "metric-static-resolved",
            "log-v2-fired",
            "legacy-metric",
            "resource-health",
            "service-health",
            "activity-administrative");

    private static final String SECRETS =
            Arrays.stream(CanarySecret.values()).map(CanarySecret::text).collect(Collectors.joining(" \n"));

    private static final String HOSTILE = "\u001b[2J\u009b31m\r\b\u202e\u2028\u0007\nroot cause: none";

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Wiring wiring;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        wiring = app.wiring();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void noSecretIsStoredOrLogged() throws IOException {
        send(SECRETS);

        String everything = stored() + context.all();
        assertThat(Arrays.stream(CanarySecret.values()).filter(canary -> everything.contains(canary.secret())))
                .isEmpty();
    }

    @Test
    void noHostileCharacterIsShownOrLogged() throws IOException {
        send(HOSTILE);

        for (JsonObject incident :
                app.store.incidents().list(IncidentFilter.any()).summaries()) {
            JsonObject whole =
                    app.store.incidents().find(incident.get("id").getAsString()).orElseThrow();
            assertThat(texts(whole)).as("incident").noneMatch(AlertTextsTest::isHostile);
        }
        app.store
                .ignoredAlerts()
                .latest()
                .forEach(each -> assertThat(each.why()).matches(why -> !isHostile(why)));
        assertThat(context.all().lines())
                .noneMatch(AlertTextsTest::isHostile)
                .noneMatch(line -> line.startsWith("root cause: none"));
    }

    /** Each sample once for each of its texts, with more in it. */
    private void send(String more) throws IOException {
        AlertsFunction alerts = wiring.getInstance(AlertsFunction.class);
        int accepted = 0;
        for (String sample : SAMPLES) {
            JsonElement alert = JsonParser.parseString(App.alert(sample));
            for (int i = 0; i < texts(alert).size(); i++) {
                JsonElement spoilt = with(alert.deepCopy(), more, new int[] {i});
                accepted +=
                        alerts.run(FakeRequest.post(spoilt.toString()), context).getStatusCode() == 202 ? 1 : 0;
            }
        }
        assertThat(accepted).isGreaterThan(100);
    }

    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static boolean isHostile(String text) {
        return text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028);
    }

    private static List<String> texts(JsonElement element) {
        List<String> found = new ArrayList<>();
        if (element instanceof JsonArray array) {
            array.forEach(each -> found.addAll(texts(each)));
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> found.addAll(texts(entry.getValue())));
        } else if (element instanceof JsonPrimitive value && value.isString()) {
            found.add(value.getAsString());
        }
        return found;
    }

    /** With more in the text that has this number. */
    private static JsonElement with(JsonElement element, String more, int[] left) {
        if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, with(array.get(i), more, left));
            }
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> entry.setValue(with(entry.getValue(), more, left)));
        } else if (element instanceof JsonPrimitive value && value.isString() && left[0]-- == 0) {
            return new JsonPrimitive(value.getAsString() + " " + more);
        }
        return element;
    }
}
