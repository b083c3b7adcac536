package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.microsoft.azure.functions.HttpResponseMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is asked: never 500, and no word of Java's. */
class HttpFuzzTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\u0000",
            "null",
            "-1",
            "1e999999999",
            "99999999999999999999",
            "PT256204778801521H",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "../../..",
            "..%2f..",
            GATEWAY.replace("/rg/", "/../"),
            GATEWAY + "?x",
            "https://portal.azure.com/%zz" + GATEWAY,
            "名前-\uD83D",
            "[".repeat(50_000),
            "x".repeat(100_000));

    @TempDir
    private Path folder;

    private App app;
    private Wiring wiring;
    private final FakeContext context = new FakeContext();

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
    void everyParameterWithEveryOddValue() {
        DiagnoseFunction diagnose = wiring.getInstance(DiagnoseFunction.class);
        DoctorFunction doctor = wiring.getInstance(DoctorFunction.class);
        DiagnosesFunction diagnoses = wiring.getInstance(DiagnosesFunction.class);
        for (String value : VALUES) {
            for (String name : List.of("since", "from", "to", "wait", "nonsense")) {
                // Queued at once: nobody waits for an answer of Azure's.
                FakeRequest query = FakeRequest.get().query("gateway", GATEWAY).query("wait", "0");
                check(name + "=" + value, diagnose.run(query.query(name, value), context));
                JsonObject body = new JsonObject();
                body.addProperty("gateway", GATEWAY);
                body.addProperty("wait", 0);
                body.add(name, new JsonPrimitive(value));
                check(body.toString(), diagnose.run(FakeRequest.post(body.toString()), context));
            }
            check(value, diagnose.run(FakeRequest.get().query("gateway", value).query("wait", "0"), context));
            check(value, diagnose.run(FakeRequest.post(value), context));
            check(value, doctor.run(FakeRequest.get().query("gateway", value), context));
            check(value, diagnoses.run(FakeRequest.get(), value, context));
            links(value);
            check(value, wiring.getInstance(AlertsFunction.class).run(FakeRequest.post(value), context));
        }
    }

    private void links(String value) {
        LinkFunction link = wiring.getInstance(LinkFunction.class);
        ViewFunction view = wiring.getInstance(ViewFunction.class);
        IncidentLinksFunction links = wiring.getInstance(IncidentLinksFunction.class);
        check(value, link.page(FakeRequest.get(), value, context));
        check(value, link.file(FakeRequest.get(), value, value, context));
        check(value, link.feedback(FakeRequest.post(value).query("verdict", value), value, context));
        check(value, view.page(FakeRequest.get().header("X-MS-CLIENT-PRINCIPAL", value), value, context));
        check(value, wiring.getInstance(CausesFunction.class).one(FakeRequest.get(), value, context));
        check(value, links.make(FakeRequest.post(value), value, context));
        check(value, links.revoke(FakeRequest.post(value), value, context));
    }

    @Test
    void everyTextOfAnAlertWithEveryOddValue() throws IOException {
        alerts(1);
    }

    @Test
    @Tag("thorough")
    void anyTextOfAnAlertWithOtherCharacters() throws IOException {
        alerts(40);
    }

    private void alerts(int rounds) throws IOException {
        AlertsFunction alerts = wiring.getInstance(AlertsFunction.class);
        Random random = new Random(502);
        for (String sample : List.of("metric-static-fired", "log-v2-fired", "legacy-metric", "resource-health")) {
            String text = App.alert(sample);
            for (int round = 0; round < rounds * 20; round++) {
                String[] strings = text.split("\"", -1);
                int at = 1 + 2 * random.nextInt(strings.length / 2);
                String value = VALUES.get(random.nextInt(VALUES.size()));
                strings[at] = random.nextBoolean() ? strings[at] + value : value;
                check(sample + " " + at, alerts.run(FakeRequest.post(String.join("\"", strings)), context));
            }
        }
    }

    private static void check(String asked, HttpResponseMessage answer) {
        String body = String.valueOf(answer.getBody());
        assertThat(answer.getStatusCode())
                .as("%s: %s", asked.substring(0, Math.min(200, asked.length())), body)
                .isNotEqualTo(500);
        if (answer.getStatusCode() >= 400) {
            boolean isPage = String.valueOf(answer.getHeader("Content-Type")).startsWith("text/html");
            assertThat(body).doesNotContain("Exception", "java.").hasSizeLessThan(isPage ? 60_000 : 2_000);
        }
    }
}
