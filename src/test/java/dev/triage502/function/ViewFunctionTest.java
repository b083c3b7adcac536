package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpResponseMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do whom the platform signed in, and what somebody can who only says so. */
class ViewFunctionTest {

    private static final String PRINCIPAL =
            "{\"auth_typ\":\"aad\",\"name_typ\":\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name\",\"claims\":["
                    + "{\"typ\":\"preferred_username\",\"val\":\"alice@contoso.com\"}]}";

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Wiring wiring;
    private String id;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        app.environment.put("WEBSITE_AUTH_ENABLED", "True");
        wiring = app.wiring();
        id = app.investigated(wiring);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void whoeverIsSignedInSeesTheIncident() {
        HttpResponseMessage page = page(signedIn(FakeRequest.get()));

        assertThat(page.getStatusCode()).isEqualTo(200);
        assertThat(page.getBody().toString()).contains(id, "/api/view/" + id + "/diagnose");
        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(wiring.getInstance(ViewFunction.class)
                        .file(signedIn(FakeRequest.get()), id, "diagnosis.json", context)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(wiring.getInstance(ViewFunction.class)
                        .page(signedIn(FakeRequest.get()), "nobody", context)
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void aForgedHeaderIsNobodyWhereThePlatformDoesNotSignIn() {
        for (String off : new String[] {"", "False", "0", "yes"}) {
            app.environment.put("WEBSITE_AUTH_ENABLED", off);
            wiring = app.wiring();

            assertThat(page(signedIn(FakeRequest.get())).getStatusCode())
                    .as(off)
                    .isEqualTo(401);
            assertThat(page(signedIn(FakeRequest.get())).getBody().toString()).doesNotContain(id);
            assertThat(send("verdict=right").getStatusCode()).isEqualTo(401);
            assertThat(wiring.getInstance(ViewFunction.class)
                            .diagnose(fromHere(signedIn(FakeRequest.post(""))), id, context)
                            .getStatusCode())
                    .isEqualTo(401);
        }
        wiring.getInstance(FeedbackFunction.class)
                .give(signedIn(FakeRequest.post("{\"verdict\":\"right\"}")), id, context);

        assertThat(app.store.feedback().all().get(0).given().by()).isEqualTo("key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "e30=",
                "W10=",
                "bnVsbA==",
                "eyJjbGFpbXMiOjF9",
                "eyJjbGFpbXMiOlt7InR5cCI6Im5hbWUiLCJ2YWwiOnt9fSwxLG51bGxdfQ=="
            })
    void aHeaderThatNamesNobodyIsNobody(String header) {
        assertThat(page(FakeRequest.get().header("X-MS-CLIENT-PRINCIPAL", header))
                        .getStatusCode())
                .isEqualTo(401);
    }

    @Test
    void whoSaidItIsKept() {
        assertThat(send("verdict=unsure").getStatusCode()).isEqualTo(200);

        assertThat(app.store.feedback().all().get(0).given().by()).isEqualTo("alice@contoso.com");
    }

    /** The browser adds the session to whatever page sends a form. */
    @Test
    void aPageElsewhereCannotSendTheForm() {
        for (String site : new String[] {"", "cross-site", "same-site", "none"}) {
            HttpResponseMessage refused = wiring.getInstance(ViewFunction.class)
                    .feedback(signedIn(FakeRequest.post("verdict=right")).header("Sec-Fetch-Site", site), id, context);
            assertThat(refused.getStatusCode()).as(site).isEqualTo(403);
        }
        assertThat(app.store.feedback().all()).isEmpty();
    }

    @Test
    void diagnosingAgainAsksFirstAndThenHasAPageOfItsOwn() {
        HttpResponseMessage asked =
                wiring.getInstance(ViewFunction.class).diagnose(signedIn(FakeRequest.get()), id, context);
        assertThat(asked.getStatusCode()).isEqualTo(200);
        assertThat(asked.getBody().toString()).contains("<form method=\"post\"", "changes nothing");

        HttpResponseMessage sent =
                wiring.getInstance(ViewFunction.class).diagnose(fromHere(signedIn(FakeRequest.post(""))), id, context);

        assertThat(sent.getStatusCode()).isEqualTo(303);
        String location = sent.getHeader("Location");
        String next = location.substring(location.lastIndexOf('/') + 1);
        HttpResponseMessage waiting =
                wiring.getInstance(ViewFunction.class).page(signedIn(FakeRequest.get()), next, context);
        assertThat(waiting.getStatusCode()).isEqualTo(202);
        assertThat(waiting.getBody().toString()).contains("Still investigating");
    }

    private HttpResponseMessage page(FakeRequest request) {
        return wiring.getInstance(ViewFunction.class).page(request, id, context);
    }

    private HttpResponseMessage send(String form) {
        return wiring.getInstance(ViewFunction.class).feedback(fromHere(signedIn(FakeRequest.post(form))), id, context);
    }

    private static FakeRequest signedIn(FakeRequest request) {
        return request.header(
                "X-MS-CLIENT-PRINCIPAL",
                Base64.getEncoder().encodeToString(PRINCIPAL.getBytes(StandardCharsets.UTF_8)));
    }

    private static FakeRequest fromHere(FakeRequest request) {
        return request.header("Sec-Fetch-Site", "same-origin");
    }
}
