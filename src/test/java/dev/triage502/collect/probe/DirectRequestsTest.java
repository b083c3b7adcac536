package dev.triage502.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectRequestsTest {

    private static final String ID =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    private static List<DirectRequest> looks(
            String tier, String addresses, String setting, String probe, String listenerHost) {
        String document = ("{'id':'" + ID + "','name':'agw','properties':{'sku':{'name':'" + tier + "','tier':'" + tier
                        + "'},"
                        + "'backendAddressPools':[{'name':'pool','id':'" + ID
                        + "/backendAddressPools/pool','properties':{'backendAddresses':["
                        + addresses + "]}}],'backendHttpSettingsCollection':[{'name':'set','id':'" + ID
                        + "/backendHttpSettingsCollection/set','properties':{" + setting + "}}],'probes':[" + probe
                        + "],"
                        + "'httpListeners':[{'name':'lis','id':'" + ID
                        + "/httpListeners/lis','properties':{'protocol':'Https','hostName':'"
                        + listenerHost + "'}}],'requestRoutingRules':[{'name':'rule','id':'" + ID
                        + "/requestRoutingRules/rule','properties':{'ruleType':'Basic','httpListener':{'id':'" + ID
                        + "/httpListeners/lis'},'backendAddressPool':{'id':'" + ID
                        + "/backendAddressPools/pool'},'backendHttpSettings':{'id':'" + ID
                        + "/backendHttpSettingsCollection/set'}}}]}}")
                .replace('\'', '"');
        Incident incident = Incident.alertedAt(ResourceId.of(ID), Instant.EPOCH);
        Gateway gateway = EvidenceReader.read(
                        incident, SourceDocuments.none().with(Source.GATEWAY, JsonParser.parseString(document)))
                .gateway()
                .toOptional()
                .orElseThrow();
        return new DirectRequests(
                        gateway,
                        set -> Optional.of(List.of()),
                        (known, pair) -> pair.pool().members())
                .all();
    }

    private static String reference(String probe) {
        return "'probe':{'id':'" + ID + "/probes/" + probe + "'}";
    }

    private static String probe(String properties) {
        return "{'name':'p','id':'" + ID + "/probes/p','properties':{" + properties + "}}";
    }

    @Test
    void theDefaultProbeOfAnAddressSendsNoServerName() {
        List<DirectRequest> looks =
                looks("Standard_v2", "{'ipAddress':'10.0.2.4'}", "'port':443,'protocol':'Https'", "", "app.example");

        assertThat(looks).hasSize(2);
        assertThat(looks.get(0))
                .extracting(
                        DirectRequest::target,
                        DirectRequest::port,
                        DirectRequest::tls,
                        DirectRequest::host,
                        DirectRequest::sni,
                        DirectRequest::path,
                        DirectRequest::shape)
                .containsExactly("10.0.2.4", 443, true, "127.0.0.1", "", "/", "probe");
        assertThat(looks.get(1))
                .extracting(DirectRequest::host, DirectRequest::sni, DirectRequest::path, DirectRequest::shape)
                .containsExactly("app.example", "app.example", "/", "live");
    }

    @Test
    void aCustomProbeSaysWhatItAsks() {
        List<DirectRequest> looks = looks(
                "Standard_v2",
                "{'ipAddress':'10.0.2.4'}",
                "'port':8443,'protocol':'Https','requestTimeout':3," + reference("p"),
                probe(
                        "'protocol':'Http','host':'probe.example','path':'/health','port':8080,'timeout':7,'match':{'body':'ok'}"),
                "app.example");

        assertThat(looks.get(0))
                .extracting(
                        DirectRequest::port,
                        DirectRequest::tls,
                        DirectRequest::host,
                        DirectRequest::sni,
                        DirectRequest::path,
                        DirectRequest::patience)
                .containsExactly(8080, false, "probe.example", "", "/health", Duration.ofSeconds(7));
        assertThat(looks.get(0).match()).contains("ok");
        assertThat(looks.get(1))
                .extracting(DirectRequest::port, DirectRequest::tls, DirectRequest::host, DirectRequest::patience)
                .containsExactly(8443, true, "app.example", Duration.ofSeconds(3));
        assertThat(looks.get(1).match()).isEmpty();
    }

    @Test
    void aNameThatIsPickedIsAskedOnceWhereBothWouldAskTheSame() {
        List<DirectRequest> looks = looks(
                "Standard_v2",
                "{'fqdn':'web.azurewebsites.net'}",
                "'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true",
                "",
                "app.example");

        assertThat(looks)
                .singleElement()
                .extracting(DirectRequest::host, DirectRequest::sni)
                .containsExactly("web.azurewebsites.net", "web.azurewebsites.net");
    }

    @Test
    void theFirstGenerationSendsTheMembersNameForServerName() {
        List<DirectRequest> looks = looks(
                "Standard_Medium",
                "{'fqdn':'inner.example'}",
                "'port':443,'protocol':'Https','hostName':'app.example'",
                "",
                "other.example");

        assertThat(looks).extracting(DirectRequest::sni).containsOnly("inner.example");
        assertThat(looks).extracting(DirectRequest::host).containsOnly("app.example");
    }

    @Test
    void noLongWaitAndNoEndlessListOfMembers() {
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            many.append(i == 1 ? "" : ",")
                    .append("{'ipAddress':'10.0.2.")
                    .append(i)
                    .append("'}");
        }

        List<DirectRequest> looks = looks(
                "Standard_v2", many.toString(), "'port':80,'protocol':'Http','requestTimeout':3600", "", "app.example");

        assertThat(looks).hasSize(10);
        assertThat(looks).allMatch(look -> look.patience().compareTo(Duration.ofSeconds(20)) <= 0);
    }

    @Test
    void whatCouldEndALineIsNotSent() {
        List<DirectRequest> looks = looks(
                "Standard_v2",
                "{'ipAddress':'10.0.2.4'}",
                "'port':80,'protocol':'Http','hostName':'evil\\r\\nX-Injected: 1'",
                "",
                "app.example");

        assertThat(looks).isEmpty();
    }
}
