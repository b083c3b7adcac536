package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.form.Recognition.Failed;
import dev.triage502.evidence.arm.form.Recognition.Refused;
import dev.triage502.evidence.arm.form.Recognition.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document of Azure's is taken for, from whichever tool it is. */
class DocumentFormsTest {

    private static final String RG = "/subscriptions/s/resourceGroups/rg/providers/";
    private static final String GATEWAY = RG + "Microsoft.Network/applicationGateways/agw";

    private static TakenDocument taken(String document) {
        Recognition recognition = DocumentForms.recognize(json(document));
        assertThat(recognition).isInstanceOf(Taken.class);
        return ((Taken) recognition).document();
    }

    private static JsonElement json(String document) {
        return JsonParser.parseString(document.replace("GATEWAY", GATEWAY).replace("RG/", RG));
    }

    private static JsonObject only(String document) {
        assertThat(taken(document).parts()).hasSize(1);
        return taken(document).parts().get(0).element().getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'id':'GATEWAY','properties':{'backendAddressPools':[]}} | application gateway | GATEWAY",
                "{'Id':'GATEWAY','BackendAddressPools':[]} | application gateway | GATEWAY",
                "{'value':[{'id':'GATEWAY','backendAddressPools':[]}]} | application gateway | GATEWAY",
                "{'backendAddressPools':[{'backendHttpSettingsCollection':[]}]} | backend health, 1 pool |"
                        + " BACKEND_HEALTH",
                "{'BackendAddressPools':[{'BackendHttpSettingsCollection':[]},{'BackendHttpSettingsCollection':[]}]}"
                        + " | backend health, 2 pools | BACKEND_HEALTH",
                "{'value':[{'timeseries':[]},{'timeseries':[]}]} | 2 metrics | METRICS",
                "[{'Timeseries':[]}] | 1 metric | METRICS",
                "{'properties':{'availabilityState':'Available'}} | resource health, Available | RESOURCE_HEALTH",
                "{'value':[{'properties':{'availabilityState':'Available'}},{'properties':{'availabilityState':'X'}}]}"
                        + " | resource health, 2 statuses | RESOURCE_HEALTH",
                "[{'workspaceId':'w','logs':[]}] | 1 diagnostic setting | DIAGNOSTIC_SETTINGS",
                "[{'storageAccountId':'w','log':[]},{'eventHubAuthorizationRuleId':'e','logs':[]}]"
                        + " | 2 diagnostic settings | DIAGNOSTIC_SETTINGS",
                "[{'id':'x/DiagnosticSettings/y','logs':[]}] | 1 diagnostic setting | DIAGNOSTIC_SETTINGS",
                "[{'request':{},'backendAddressPool':{}}] | recorded on-demand health | ON_DEMAND_HEALTH",
                "[{'target':'x','scheme':'https','connect':'ok'}] | recorded direct probes | DIRECT_PROBE",
                "{'value':[],'dimensions':{}} | recorded access log | ACCESS_LOG",
                "{'value':[],'servedBefore':{}} | recorded access log | ACCESS_LOG",
                "{'virtualNetworks':[],'unread':{}} | recorded network | NETWORK",
                "{'privateDnsZones':[],'serviceTags':{}} | recorded network | NETWORK",
                "[{'id':'RG/Microsoft.Network/networkSecurityGroups/n'},{'id':'RG/Microsoft.Network/routeTables/r'}]"
                        + " | NSG, route table | NETWORK",
                "[{'id':'RG/Microsoft.Compute/virtualMachines/a'},{'id':'RG/Microsoft.Compute/virtualMachines/b'}]"
                        + " | 2 VMs | BACKENDS",
                "[{'id':'RG/Microsoft.Network/publicIPAddresses/a'},{'id':'RG/Microsoft.Network/publicIPAddresses/b'}]"
                        + " | 2 public IP addresses | NETWORK"
            })
    void aDocumentIsKnownByWhatItHolds(String document, String as, Source source) {
        assertThat(taken(document).as()).isEqualTo(as);
        assertThat(taken(document).parts()).extracting(TakenPart::source).containsOnly(source);
    }

    /** A web app says whether its plan has room in a field of this name. */
    @Test
    void aWebAppIsNoResourceHealth() {
        assertThat(taken("[{'id':'RG/Microsoft.Web/sites/shop','availabilityState':'Normal'}]")
                        .as())
                .isEqualTo("web app");
    }

    @Test
    void aRuleOrASubnetIsNotTheResourceThatHoldsIt() {
        assertThat(DocumentForms.recognize(
                        json("[{'id':'RG/Microsoft.Network/networkSecurityGroups/n/securityRules/r'}]")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void anInterfaceOfAnInstanceIsAnInterface() {
        assertThat(taken("[{'id':'RG/Microsoft.Compute/virtualMachineScaleSets/v/virtualMachines/0/networkInterfaces"
                                + "/nic'}]")
                        .as())
                .isEqualTo("network interface");
    }

    @Test
    void aListWithOtherResourcesSaysHowManyWereNotUsed() {
        TakenDocument taken = taken("[{'id':'RG/Microsoft.Network/networkSecurityGroups/n'},{'id':'RG/X.Y/z/z'},"
                + "{'id':'GATEWAY','name':'agw'}]");

        assertThat(taken.as()).isEqualTo("NSG");
        assertThat(taken.notes()).containsExactly("2 other elements not used");
    }

    @Test
    void eachResourceGoesIntoTheListOfItsKind() {
        assertThat(taken("[{'id':'RG/Microsoft.Network/virtualNetworks/v'},{'id':'RG/Microsoft.Web/sites/s'}]")
                        .parts())
                .extracting(TakenPart::source, TakenPart::array)
                .containsExactly(tuple(Source.NETWORK, "virtualNetworks"), tuple(Source.BACKENDS, "sites"));
    }

    @Test
    void arraysOfARecordedNetworkAreTakenOneByOne() {
        assertThat(taken("{'virtualNetworks':[],'effectiveRoutes':[]}").parts()).hasSize(2);
        assertThat(DocumentForms.recognize(json("{'virtualNetworks':[],'name':'x'}")))
                .as("it has more than lists")
                .isInstanceOf(Refused.class);
    }

    @Test
    void anErrorInPlaceOfADocumentIsTold() {
        assertThat(DocumentForms.recognize(json("{'error':{'code':'NotFound','message':'gone'}}")))
                .isEqualTo(new Failed(new ErrorAnswer("NotFound", "gone")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'category':'ApplicationGatewayAccessLog'}",
                "{'Category':'applicationgatewayaccesslog'}",
                "{'httpStatus':502,'requestUri':'/'}",
                "{'httpStatus_d':502,'serverRouted_s':'x'}",
                "{'HttpStatus':502,'TimeTaken':1}",
                "{'properties':{'httpStatus':502,'timeTaken':1}}"
            })
    void aRequestIsARowOfTheAccessLog(String row) {
        assertThat(taken("{'records':[" + row + "]}").as()).isEqualTo("access log, 1 row");
    }

    @Test
    void rowsOfOtherLogsAreCounted() {
        TakenDocument taken = taken("[{'category':'ApplicationGatewayAccessLog'},{'category':'Firewall'},"
                + "{'category':'Firewall'},{'x':1},{'eventTimestamp':'t','operationName':'o'}]");

        assertThat(taken.as()).isEqualTo("access log, 1 row; activity log, 1 row");
        assertThat(taken.notes()).containsExactly("not used: Firewall, 2 rows; unknown, 1 row");
    }

    @Test
    void theTablesOfALogQueryAreRows() {
        assertThat(only("{'tables':[{'columns':[{'name':'Category'},{'name':'HttpStatus'}],"
                        + "'rows':[['ApplicationGatewayAccessLog',502],['too short']]}]}"))
                .isEqualTo(json("{'Category':'ApplicationGatewayAccessLog','HttpStatus':502}"));
    }

    @Test
    void anActivityOfAnEventHubIsReadAsTheRestApiHasIt() {
        JsonObject event = only("[{'time':'2026-03-02T09:00:00Z','operationName':'MICROSOFT.NETWORK/X/WRITE',"
                + "'resourceId':'GATEWAY','resultType':'Success','resultSignature':'Succeeded.Created',"
                + "'category':'Write','correlationId':'c',"
                + "'identity':{'claims':{'appid':'app','name':'Ann'}},'properties':{'statusCode':'OK'}}]");

        assertThat(event)
                .isEqualTo(json("{'eventTimestamp':'2026-03-02T09:00:00Z','operationName':'MICROSOFT.NETWORK/X/WRITE',"
                        + "'resourceId':'GATEWAY','correlationId':'c','status':'Succeeded',"
                        + "'subStatus':{'value':'Created'},'category':'Administrative','caller':'Ann',"
                        + "'claims':{'appid':'app','name':'Ann'},'properties':{'statusCode':'OK'}}"));
    }

    @ParameterizedTest
    @CsvSource({"Start,Started", "Accept,Accepted", "Success,Succeeded", "failure,Failed", "Odd,Odd"})
    void stepsOfAnEventHubHaveTheirUsualNames(String step, String status) {
        JsonObject event = only("[{'time':'t','operationName':'A/B/WRITE','resultType':'" + step
                + "','category':'Policy','caller':'ops'}]");

        assertThat(AnyCase.text(event, "status")).isEqualTo(status);
        assertThat(AnyCase.text(event, "category")).isEqualTo("Policy");
        assertThat(AnyCase.text(event, "caller")).isEqualTo("ops");
        assertThat(event.get("subStatus")).isEqualTo(json("{'value':''}"));
    }

    @Test
    void aPersonsNameCountsMoreThanAPrograms() {
        JsonObject event = only("[{'time':'t','operationName':'A/B/WRITE','resultType':'Start','properties':"
                + "{'eventCategory':'Security'},'identity':{'claims':{'appid':'app','http://schemas.xmlsoap.org/ws"
                + "/2005/05/identity/claims/upn':'ann@example.com'}}}]");

        assertThat(AnyCase.text(event, "caller")).isEqualTo("ann@example.com");
        assertThat(AnyCase.text(event, "category")).isEqualTo("Security");
    }

    @Test
    void aRowOfTheWorkspacesTableIsReadAsTheRestApiHasIt() {
        JsonObject event = only("[{'TimeGenerated':'t','OperationNameValue':'A/B/WRITE','_ResourceId':'GATEWAY',"
                + "'CorrelationId':'c','ActivityStatusValue':'Start','ActivitySubstatusValue':'Created',"
                + "'CategoryValue':'Administrative','Caller':'ops','Claims_d':{'a':1},'Properties':'{\\'b\\':2}'}]");

        assertThat(event)
                .isEqualTo(json("{'eventTimestamp':'t','operationName':'A/B/WRITE','resourceId':'GATEWAY',"
                        + "'correlationId':'c','status':'Started','subStatus':{'value':'Created'},"
                        + "'category':'Administrative','caller':'ops','claims':{'a':1},'properties':{'b':2}}"));
    }

    @Test
    void columnsThatHoldNoObjectAreLeftOut() {
        JsonObject event = only("[{'OperationNameValue':'A/B/WRITE','ActivityStatusValue':'Odd','ResourceId':'r',"
                + "'Claims':'{broken','Properties_d':'[1]'}]");

        assertThat(AnyCase.text(event, "resourceId")).isEqualTo("r");
        assertThat(AnyCase.text(event, "status")).isEqualTo("Odd");
        assertThat(event.get("claims")).isEqualTo(new JsonObject());
        assertThat(event.get("properties")).isEqualTo(new JsonObject());
    }

    @Test
    void anEventOfTheRestApiStaysAsItIs() {
        String event = "{'eventTimestamp':'t','operationName':{'value':'A/B/WRITE'}}";

        assertThat(only("{'value':[" + event + "]}")).isEqualTo(json(event));
    }
}
