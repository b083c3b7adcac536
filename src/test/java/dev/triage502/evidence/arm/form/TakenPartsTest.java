package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several files give one document a source. */
class TakenPartsTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";
    private static final String NETWORK = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/";

    private static JsonElement json(String text) {
        return JsonParser.parseString(text);
    }

    private static TakenPart configuration(String gateway) {
        return TakenPart.whole(Source.GATEWAY, json("{'id':'" + gateway + "','name':'agw'}"));
    }

    private static TakenPart row(String gateway) {
        return TakenPart.listed(Source.ACCESS_LOG, json("{'resourceId':'" + gateway + "','httpStatus':502}"));
    }

    private static TakenPart group(String name) {
        return new TakenPart(
                Source.NETWORK,
                "networkSecurityGroups",
                json("{'id':'" + NETWORK + "networkSecurityGroups/" + name + "'}"));
    }

    private static List<String> gateways(TakenPart... parts) {
        return new TakenParts(List.of(parts))
                .gateways().stream().map(ResourceId::toString).toList();
    }

    private static JsonElement document(Source source, TakenPart... parts) {
        SourceDocuments documents = new TakenParts(List.of(parts)).documents(ResourceId.of(GATEWAY));
        return documents.get(source).toOptional().orElseThrow();
    }

    @Test
    void theGatewayIsTheOneWhoseConfigurationIsThere() {
        assertThat(gateways(row(GATEWAY + "-2"), configuration(GATEWAY))).containsExactly(GATEWAY);
        assertThat(gateways(row(GATEWAY + "-2")))
                .as("else the one that is observed")
                .containsExactly(GATEWAY + "-2");
        assertThat(gateways(configuration(GATEWAY), configuration(GATEWAY + "-2")))
                .containsExactly(GATEWAY, GATEWAY + "-2");
    }

    /** Networks mention gateways that have nothing to do with the incident. */
    @Test
    void aGatewayThatIsOnlyMentionedIsNotMeant() {
        assertThat(gateways(
                        TakenPart.whole(Source.NETWORK, json("{'x':'" + GATEWAY + "'}")),
                        TakenPart.whole(Source.BACKENDS, json("{'x':'" + GATEWAY + "'}")),
                        TakenPart.listed(Source.ACTIVITY_LOG, json("{'resourceId':'" + GATEWAY + "'}"))))
                .isEmpty();
    }

    @Test
    void rowsOfSeveralFilesAddUp() {
        assertThat(document(Source.ACCESS_LOG, row(GATEWAY), row(GATEWAY)))
                .isEqualTo(json("{'value':[" + row(GATEWAY).element() + ","
                        + row(GATEWAY).element() + "]}"));
    }

    @Test
    void aResourceThatTwoFilesHoldIsOne() {
        assertThat(document(Source.NETWORK, group("nsg"), group("NSG"), group("nsg-2"))
                        .getAsJsonObject()
                        .getAsJsonArray("networkSecurityGroups"))
                .hasSize(2);
    }

    @Test
    void arraysOfARecordedNetworkJoinThoseOfOtherFiles() {
        TakenPart recorded = TakenPart.whole(
                Source.NETWORK,
                json("{'networkSecurityGroups':[{'id':'" + NETWORK + "networkSecurityGroups/nsg-3'}]}"));
        TakenPart none = TakenPart.whole(Source.NETWORK, json("{'routeTables':[]}"));
        TakenPart unread = TakenPart.whole(Source.NETWORK, json("{'unread':{'privateDnsZones':{'code':'X'}}}"));

        assertThat(document(Source.NETWORK, group("nsg"), recorded, none, unread))
                .isEqualTo(json("{'networkSecurityGroups':[{'id':'" + NETWORK + "networkSecurityGroups/nsg'},{'id':'"
                        + NETWORK + "networkSecurityGroups/nsg-3'}],'routeTables':[],"
                        + "'unread':{'privateDnsZones':{'code':'X'}}}"));
    }

    @Test
    void ofTwoWholeDocumentsTheLaterCounts() {
        assertThat(document(
                        Source.BACKEND_HEALTH,
                        TakenPart.whole(Source.BACKEND_HEALTH, json("{'a':1,'b':2}")),
                        TakenPart.whole(Source.BACKEND_HEALTH, json("{'a':3,'b':4}"))))
                .isEqualTo(json("{'a':3,'b':4}"));
    }

    @Test
    void configurationsOfOtherGatewaysAreLeftOut() {
        assertThat(document(Source.GATEWAY, configuration(GATEWAY), configuration(GATEWAY + "-2")))
                .isEqualTo(configuration(GATEWAY).element());
    }

    /** A template does not say in which subscription and resource group it is. */
    @Test
    void aTemplatesGatewayIsWhereAnotherFileSaysThatItIs() {
        TakenPart template = configuration(TemplateExpressions.id("Microsoft.Network/applicationGateways", "AGW"));

        assertThat(gateways(template, row(GATEWAY))).containsExactly(GATEWAY);
        assertThat(gateways(template, row(GATEWAY + "-2")))
                .as("another gateway's log does not say it")
                .containsExactly(UnknownScope.ID + "/providers/Microsoft.Network/applicationGateways/AGW");
        assertThat(Stream.of(document(Source.GATEWAY, template, row(GATEWAY))).map(each -> AnyCase.text(each, "id")))
                .containsExactly(
                        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/AGW");
    }

    @Test
    void allIdsOfATemplateGetTheGatewaysScope() {
        JsonElement element =
                json("{'a':[{'id':'" + UnknownScope.ID + "/providers/X/y/z'},5,'" + UnknownScope.ID + "'],'b':'text'}");

        assertThat(UnknownScope.replaced(element, ResourceId.of(GATEWAY)))
                .isEqualTo(json("{'a':[{'id':'/subscriptions/s/resourceGroups/rg/providers/X/y/z'},5,'"
                        + UnknownScope.ID + "'],'b':'text'}"));
        assertThat(UnknownScope.replaced(
                        element,
                        ResourceId.of(UnknownScope.ID + "/providers/Microsoft.Network/applicationGateways/agw")))
                .isEqualTo(element);
    }
}
