package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import org.junit.jupiter.api.Test;

class ResourceReferencesTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/agw";

    @Test
    void anObjectsOwnIdComesBeforeWhatItMentions() {
        assertThat(ResourceReferences.gatewayIn(
                        Json.of("{'other':'" + GATEWAY + "-other','id':'" + GATEWAY + "/backendAddressPools/p'}")))
                .contains(ResourceId.of(GATEWAY));
    }

    @Test
    void aDocumentOfNoGatewayNamesNone() {
        assertThat(ResourceReferences.gatewayIn(Json.of("{'value':[{'id':'/subscriptions/s'},1,null]}")))
                .isEmpty();
    }

    @Test
    void theObjectsOfAnAnswerAreThoseOfItsList() {
        assertThat(ResourceReferences.listed(Json.of("{'value':[{'a':1},5,{'b':2}]}")))
                .hasSize(2);
        assertThat(ResourceReferences.listed(Json.of("{'value':{'a':1}}"))).isEmpty();
        assertThat(ResourceReferences.listed(Json.of("[{'a':1}]"))).isEmpty();
        assertThat(ResourceReferences.resources(Json.of("[{'a':1},5]"))).hasSize(1);
        assertThat(ResourceReferences.resources(Json.of("{'a':1}"))).isEmpty();
    }

    @Test
    void aResourceIsKnownByItsIdAndItsName() {
        JsonObject resource = object("{'id':'" + GATEWAY + "','name':'agw'}");

        assertThat(ResourceReferences.idOf(resource)).isEqualTo(ResourceId.of(GATEWAY));
        assertThat(ResourceReferences.nameOf(resource)).isEqualTo("agw");
        assertThat(ResourceReferences.idOf(object("{}")).toString()).isEmpty();
        assertThat(ResourceReferences.nameOf(object("{'name':{}}"))).isEmpty();
        assertThat(ResourceReferences.isRefused(object("{'id':'x','error':{}}")))
                .isTrue();
        assertThat(ResourceReferences.isRefused(resource)).isFalse();
    }

    @Test
    void everyIdThatADocumentMentionsIsFound() {
        assertThat(ResourceReferences.mentionedIn(Json.of("{'a':[{'id':'" + GATEWAY + "'},'/SUBSCRIPTIONS/x',5],"
                        + "'b':'/subscriptions/" + "x".repeat(1000) + "','c':'text','d':null}")))
                .containsExactly(ResourceId.of(GATEWAY), ResourceId.of("/subscriptions/x"));
    }

    @Test
    void rowsAreSortedByTheirType() {
        assertThat(ResourceReferences.ofType(
                        "Microsoft.Web/sites", Json.of("[{'type':'microsoft.web/SITES'},{'type':'other'},{}]")))
                .hasSize(1);
    }

    @Test
    void aGatewaysDocumentTellsItsSubnetsAndItsPublicAddresses() {
        JsonElement gateway = Json.of(
                "{'properties':{'gatewayIPConfigurations':[{'properties':{'subnet':{'id':'/snet'}}}],"
                        + "'frontendIPConfigurations':[{'properties':{'publicIPAddress':{'id':'/pip'}}},{'properties':{}}]}}");

        assertThat(ResourceReferences.subnetsOfGateway(gateway)).containsExactly(ResourceId.of("/snet"));
        assertThat(ResourceReferences.publicAddressesOfGateway(gateway)).containsExactly(ResourceId.of("/pip"));
    }

    @Test
    void smallFactsAreReadFromWhereAzureHasThem() {
        assertThat(ResourceReferences.locationOf(Json.of("{'location':'westeurope'}")))
                .contains("westeurope");
        assertThat(ResourceReferences.locationOf(Json.of("{}"))).isEmpty();
        assertThat(ResourceReferences.capacityOf(object("{'sku':{'capacity':3}}")))
                .isEqualTo(3);
        assertThat(ResourceReferences.capacityOf(object("{'sku':{'capacity':'many'}}")))
                .isZero();
        assertThat(ResourceReferences.planOf(Json.of("{'properties':{'plan':'Basic'}}")))
                .contains("Basic");
        assertThat(ResourceReferences.planOf(Json.of("{}"))).isEmpty();
    }

    @Test
    void anUploadedCertificateIsFoundByItsNameInEitherList() {
        JsonElement gateway =
                Json.of("{'properties':{'trustedRootCertificates':[{'name':'ca','properties':{'data':'AAA'}},"
                        + "{'name':'vault','properties':{'keyVaultSecretId':'x'}}],"
                        + "'authenticationCertificates':[{'name':'CA','properties':{'data':'BBB'}}]}}");

        assertThat(ResourceReferences.uploadedCertificates(gateway, "Ca")).containsExactly("AAA", "BBB");
        assertThat(ResourceReferences.uploadedCertificates(gateway, "vault")).isEmpty();
        assertThat(ResourceReferences.uploadedCertificates(Json.of("{}"), "ca")).isEmpty();
    }

    @Test
    void theWorkspaceOfTheAccessLogIsThatOfTheSettingThatSendsIt() {
        String setting = "{'properties':{'workspaceId':'%s','logs':[{'category':'%s','enabled':true}]}}";

        assertThat(ResourceReferences.workspaceOfAccessLog(Json.of("{'value':["
                        + setting.formatted("/firewall", "ApplicationGatewayFirewallLog") + ","
                        + setting.formatted("", "ApplicationGatewayAccessLog") + ","
                        + setting.formatted("/access", "ApplicationGatewayAccessLog") + "]}")))
                .contains("/access");
        assertThat(ResourceReferences.workspaceOfAccessLog(Json.of("{'odd':1}")))
                .isEmpty();
    }

    private static JsonObject object(String json) {
        return Json.of(json).getAsJsonObject();
    }
}
