package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.evidence.arm.form.Recognition.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a file that is of no use, and the command that makes one that is. */
class UnusableDocumentTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "null | a single value, not a document",
                "'text' | a single value, not a document",
                "[] | an empty list, which does not say what it lists",
                "{'value':[]} | an empty list, which does not say what it lists",
                "{'error':{'message':'x'}} | an error without a code, not the data",
                "{'essentials':{}} | an alert, which names an incident but has no evidence of it",
                "{'data':{'essentials':{}},'schemaId':'azureMonitorCommonAlertSchema'}"
                        + " | an alert, which names an incident but has no evidence of it",
                "[{'Operation name':'x'}]"
                        + " | the activity log as the portal exports it, without operation and resource IDs",
                "[{'Event initiated by':'x'}]"
                        + " | the activity log as the portal exports it, without operation and resource IDs",
                "[{'category':'Other'}] | log records of the category Other, which are not used",
                "{'backendAddressPool':{},'backendHttpSettings':{}}"
                        + " | an on-demand health probe, which does not say what was asked",
                "{} | not recognized: an object without fields",
                "{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6} | not recognized: an object with a, b, c, d, e",
                "[{'a':1},{'z':2}] | not recognized: a list of objects with a",
                "{'value':[{'a':1}]} | not recognized: a list of objects with a",
                "[{}] | not recognized: a list of objects without fields"
            })
    void itIsSaidWhatItIs(String document, String reason) {
        assertThat(explained(document).reason()).isEqualTo(reason);
    }

    private static Refused explained(String document) {
        return UnusableDocument.explained(JsonParser.parseString(document));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backendAddressPools | backend pools without their gateway | application-gateway show",
                "backendHttpSettingsCollection | backend settings without their gateway | application-gateway show",
                "probes | health probes without their gateway | application-gateway show",
                "httpListeners | listeners without their gateway | application-gateway show",
                "requestRoutingRules | routing rules without their gateway | application-gateway show",
                "urlPathMaps | URL path maps without their gateway | application-gateway show",
                "securityRules | NSG rules without their NSG | nsg show",
                "defaultSecurityRules | NSG rules without their NSG | nsg show",
                "routes | routes without their route table | route-table show",
                "subnets | subnets without their VNet | vnet show",
                "virtualNetworkPeerings | peerings without their VNet | vnet show"
            })
    void partsAreToldByTheirIdsWithTheCommandForTheWhole(String collection, String reason, String command) {
        Refused refused = explained("[{'id':'/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/holders/h/"
                + collection + "/one','name':'one'}]");

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.command()).startsWith("az network " + command + " --ids ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'$schema':'https://x/deploymentParameters.json#'} | the parameters of an ARM template, not the"
                        + " template | az network application-gateway show",
                "{'$schema':'https://x/deploymentTemplate.json#','resources':[]}"
                        + " | an ARM template without a gateway, NSG, route table or VNet in it"
                        + " | az network application-gateway show",
                "{'terraform_version':'1','resources':[]}"
                        + " | a Terraform state without a gateway, NSG, route table or VNet | terraform show -json",
                "{'terraform_version':'1','format_version':'1','planned_values':{}}"
                        + " | a Terraform plan whose state has no gateway, NSG, route table or VNet"
                        + " | terraform show -json",
                "[{'nextHopType':'None','addressPrefix':['10.0.0.0/8']}]"
                        + " | routes that do not say which network interface or route table they are of"
                        + " | az network route-table show",
                "[{'id':'GATEWAY','name':'agw'}]"
                        + " | a list of gateways without their configuration | az network application-gateway show"
            })
    void theCommandIsTheOneThatMakesWhatIsNeeded(String document, String reason, String command) {
        Refused refused = explained(document.replace("GATEWAY", GATEWAY));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.command()).startsWith(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'' | empty: the command that wrote it failed or found nothing",
                "'   ' | empty: the command that wrote it failed or found nothing",
                "{'a': | the fault. It is cut off or damaged",
                "[1, | the fault. It is cut off or damaged",
                "<!DOCTYPE HTML><p> | a web page, not JSON",
                "<html lang=en> | a web page, not JSON",
                "<?xml version='1.0'?> | XML, not JSON",
                "WARNING: new~ERROR: something | an error that az printed",
                "param name string | Bicep source, not what is deployed",
                "targetScope = 'resourceGroup' | Bicep source, not what is deployed",
                "// x~resource agw 'Microsoft.Network/applicationGateways@2024' = { | Bicep source, not what is"
                        + " deployed",
                "Name  Location~----  --------~agw  westeurope | a table for people",
                "name: agw~location: westeurope | YAML",
                "- name: agw | YAML",
                "hello there | neither JSON nor CSV"
            })
    void aTextThatIsNoDocumentIsSaidToBeWhatItIs(String text, String reason) {
        String read = text.replace("''", "").replace("'   '", "   ").replace('~', '\n');

        assertThat(UnusableText.explained(read, "the fault").reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "resource \"azurerm_application_gateway\" \"x\" { | terraform show -json",
                "  module \"net\" { | terraform show -json",
                "name: agw | the same command with --output json",
                "hello there | triage502 collect-script --gateway <gateway-id>"
            })
    void theCommandForATextIsTheOneThatPrintsADocument(String text, String command) {
        assertThat(UnusableText.explained(text, "").command()).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aZipFileIsASavedPlan(boolean zip) {
        String begin = zip ? "PK\u0003\u0004rest" : "PK rest";

        assertThat(UnusableText.explained(begin, "").reason())
                .isEqualTo(
                        zip
                                ? "a ZIP file, as a saved Terraform plan or an exported template is"
                                : "neither JSON nor CSV");
    }
}
