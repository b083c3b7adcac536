package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import dev.triage502.redaction.CanarySecret;
import dev.triage502.triage.TriagedCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceRedactorTest {

    private static final String SUBSCRIPTION = "8d3f1b2a-0c4e-4b6d-9a51-7e2f3c4d5e6f";
    private static final String GATEWAY =
            "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    static List<RecordedCase> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRedactedCaseIsDiagnosedAlike(RecordedCase recorded) {
        List<String> whole = said(TriagedCase.of(recorded).diagnosis());

        assertThat(said(diagnosis(EvidenceRedactor.standard().redact(recorded))))
                .isEqualTo(whole);
        assertThat(said(diagnosis(EvidenceRedactor.hidingNames().redact(recorded))))
                .isEqualTo(whole);
    }

    private static Diagnosis diagnosis(RecordedCase recorded) {
        return new Diagnostician(Causes.IN_ORDER)
                .diagnose(recorded.incident(), EvidenceReader.read(recorded.incident(), recorded.documents()));
    }

    /** What is named, how surely, of what kind, and by how much evidence. */
    private static List<String> said(Diagnosis diagnosis) {
        return Stream.concat(Stream.of(diagnosis.root()), diagnosis.contributing().stream())
                .map(named -> named.id() + " " + named.confidence() + " "
                        + named.target().map(target -> target.kind()) + " "
                        + named.alsoAt().size() + " "
                        + named.share())
                .toList();
    }

    private static RecordedCase recorded(Source source, String document) {
        return recorded(SourceDocuments.none()
                .with(source, JsonParser.parseString(document.replace('\'', '"')))
                .with(Source.GATEWAY, JsonParser.parseString("{\"id\":\"" + GATEWAY + "\"}")));
    }

    private static RecordedCase recorded(SourceDocuments documents) {
        return new RecordedCase("x", "", ResourceId.of(GATEWAY), Instant.EPOCH, Optional.empty(), documents);
    }

    private static String redacted(Source source, String document) {
        return text(EvidenceRedactor.standard().redact(recorded(source, document)), source);
    }

    private static String text(RecordedCase recorded, Source source) {
        Reading<JsonElement> reading = recorded.documents().get(source);
        return reading.toOptional()
                .map(JsonElement::toString)
                .orElseGet(() -> reading.unread().orElseThrow().detail());
    }

    @Test
    void clientsAndTheirQueriesGo() {
        assertThat(redacted(
                        Source.ACCESS_LOG,
                        "[{'ClientIp':'203.0.113.9','clientPort_d':4711,'clientIP_s':'203.0.113.9','UserAgent':'Mozilla',"
                                + "'RequestUri':'/login?user=jane','OriginalRequestUriWithArgs':'/login?user=jane&token=abc',"
                                + "'RequestQuery':'user=jane&s3cret&SERVER-TOKEN=t0ken&SERVER-ROUTED=10.0.0.4&SERVER-STATUS=502','HttpStatus':502},"
                                + "{'ClientIp':'127.0.0.1'}]"))
                .isEqualTo(
                        "[{\"ClientIp\":\"redacted\",\"clientPort_d\":4711,\"clientIP_s\":\"redacted\",\"UserAgent\":\"redacted\","
                                + "\"RequestUri\":\"/login?redacted\",\"OriginalRequestUriWithArgs\":\"/login?redacted\","
                                + "\"RequestQuery\":\"user=redacted&redacted&SERVER-TOKEN=redacted&SERVER-ROUTED=10.0.0.4&SERVER-STATUS=502\",\"HttpStatus\":502},"
                                + "{\"ClientIp\":\"127.0.0.1\"}]");
    }

    @Test
    void thoseWhoMadeChangesAreNoLongerCalledByName() {
        assertThat(redacted(
                        Source.ACTIVITY_LOG,
                        "{'value':[{'caller':'jane@contoso.com','claims':{'name':'Jane'}},{'caller':'agic'},{'caller':'JANE@contoso.com'},"
                                + "{'caller':'" + SUBSCRIPTION
                                + "'},{'properties':{'message':'asked by jane@contoso.com'}}]}"))
                .isEqualTo(
                        "{\"value\":[{\"caller\":\"principal-1\"},{\"caller\":\"principal-2\"},{\"caller\":\"principal-1\"},"
                                + "{\"caller\":\"" + SUBSCRIPTION
                                + "\"},{\"properties\":{\"message\":\"asked by principal-1\"}}]}");
    }

    @Test
    void secretsInHeadersAndConfigurationsGo() {
        assertThat(
                        redacted(
                                Source.METRICS,
                                "{'h':[{'headerName':'Authorization','headerValue':'Basic"
                                        + " abc'},{'headerName':'X-Api-Key','headerValue':'k'},"
                                        + "{'headerName':'X-Forwarded-Proto','headerValue':'https'}],'url':'https://st.blob/x?sig=abc'}"))
                .doesNotContain("Basic abc")
                .doesNotContain("\"k\"")
                .doesNotContain("sig=abc")
                .contains("\"headerValue\":\"https\"")
                .contains("https://st.blob/x?redacted");
        assertThat(redacted(
                        Source.BACKENDS,
                        "{'containerApps':[{'properties':{'template':{'containers':[{'env':[{'name':'DB','value':'secret'}]}]}}}],"
                                + "'virtualMachines':[{'properties':{'osProfile':{'adminUsername':'jane'}}}]}"))
                .doesNotContain("secret")
                .doesNotContain("jane");
    }

    @ParameterizedTest
    @EnumSource(CanarySecret.class)
    void aSecretGoesFromAnyTextAndFromDocumentsInTexts(CanarySecret canary) {
        JsonObject inner = new JsonObject();
        inner.addProperty("said", canary.text());
        JsonObject document = new JsonObject();
        document.addProperty("message", canary.text());
        document.addProperty("statusMessage", inner.toString());
        JsonObject tags = new JsonObject();
        tags.addProperty("note", canary.text());
        document.add("tags", tags);

        assertThat(redacted(Source.ACTIVITY_LOG, document.toString())).doesNotContain(canary.secret());
    }

    /** The names say what is in them; the values look like any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requestbody",
                "requestBody",
                "args",
                "command",
                "appCommandLine",
                "metadata",
                "secrets",
                "env",
                "osProfile"
            })
    void whatIsGivenToAMachineAsConfigurationGoes(String name) {
        assertThat(redacted(Source.BACKENDS, "{'a':{'" + name + "':['plain-canary'],'kept':'yes'}}"))
                .isEqualTo("{\"a\":{\"kept\":\"yes\"}}");
        assertThat(redacted(
                        Source.ACTIVITY_LOG, "{'responseBody':'{\\'" + name + "\\':{\\'x\\':\\'plain-canary\\'}}'}"))
                .doesNotContain("plain-canary");
    }

    @Test
    void ofRewriteRulesOnlyHeadersThatCarryNoCredentialsKeepTheirValues() {
        assertThat(redacted(
                        Source.NETWORK,
                        "[{'headerName':'X-Origin-Verify','headerValue':'canary'},{'headerName':'X-Forwarded-Proto','headerValue':'https'},"
                                + "{'headerName':'Host','headerValue':'app.example.com'},{'headerName':'X-Client','headerValue':'{var_client_ip}'},"
                                + "{'headerName':'X-Removed','headerValue':''}]"))
                .isEqualTo("[{\"headerName\":\"X-Origin-Verify\",\"headerValue\":\"redacted\"},"
                        + "{\"headerName\":\"X-Forwarded-Proto\",\"headerValue\":\"https\"},"
                        + "{\"headerName\":\"Host\",\"headerValue\":\"app.example.com\"},"
                        + "{\"headerName\":\"X-Client\",\"headerValue\":\"{var_client_ip}\"},"
                        + "{\"headerName\":\"X-Removed\",\"headerValue\":\"\"}]");
    }

    @Test
    void tagsThatLookLikeKeysGo() {
        assertThat(
                        redacted(
                                Source.NETWORK,
                                "{'tags':{'env':'prod','owner':'netops','deployKey':'short','build':'aB3dE6gH9jK2mN5pQ8sT1vW4','cost-center':'4711',"
                                        + "'azd-env-name':'shop','hidden-link':'/subscriptions/x/resourceGroups/Rg1/providers/y'}}"))
                .isEqualTo("{\"tags\":{\"env\":\"prod\",\"owner\":\"netops\",\"deployKey\":\"redacted\","
                        + "\"build\":\"redacted\",\"cost-center\":\"4711\",\"azd-env-name\":\"shop\","
                        + "\"hidden-link\":\"/subscriptions/x/resourceGroups/Rg1/providers/y\"}}");
    }

    /** A pattern that began anew at each character would take hours over these. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a@", "a.", "@a.", "?a", "/?", "[", "{\\'a\\':", "%", "x=&"})
    void aLongTextOfAnythingIsNoTrouble(String piece) {
        String text = piece.repeat(300_000 / piece.length());

        assertThat(redacted(Source.ACTIVITY_LOG, "{'message':'" + text + "','requestQuery':'" + text + "'}"))
                .isNotEmpty();
    }

    @Test
    void refusalsNameNobodyEither() {
        RecordedCase refused = recorded(SourceDocuments.none()
                .with(
                        Source.METRICS,
                        Reading.couldNotRead(
                                Source.METRICS,
                                Why.FORBIDDEN,
                                "AuthorizationFailed: The client 'jane@contoso.com' may not")));

        assertThat(text(EvidenceRedactor.standard().redact(refused), Source.METRICS))
                .isEqualTo("AuthorizationFailed: The client 'principal-1' may not");
    }

    @Test
    void hiddenNamesStayInTheirZonesAndServices() {
        RecordedCase hidden = EvidenceRedactor.hidingNames()
                .redact(recorded(SourceDocuments.none()
                        .with(
                                Source.GATEWAY,
                                JsonParser.parseString(
                                        "{\"id\":\"" + GATEWAY + "\",\"fqdn\":\"shop.azurewebsites.net\","
                                                + "\"hostName\":\"www.contoso.com\",\"ip\":\"10.0.0.4\"}"))
                        .with(
                                Source.DIRECT_PROBE,
                                JsonParser.parseString(
                                        "[{\"target\":\"shop.azurewebsites.net\",\"tls\":{\"san\":[\"*.contoso.com\"],\"subject\":\"CN=*.contoso.com\"},\"error\":\"no"
                                                + " such host api.contoso.com on Microsoft.Network\"}]"))
                        .with(
                                Source.BACKENDS,
                                JsonParser.parseString("{\"sites\":[{\"id\":\"" + GATEWAY
                                        + "/providers/Microsoft.Web/sites/Shop\"}]}"))
                        .with(
                                Source.NETWORK,
                                JsonParser.parseString("{\"privateDnsZones\":[{\"id\":\"/subscriptions/" + SUBSCRIPTION
                                        + "/privateDnsZones/privatelink.azurewebsites.net/A/shop\"}]}"))));

        String all = hidden.documents().get(Source.GATEWAY) + " "
                + hidden.documents().get(Source.DIRECT_PROBE) + " "
                + hidden.documents().get(Source.BACKENDS) + " "
                + hidden.documents().get(Source.NETWORK);
        assertThat(all)
                .doesNotContain(SUBSCRIPTION)
                .doesNotContainIgnoringCase("shop")
                .doesNotContain("contoso")
                .contains("10.0.0.4")
                .contains("Microsoft.Network");
        String site = DocumentPaths.texts(
                        hidden.documents().get(Source.GATEWAY).toOptional().orElseThrow(), "fqdn")
                .get(0);
        assertThat(site).matches("name\\d+\\.azurewebsites\\.net");
        String label = site.substring(0, site.indexOf('.'));
        assertThat(all).contains("/sites/" + label).contains("privatelink.azurewebsites.net/A/" + label);
        String domain = DocumentPaths.texts(
                        hidden.documents().get(Source.GATEWAY).toOptional().orElseThrow(), "hostName")
                .get(0)
                .substring("www.".length());
        assertThat(all)
                .contains("\"*." + domain + "\"")
                .contains("CN=*." + domain)
                .containsPattern("host name\\d+\\." + domain);
        assertThat(hidden.gateway().subscription()).isEqualTo("00000000-0000-0000-0000-000000000001");
    }
}
