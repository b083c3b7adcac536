package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.OnDemandHealth.Answer;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A test probe asks what the gateway's own probe asks, and its answers are read with what was asked. */
class OnDemandHealthRequestTest {

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace("GATEWAY", Scene.GATEWAY));
    }

    private static OnDemandHealthRequest request(Scene scene) {
        Gateway gateway = scene.evidence().gateway().toOptional().orElseThrow();
        return OnDemandHealthRequest.of(gateway, gateway.associations().get(0));
    }

    @Test
    void itAsksWhatTheCustomProbeAsks() {
        assertThat(request(Scene.web()).body())
                .isEqualTo(json("{'protocol':'Http','host':'www.example.com',"
                        + "'pickHostNameFromBackendHttpSettings':false,'path':'/health','timeout':30,"
                        + "'match':{'body':'','statusCodes':['200-399']},"
                        + "'backendAddressPool':{'id':'GATEWAY/backendAddressPools/pool-web'},"
                        + "'backendHttpSettings':{'id':'GATEWAY/backendHttpSettingsCollection/set-web'}}"));
    }

    @Test
    void aProbeThatPicksItsHostIsAskedToPickIt() {
        Scene scene = Scene.v2()
                .shop(
                        "'hostName':'shop.example.com'",
                        "'pickHostNameFromBackendHttpSettings':true,'path':'/ok','timeout':7,"
                                + "'match':{'body':'fine','statusCodes':['200']}",
                        "10.0.3.4");

        assertThat(request(scene).body())
                .isEqualTo(json("{'protocol':'Https','pickHostNameFromBackendHttpSettings':true,'path':'/ok',"
                        + "'timeout':7,'match':{'body':'fine','statusCodes':['200']},"
                        + "'backendAddressPool':{'id':'GATEWAY/backendAddressPools/pool-shop'},"
                        + "'backendHttpSettings':{'id':'GATEWAY/backendHttpSettingsCollection/set-shop'}}"));
        assertThat(request(scene).withHost("other.example").body().getAsJsonObject())
                .satisfies(body -> {
                    assertThat(body.get("host").getAsString()).isEqualTo("other.example");
                    assertThat(body.get("pickHostNameFromBackendHttpSettings").getAsBoolean())
                            .isFalse();
                });
    }

    @Test
    void withoutACustomProbeItAsksWhatTheDefaultOneAsks() {
        Scene scene = Scene.v2()
                .pool("pool", "10.0.2.4")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "pool", "set");

        assertThat(request(scene).body().getAsJsonObject()).satisfies(body -> {
            assertThat(body.get("host").getAsString()).isEqualTo("127.0.0.1");
            assertThat(body.get("path").getAsString()).isEqualTo("/");
            assertThat(body.get("timeout").getAsInt()).isEqualTo(30);
            assertThat(body.get("match")).isEqualTo(json("{'body':'','statusCodes':['200-399']}"));
        });
    }

    @Test
    void anAnswerIsKeptWithItsRequest() {
        OnDemandHealthRequest request = request(Scene.web());

        assertThat(request.answered(json("{'a':1}")).getAsJsonObject().get("request"))
                .isEqualTo(request.body());
        assertThat(request.answered(json("[]"))).isEqualTo(json("[]"));
    }

    @ParameterizedTest
    @CsvSource({"Unhealthy,true", "unhealthy,true", "Down,true", "Healthy,false", "Unknown,false"})
    void anAnswerShowsAnUnhealthyServer(String health, boolean unhealthy) {
        assertThat(OnDemandHealthRequest.showsUnhealthy(json(
                        "{'backendHealthHttpSettings':{'servers':[{'health':'Up'},{'health':'" + health + "'}]}}")))
                .isEqualTo(unhealthy);
    }

    private static Reading<OnDemandHealth> read(String document) {
        return Scene.web()
                .document(Source.ON_DEMAND_HEALTH, document.replace("GATEWAY", Scene.GATEWAY))
                .evidence()
                .onDemandHealth();
    }

    private static final String ANSWER =
            "{%s'backendAddressPool':{'id':'GATEWAY/backendAddressPools/POOL-web'},'backendHealthHttpSettings':{"
                    + "'backendHttpSettings':{'id':'GATEWAY/backendHttpSettingsCollection/set-web'},"
                    + "'servers':[{'address':'10.0.2.5','health':'Healthy'},{'address':'10.0.2.4','health':'Healthy'}]}}";
    private static final String REFUSED = "{'error':{'code':'AuthorizationFailed','message':'no right'}}";

    @Test
    void answersAreReadInTheOrderOfWhatWasAsked() {
        String answer = ANSWER.formatted("'request':{'host':'b.example','path':'/x'},");
        String earlier = ANSWER.formatted("'request':{'host':'a.example'},");

        assertThat(read("[" + answer + "," + REFUSED + "," + earlier + "]")
                        .toOptional()
                        .orElseThrow()
                        .answers())
                .extracting(
                        each -> each.host() + each.path() + " " + each.server().address())
                .containsExactly(
                        "a.example/ 10.0.2.4", "a.example/ 10.0.2.5", "b.example/x 10.0.2.4", "b.example/x 10.0.2.5");
    }

    @Test
    void aSingleAnswerAndAListOfThemAreReadAlike() {
        String answer = ANSWER.formatted("");

        assertThat(read(answer).toOptional().orElseThrow().answers()).hasSize(2);
        assertThat(read("{'value':[" + answer + "]}").toOptional().orElseThrow().answers())
                .extracting(Answer::path)
                .containsExactly("/", "/");
    }

    @Test
    void whereAzureRefusedEveryRequestItSaysWhy() {
        assertThat(read("[" + REFUSED + "," + REFUSED + "]").unread())
                .hasValueSatisfying(unread -> assertThat(unread.why()).isEqualTo(Why.FORBIDDEN));
        assertThat(read("[]").toOptional())
                .as("nobody asked")
                .map(OnDemandHealth::answers)
                .contains(java.util.List.of());
    }

    @Test
    void anAnswerThatIsNotUnderstoodCostsItselfUnlessThereIsNoOther() {
        assertThat(read("[5," + ANSWER.formatted("") + "]")
                        .toOptional()
                        .orElseThrow()
                        .answers())
                .hasSize(2);
        assertThat(read("[5]").unread())
                .hasValueSatisfying(unread -> assertThat(unread.why()).isEqualTo(Why.MALFORMED));
    }
}
