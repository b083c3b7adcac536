package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectProbeReaderTest {

    /** A pool with an address, reached plain at 80 and 8080 (probe), and with TLS at 8443; a pool with a name. */
    private static final String GATEWAY = "{'properties':{'backendAddressPools':["
            + "{'name':'web','properties':{'backendAddresses':[{'ipAddress':'10.0.2.4'}]}},"
            + "{'name':'app','properties':{'backendAddresses':[{'fqdn':'app.azurewebsites.net'}]}}],"
            + "'backendHttpSettingsCollection':["
            + "{'name':'plain','properties':{'port':80,'protocol':'Http','probe':{'id':'/p/look'}}},"
            + "{'name':'secret','properties':{'port':8443,'protocol':'Https'}},"
            + "{'name':'app-set','properties':{'port':443,'protocol':'Https'}}],"
            + "'probes':[{'name':'look','properties':{'port':8080}}],'requestRoutingRules':["
            + "{'name':'1','properties':{'backendAddressPool':{'id':'/b/web'},'backendHttpSettings':{'id':'/s/plain'}}},"
            + "{'name':'2','properties':{'backendAddressPool':{'id':'/b/web'},'backendHttpSettings':{'id':'/s/secret'}}},"
            + "{'name':'3','properties':{'backendAddressPool':{'id':'/b/app'},'backendHttpSettings':{'id':'/s/app-set'}}}]}}";

    @ParameterizedTest
    @CsvSource({
        "10.0.2.4,http,plain",
        "10.0.2.4:80,http,plain",
        "10.0.2.4:8080,http,plain",
        "10.0.2.4:8081,http,''",
        "10.0.2.4,https,secret",
        "10.0.2.4:8443,https,secret",
        "10.0.2.4:80,https,''",
        "https://10.0.2.4:8443/x,https,secret",
        "APP.azurewebsites.net,https,app-set",
        "10.0.2.9,http,''"
    })
    void speaksOfTheServersThatTheGatewayAsksInTheSameWay(String target, String scheme, String settings) {
        DirectProbe look = read("[{'target':'" + target + "','scheme':'" + scheme + "','connect':'ok'}]")
                .get(0);
        assertThat(String.join(
                        ",",
                        look.targets().stream()
                                .map(each -> each.at(Place.SETTING).orElse(""))
                                .toList()))
                .isEqualTo(settings);
    }

    @Test
    void speaksOfAServerByAnAddressThatItsNameWasSeenToHave() {
        List<DirectProbe> looks = read(
                "[{'target':'20.0.0.7','scheme':'https','connect':'ok'},"
                        + "{'target':'app.azurewebsites.net','scheme':'https','dns':{'addresses':['20.0.0.7']},'connect':'ok'}]");
        assertThat(looks)
                .allSatisfy(look ->
                        assertThat(look.targets()).extracting(Target::name).containsExactly("app.azurewebsites.net"));
    }

    @Test
    void speaksOfAServerByAPrivateAddressThatIsAskedForItsName() {
        assertThat(read("[{'target':'10.0.3.9','scheme':'https','host':'app.azurewebsites.net','connect':'ok'}]")
                        .get(0)
                        .targets())
                .extracting(Target::name)
                .containsExactly("app.azurewebsites.net");
        assertThat(read("[{'target':'20.0.3.9','scheme':'https','host':'app.azurewebsites.net','connect':'ok'}]")
                        .get(0)
                        .targets())
                .isEmpty();
    }

    @Test
    void speaksOfTheServersInBackendHealthWhereTheGatewayWasNotRead() {
        SourceDocuments documents = SourceDocuments.none()
                .with(
                        Source.BACKEND_HEALTH,
                        Json.of(
                                "[{'backendAddressPool':{'id':'/b/web'},'backendHttpSettingsCollection':["
                                        + "{'backendHttpSettings':{'id':'/s/any'},'servers':[{'address':'10.0.2.4','health':'Down'}]}]}]"))
                .with(Source.DIRECT_PROBE, Json.of("[{'target':'10.0.2.4','scheme':'http','connect':'refused'}]"));
        assertThat(Json.read(documents)
                        .directProbes()
                        .toOptional()
                        .orElseThrow()
                        .probes()
                        .get(0)
                        .targets())
                .containsExactly(Target.server("10.0.2.4", "web").on(Place.SETTING, "any"));
    }

    @ParameterizedTest
    @CsvSource({
        "'ok',OK",
        "'refused',REFUSED",
        "'timeout',TIMED_OUT",
        "'timed out',TIMED_OUT",
        "'reset',RESET",
        "'no route to host',NO_ROUTE",
        "'network unreachable',NO_ROUTE",
        "null,NOT_TRIED"
    })
    void knowsHowAConnectionWent(String word, Connect connect) {
        String written = word.equals("null") ? word : "'" + word + "'";
        assertThat(read("[{'target':'10.0.2.4','connect':" + written + "}]")
                        .get(0)
                        .connect())
                .isEqualTo(connect);
    }

    @Test
    void anAnswerShowsThatAConnectionStoodWithoutAWordOfIt() {
        assertThat(read("[{'target':'10.0.2.4','status':200}]").get(0).connect())
                .isEqualTo(Connect.OK);
    }

    @Test
    void readsWhatATlsClientSaw() {
        DirectProbe look =
                read("[{'target':'10.0.2.4','scheme':'https','sni':'shop.example','from':'vm1','elapsedMs':12,"
                                + "'tls':{'protocol':'TLSv1.2','subject':'CN=shop.example','san':['DNS:shop.example','*.shop.example'],"
                                + "'issuer':'CN=Corp','notBefore':'2025-01-01T00:00:00Z','notAfter':'2026-01-01T00:00:00Z',"
                                + "'chain':[{'subject':'CN=shop.example'},{'subject':'CN=Corp'}],'verified':false,'error':'certificate"
                                + " has expired'}}]")
                        .get(0);
        Tls tls = look.tls().orElseThrow();
        assertThat(tls.names()).containsExactly("*.shop.example", "shop.example");
        assertThat(tls.notAfter()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(tls.chain()).containsExactly("CN=shop.example", "CN=Corp");
        assertThat(tls.verified()).contains(false);
        assertThat(look.from()).isEqualTo("vm1");
        assertThat(look.port()).isEqualTo(OptionalInt.empty());
    }

    private static List<DirectProbe> read(String looks) {
        var reading = Json.read(SourceDocuments.none()
                        .with(Source.GATEWAY, Json.of(GATEWAY))
                        .with(Source.DIRECT_PROBE, Json.of(looks)))
                .directProbes();
        return reading.toOptional()
                .orElseThrow(() -> new AssertionError((Reading<?>) reading))
                .probes();
    }
}
