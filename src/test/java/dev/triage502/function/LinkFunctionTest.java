package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.ledger.IncidentDocument;
import dev.triage502.link.LinkGrant;
import dev.triage502.link.LinkSigner;
import dev.triage502.report.IncidentLinks;
import dev.triage502.store.Feedback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who has nothing but a link, and what a link that was tampered with opens: nothing. */
class LinkFunctionTest {

    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Wiring wiring;
    private String id;
    private String token;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        app.environment.put("TRIAGE502_PUBLIC_URL", "https://triage.contoso.com");
        wiring = app.wiring();
        id = app.investigated(wiring);
        token = link();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aLinkOpensThePageOfItsIncidentAndTheBrowserKeepsAndTellsNothing() {
        HttpResponseMessage page = open(token);

        assertThat(page.getStatusCode()).isEqualTo(200);
        assertThat(page.getBody().toString()).contains("<!doctype html>", id);
        assertThat(page.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(page.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.getHeader("Set-Cookie")).isNull();
    }

    /** Another incident than the link's opens for whoever can sign in, and only there. */
    @Test
    void thePageNamesWhatTheGatewayHadBefore() {
        JsonObject now = app.store.incidents().find(id).orElseThrow();
        keep(now, "agw-prod-earlier", now.get("gateway").getAsString(), Duration.ofDays(3));
        keep(now, "agw-prod-later", now.get("gateway").getAsString(), Duration.ofDays(-1));
        keep(now, "other-earlier", now.get("gateway").getAsString() + "-2", Duration.ofDays(3));

        assertThat(open(token).getBody().toString())
                .contains("Earlier incidents", "agw-prod-earlier")
                .doesNotContain("/view/agw-prod-earlier", "agw-prod-later", "other-earlier");
        app.environment.put("WEBSITE_AUTH_ENABLED", "True");
        wiring = app.wiring();
        assertThat(open(token).getBody().toString())
                .contains("href=\"https://triage.contoso.com/api/view/agw-prod-earlier\"");
    }

    private void keep(JsonObject like, String as, String gateway, Duration before) {
        JsonObject other = like.deepCopy();
        other.addProperty("id", as);
        other.addProperty("gateway", gateway);
        Instant opened = Instant.parse(like.get("openedAt").getAsString());
        other.addProperty("openedAt", opened.minus(before).toString());
        app.store.incidents().put(IncidentDocument.read(other));
    }

    @Test
    void thePortalIsThatOfTheCloud() throws IOException {
        app.close();
        app = new App(folder.resolve("other"));
        app.environment.put("TRIAGE502_PUBLIC_URL", "https://triage.contoso.com");
        app.environment.put("TRIAGE502_AZURE_CLOUD", "usgovernment");
        wiring = app.wiring();
        id = app.investigated(wiring);
        token = link();

        assertThat(List.of(open(token), file(token, "report.md")))
                .allSatisfy(answer -> assertThat(answer.getBody().toString())
                        .contains("https://portal.azure.us/#resource/")
                        .doesNotContain("portal.azure.com"));
        assertThat(messageLinks().portal().orElseThrow())
                .startsWith("https://portal.azure.us/#resource/subscriptions/");
    }

    @Test
    void everythingThatThePageLeadsToIsThere() {
        List<String> leads = java.util.regex.Pattern.compile(
                        "href=\"https://triage.contoso.com/api/i/([^/\"]+)/([^\"?]+)")
                .matcher(open(token).getBody().toString())
                .results()
                .map(each -> each.group(2))
                .distinct()
                .toList();

        assertThat(leads).contains("feedback", "diagnosis.json", "report.md", "evidence.zip");
        for (String each : leads) {
            HttpResponseMessage answer = each.equals("feedback") ? ask("right") : file(token, each);
            assertThat(answer.getStatusCode()).as(each).isEqualTo(200);
            assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            if (!each.equals("feedback")) {
                assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment; filename=\"" + id);
            }
        }
        assertThat(file(token, "passwd").getStatusCode()).isEqualTo(404);
        assertThat(file(token, "../" + id).getStatusCode()).isEqualTo(404);
    }

    /** Only who is signed in may have Azure asked again; whoever was sent a link may not, whatever header they send. */
    @Test
    void aLinkHasNothingDiagnosedAgain() {
        app.environment.put("WEBSITE_AUTH_ENABLED", "True");
        wiring = app.wiring();

        assertThat(open(token).getBody().toString()).contains("/feedback").doesNotContain("/diagnose");
        assertThat(file(token, "diagnose").getStatusCode()).isEqualTo(404);
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
    }

    /** The page says the same of each, so that it cannot be used to find out which tokens nearly fit. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../..", "%00", "名前", "agw-prod", "."})
    void whatIsNoTokenOpensNothing(String made) {
        assertThat(open(made).getStatusCode()).isEqualTo(404);
        assertThat(open(token + made + "A").getBody())
                .isEqualTo(open("B" + token).getBody());
    }

    @Test
    void aForgedLinkOpensNothing() {
        LinkGrant grant = new LinkGrant(id, Instant.now().plusSeconds(60), 0);
        String forged = new LinkSigner(List.of("guess-guess-guess-guess-guess-guess")).sign(grant);

        HttpResponseMessage answer = open(forged);

        assertThat(answer.getStatusCode()).isEqualTo(404);
        assertThat(answer.getBody().toString())
                .contains("This link opens nothing", "ask for a new link")
                .doesNotContain(id);
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aTokenForOneIncidentOpensNoOther() throws IOException {
        String other = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
        String forOther = new LinkSigner(List.of(app.store.links().secret()))
                .sign(new LinkGrant(other, Instant.now().plusSeconds(60), 0));

        assertThat(open(forOther).getStatusCode())
                .as("signed, but there is no such incident")
                .isEqualTo(410);
        assertThat(file(token, other).getStatusCode()).isEqualTo(404);
    }

    @Test
    void anExpiredLinkSaysWhatToDo() {
        wiring = app.wiring(Clock.offset(Clock.systemUTC(), Duration.ofDays(7).minusMinutes(5)));
        assertThat(open(token).getStatusCode()).isEqualTo(200);

        wiring = app.wiring(Clock.offset(Clock.systemUTC(), Duration.ofDays(7).plusMinutes(5)));

        assertThat(open(token).getStatusCode()).isEqualTo(410);
        assertThat(open(token).getBody().toString())
                .contains("no longer works", "A later message has a new link")
                .doesNotContain(id, "Sign in");
        assertThat(file(token, "diagnosis.json").getStatusCode()).isEqualTo(410);
        assertThat(vote("verdict=right").getStatusCode()).isEqualTo(410);
        assertThat(app.store.feedback().all()).isEmpty();
    }

    @Test
    void whereThePlatformSignsInALinkThatEndedLeadsThere() {
        app.environment.put("WEBSITE_AUTH_ENABLED", "True");
        wiring = app.wiring();
        wiring.getInstance(IncidentLinksFunction.class).revoke(FakeRequest.post(""), id, context);

        assertThat(open(token).getBody().toString()).contains("https://triage.contoso.com/api/view/" + id);
        assertThat(open("x" + token).getBody().toString()).contains("sign in").doesNotContain(id);
    }

    @Test
    void howLongItOpensIsSet() throws IOException {
        app.environment.put("TRIAGE502_LINK_LIFETIME", "1h");
        wiring = app.wiring();
        token = link();

        wiring = app.wiring(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61)));

        assertThat(open(token).getStatusCode()).isEqualTo(410);
    }

    @Test
    void revokedLinksEndAndNewOnesOpen() {
        HttpResponseMessage revoked =
                wiring.getInstance(IncidentLinksFunction.class).revoke(FakeRequest.post(""), id, context);

        assertThat(revoked.getStatusCode()).isEqualTo(200);
        assertThat(open(token).getStatusCode()).isEqualTo(410);
        assertThat(open(link()).getStatusCode()).isEqualTo(200);
        assertThat(wiring.getInstance(IncidentLinksFunction.class)
                        .revoke(FakeRequest.post(""), "nobody", context)
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void theSecretIsReplacedWithoutALinkBreaking() {
        app.environment.put("TRIAGE502_LINK_SECRET", OLD);
        wiring = app.wiring();
        assertThat(open(token).getStatusCode()).as("signed with the store's").isEqualTo(404);
        token = link();

        app.environment.put("TRIAGE502_LINK_SECRET", NEW);
        app.environment.put("TRIAGE502_LINK_SECRET_PREVIOUS", OLD);
        wiring = app.wiring();
        assertThat(open(token).getStatusCode()).isEqualTo(200);
        String newer = link();

        app.environment.remove("TRIAGE502_LINK_SECRET_PREVIOUS");
        wiring = app.wiring();
        assertThat(open(token).getStatusCode()).isEqualTo(404);
        assertThat(open(newer).getStatusCode()).isEqualTo(200);
    }

    @Test
    void aSecretThatIsWrongCostsNoMessageAndOpensNothing() {
        app.environment.put("TRIAGE502_LINK_SECRET", "short");
        wiring = app.wiring();

        assertThat(open(token).getStatusCode()).isEqualTo(503);
        assertThat(open(token).getBody().toString())
                .contains("TRIAGE502_LINK_SECRET")
                .doesNotContain("short<", "\"short\"");
    }

    @Test
    void openingTheFeedbackRecordsNothing() {
        for (String verdict : List.of("right", "wrong", "unsure", "<script>alert(1)</script>")) {
            HttpResponseMessage page = ask(verdict);
            assertThat(page.getStatusCode()).isEqualTo(200);
            assertThat(page.getBody().toString())
                    .contains(
                            "<form method=\"post\"", "Nothing is recorded until you choose Send", "nsg-blocks-backend")
                    .doesNotContain("<script>alert");
            assertThat(page.getHeader("Content-Security-Policy")).contains("form-action 'self'");
        }
        HttpResponseMessage head = wiring.getInstance(LinkFunction.class)
                .feedback(FakeRequest.withoutBody(HttpMethod.HEAD).query("verdict", "right"), token, context);

        assertThat(head.getStatusCode()).isEqualTo(200);
        assertThat(app.store.feedback().all()).isEmpty();
    }

    @Test
    void sendingTheFormRecordsIt() {
        HttpResponseMessage thanks = vote("verdict=wrong&cause=nsg-blocks-backend&target=deny+all+%3Cb%3E");

        assertThat(thanks.getStatusCode()).isEqualTo(200);
        assertThat(thanks.getBody().toString()).contains("Thank you", "The true cause: An NSG rule blocks");
        Feedback kept = app.store.feedback().all().get(0);
        assertThat(kept.verdict()).isEqualTo(Feedback.Verdict.WRONG);
        assertThat(kept.cause()).isEqualTo("nsg-blocks-backend");
        assertThat(kept.target()).isEqualTo("deny all <b>");
        assertThat(kept.given().by()).isEqualTo("link");

        assertThat(vote("verdict=right&cause=nsg-blocks-backend&target=x").getStatusCode())
                .isEqualTo(200);
        assertThat(app.store.feedback().all())
                .singleElement()
                .extracting(Feedback::verdict)
                .isEqualTo(Feedback.Verdict.RIGHT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "verdict=", "verdict=maybe", "verdict=wrong&cause=gremlins", "verdict=%zz", "&&=&", "{}"})
    void aFormThatMeansNothingRecordsNothing(String form) {
        assertThat(vote(form).getStatusCode()).isEqualTo(400);
        assertThat(app.store.feedback().all()).isEmpty();
    }

    @Test
    void aMessageCarriesTheLinksOfItsIncident() {
        IncidentLinks links = messageLinks();

        String page = links.page().orElseThrow();
        assertThat(open(page.substring(page.lastIndexOf('/') + 1)).getStatusCode())
                .isEqualTo(200);
        assertThat(links.feedbackWrong()).contains(page + "/feedback?verdict=wrong");
        assertThat(links.causePage()).contains("https://triage.contoso.com/api/causes/insufficient-evidence");
        assertThat(links.portal().orElseThrow()).startsWith("https://portal.azure.com/#resource/subscriptions/");
        assertThat(links.toString()).doesNotContain(page);
    }

    private IncidentLinks messageLinks() {
        MessageLinks made = new MessageLinks(
                new AppAddresses(Optional.of("https://triage.contoso.com")),
                new SignedLinks(() -> LinkSettings.read(app.environment), () -> app.store, Clock.systemUTC()),
                new SignedInPerson(app.environment));
        return made.of(app.store.reports().find(id).orElseThrow().document());
    }

    private HttpResponseMessage open(String with) {
        return wiring.getInstance(LinkFunction.class).page(FakeRequest.get(), with, context);
    }

    private HttpResponseMessage file(String with, String name) {
        return wiring.getInstance(LinkFunction.class).file(FakeRequest.get(), with, name, context);
    }

    private HttpResponseMessage ask(String verdict) {
        return wiring.getInstance(LinkFunction.class)
                .feedback(FakeRequest.get().query("verdict", verdict), token, context);
    }

    private HttpResponseMessage vote(String form) {
        return wiring.getInstance(LinkFunction.class).feedback(FakeRequest.post(form), token, context);
    }

    private String link() {
        JsonObject answer =
                App.json(wiring.getInstance(IncidentLinksFunction.class).make(FakeRequest.post(""), id, context));
        String page = answer.get("page").getAsString();
        return page.substring(page.lastIndexOf('/') + 1);
    }
}
