package dev.triage502.remedy.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.command.NeedsFillingIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What az commands do to a small Azure: the measured table of az-cli.md, and what is refused. */
class AzureInterpreterTest {

    private static final AzureInterpreter INTERPRETER = new AzureInterpreter(new AzReader(AzCatalogue.read()));
    private static final String RG =
            "/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg/providers/Microsoft.Network/";
    private static final String GATEWAY = RG + "applicationGateways/agw/";

    static final String GATEWAY_ID = RG + "applicationGateways/agw";

    /** {@code settings}, {@code probe} and the like are short for the command up to its own options. */
    private static final String[][] SHORT = {
        {"settings", "az network application-gateway http-settings update -g rg --gateway-name agw -n "},
        {"probe-create", "az network application-gateway probe create -g rg --gateway-name agw -n "},
        {"probe-delete", "az network application-gateway probe delete -g rg --gateway-name agw -n "},
        {"probe", "az network application-gateway probe update -g rg --gateway-name agw -n "},
        {"pool", "az network application-gateway address-pool update -g rg --gateway-name agw -n pool "},
        {"map", "az network application-gateway url-path-map update -g rg --gateway-name agw -n m "},
        {"way", "az network application-gateway rule update -g rg --gateway-name agw -n r "},
        {"gateway", "az network application-gateway update -g rg -n agw "},
        {"rule-create", "az network nsg rule create -g rg --nsg-name nsg -n "},
        {"rule", "az network nsg rule update -g rg --nsg-name nsg -n "},
        {"route-create", "az network route-table route create -g rg --route-table-name rt -n "},
        {"route", "az network route-table route update -g rg --route-table-name rt -n "},
        {"subnet", "az network vnet subnet update -g rg --vnet-name hub -n gw "},
        {"peering", "az network vnet peering "},
        {"link-create", "az network private-dns link vnet create -g rg -z p.example -e false -n "},
        {"record", "az network private-dns record-set a "},
    };

    private final AzureModel model = AzureModel.of(documents());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "settings s --host-name \"\" | setting s | \"hostName\":\"\"",
                "settings s --host-name null | setting s | no hostName",
                "settings s --remove hostName | setting s | no hostName",
                "settings s --set hostName=null | setting s | no hostName",
                "settings s --root-certs [] | setting s | \"trustedRootCertificates\":[]",
                "settings s --remove hostName --host-name-from-backend-pool true | setting s |"
                        + " \"pickHostNameFromBackendAddress\":true",
                "settings s --connection-draining-timeout 0 | setting s | \"enabled\":false,\"drainTimeoutInSec\":1",
                "settings s --connection-draining-timeout 60 | setting s | \"enabled\":true,\"drainTimeoutInSec\":60",
                "settings s --remove probe | setting s | no probe",
                "probe p --match-body \"\" | probe p | \"body\":\"\"",
                "probe p --match-body x --remove match.body | probe p | no body",
                "probe p --match-status-codes 200-399 401 | probe p | \"statusCodes\":[\"200-399\",\"401\"]",
                "probe p --host-name-from-http-settings true --remove host | probe p | no host",
                "pool --servers 10.0.0.5 app.example | pool pool |"
                        + " {\"ipAddress\":\"10.0.0.5\"},{\"fqdn\":\"app.example\"}",
                "pool --servers [] | pool pool | \"backendAddresses\":[]",
                "pool --set backendAddresses=[] | pool pool | \"backendAddresses\":[]",
                "pool --add backendAddresses ipAddress=10.0.0.9 | pool pool | {\"ipAddress\":\"10.0.0.9\"}",
                "pool --remove backendAddresses 0 | pool pool | \"backendAddresses\":[{\"fqdn\":\"b.example\"}]",
                "map --default-address-pool pool | map m | backendAddressPools/pool\"}",
                "map --set \"pathRules[0].backendAddressPool.id=/bare\" | path x |"
                        + " \"backendAddressPool\":{\"id\":\"/bare\"}",
                "way --priority 20 | way r | \"priority\":20",
                "gateway --min-capacity 3 | gateway | \"minCapacity\":3,\"maxCapacity\":10",
                "gateway --remove autoscaleConfiguration --capacity 3 | gateway | \"capacity\":3",
                "rule-create n --priority 300 | rule n | \"destinationPortRange\":\"80\"",
                "rule-create n --priority 300 --source-address-prefixes 10.0.0.0/24 10.1.0.0/24 | rule n |"
                        + " \"sourceAddressPrefixes\":[\"10.0.0.0/24\",\"10.1.0.0/24\"]",
                "rule deny --destination-port-ranges 443 | rule deny | \"destinationPortRange\":\"443\"",
                "route fw --next-hop-type Internet --remove nextHopIpAddress | route fw | no nextHopIpAddress",
                "subnet --remove routeTable | subnet | no routeTable",
                "peering update -g rg --vnet-name hub -n to-spoke --allow-vnet-access false | peering to-spoke |"
                        + " \"allowVirtualNetworkAccess\":false",
                "peering sync -g rg --vnet-name hub -n to-spoke | peering to-spoke |"
                        + " \"addressPrefixes\":[\"10.9.0.0/16\"]",
                "link-create l --virtual-network hub | zone l | virtualNetworks/hub",
                "record update -g rg -z p.example -n app --set \"aRecords[0].ipv4Address=10.0.0.7\" | zone app |"
                        + " \"10.0.0.7\"",
                "record add-record -g rg -z p.example -n new -a 10.0.0.8 | zone new | \"10.0.0.8\"",
                "az vm start --ids"
                        + " /subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm"
                        + " | vm | PowerState/running",
            })
    void changesWhatAzChanges(String command, String where, String expected) {
        INTERPRETER.run(spelled(command), model);

        String text = part(where).toString();
        if (expected.startsWith("no ")) {
            assertThat(text).doesNotContain("\"" + expected.substring(3) + "\":");
        } else {
            assertThat(text).contains(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "settings s --host-name-from-backend-pool true | has a host name and takes it from the pool",
                "settings bare --host-name-from-backend-pool true --remove hostName | bare addresses",
                "settings s --protocol Http | another protocol",
                "settings none --port 80 | no none",
                "settings s --port 0 | between 1 and 65535",
                "settings s --probe other | not there",
                "settings s --root-certs absent | not there",
                "probe p --host-name-from-http-settings true | takes it from the setting as well",
                "probe p --remove host | has no host",
                "probe p --path health | does not begin with /",
                "probe p --match-status-codes 200-399,401 | no status code",
                "probe-delete p | not there",
                "probe-create p --protocol Https --path / --host a | would be replaced",
                "pool --servers 10.0.0.5,10.0.0.6 | neither an address nor a name",
                "pool --servers \"\" | neither an address nor a name",
                "gateway --capacity 5 | beside autoscaling",
                "gateway --min-capacity 20 --max-capacity 10 | autoscaling from 20 to 10",
                "rule-create n --priority 200 | has priority 200 already",
                "rule-create n --priority 99 | between 100 and 4096",
                "rule-create deny --priority 300 | would be replaced",
                "rule none --priority 300 | no rule none",
                "rule deny --source-address-prefixes 10.0.0.0/24,10.1.0.0/24 | several values",
                "route fw --next-hop-type Internet | keeps the address",
                "route-create n --address-prefix 0.0.0.0/0 --next-hop-type Internet | has the prefix 0.0.0.0/0 already",
                "route-create n --address-prefix 10.1.1.1 --next-hop-type VnetLocal | not a prefix",
                "route-create n --address-prefix 10.1.0.0/16 --next-hop-type VirtualAppliance | without an address",
                "subnet --route-table none | no none",
                "subnet --route-table \"\" | broken id",
                "peering create -g rg --vnet-name hub -n again --remote-vnet spoke | the same network already",
                "link-create linked-again --virtual-network spoke | linked to a zone of this name already",
                "record update -g rg -z p.example -n none --set ttl=5 | no record none",
                "az network application-gateway start -g other -n agw | no gateway agw in other",
                "az network application-gateway begin -g rg -n agw | no command",
            })
    void refusesWhatAzureRefuses(String command, String why) {
        String before = model.normalised();

        assertThatThrownBy(() -> INTERPRETER.run(spelled(command), model))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
        assertThat(AzureModel.of(documents()).normalised()).isEqualTo(before);
    }

    @Test
    void whatIsNotAmongTheDocumentsIsNotGuessed() {
        assertThatThrownBy(() -> INTERPRETER.run("az vm start -g rg -n other", model))
                .isInstanceOf(NotModelled.class);
        assertThatThrownBy(() -> INTERPRETER.run("az aks nodepool upgrade -g rg --cluster-name c -n n", model))
                .isInstanceOf(NotModelled.class);
        assertThatThrownBy(() -> INTERPRETER.run("az vm start --ids <member-ids>", model))
                .isInstanceOf(NeedsFillingIn.class);
    }

    @Test
    void aCommandAndItsOppositeLeadBack() {
        String before = model.normalised();
        INTERPRETER.run(
                spelled("settings s --port 8443 --remove hostName\n"
                        + "rule-create n --priority 300\n"
                        + "subnet --remove routeTable"),
                model);
        assertThat(model.normalised()).isNotEqualTo(before);
        INTERPRETER.run(
                spelled("settings s --port 443 --host-name a.example\n"
                        + "az network nsg rule delete -g rg --nsg-name nsg -n n\nsubnet --route-table rt"),
                model);
        assertThat(model.normalised()).isEqualTo(before);
    }

    @Test
    void aVariableThatTheScriptSetsIsUsed() {
        INTERPRETER.run(
                "name=s\naz network application-gateway http-settings update -g rg --gateway-name agw -n \"$name\""
                        + " --port 99",
                model);

        assertThat(part("setting s").toString()).contains("\"port\":99");
    }

    @Test
    void aReadChangesNothing() {
        assertThat(INTERPRETER.run("az network nsg rule list -g rg --nsg-name nsg --output table", model))
                .isEmpty();
        assertThat(INTERPRETER.onlyReads("az network nsg rule list -g rg --nsg-name nsg"))
                .isTrue();
        assertThat(INTERPRETER.onlyReads(spelled("pool --servers a.example"))).isFalse();
    }

    static String spelled(String command) {
        StringBuilder all = new StringBuilder();
        for (String line : command.split("\n")) {
            String whole = line;
            for (String[] each : SHORT) {
                if (line.startsWith(each[0] + " ")) {
                    whole = each[1] + line.substring(each[0].length() + 1);
                    break;
                }
            }
            all.append(whole).append('\n');
        }
        return all.toString();
    }

    private JsonElement part(String where) {
        return part(where, model);
    }

    /** The part of a model that a table names. */
    static JsonObject part(String where, AzureModel model) {
        String[] words = where.split(" ");
        JsonObject gateway = document(Source.GATEWAY, model).getAsJsonObject();
        Resource resource = new Resource(gateway);
        switch (words[0]) {
            case "setting":
                return resource.child("backendHttpSettingsCollection", words[1])
                        .orElseThrow()
                        .json();
            case "probe":
                return resource.child("probes", words[1]).orElseThrow().json();
            case "pool":
                return resource.child("backendAddressPools", words[1])
                        .orElseThrow()
                        .json();
            case "map":
                return resource.child("urlPathMaps", words[1]).orElseThrow().json();
            case "path":
                return resource.child("urlPathMaps", "m")
                        .orElseThrow()
                        .child("pathRules", words[1])
                        .orElseThrow()
                        .json();
            case "way":
                return resource.child("requestRoutingRules", words[1])
                        .orElseThrow()
                        .json();
            case "endpoint":
                return network("privateEndpoints", words[1], model).json();
            case "gateway":
                return gateway;
            case "rule":
                return network("networkSecurityGroups", "nsg", model)
                        .child("securityRules", words[1])
                        .orElseThrow()
                        .json();
            case "route":
                return network("routeTables", "rt", model)
                        .child("routes", words[1])
                        .orElseThrow()
                        .json();
            case "subnet":
                return network("virtualNetworks", "hub", model)
                        .child("subnets", "gw")
                        .orElseThrow()
                        .json();
            case "peering":
                return network("virtualNetworks", "hub", model)
                        .child("virtualNetworkPeerings", words[1])
                        .orElseThrow()
                        .json();
            case "zone":
                return network("privateDnsZones", words[1], model).json();
            default:
                return document(Source.BACKENDS, model).getAsJsonObject();
        }
    }

    private static Resource network(String kind, String name, AzureModel model) {
        return Resource.resources(
                        document(Source.NETWORK, model).getAsJsonObject().getAsJsonArray(kind))
                .stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonElement document(Source source, AzureModel model) {
        return model.documents().get(source).toOptional().orElseThrow();
    }

    static SourceDocuments documents() {
        return SourceDocuments.none()
                .with(
                        Source.GATEWAY,
                        json("{'name':'agw','id':'" + RG + "applicationGateways/agw','properties':{"
                                + "'sku':{'name':'Standard_v2','tier':'Standard_v2'},"
                                + "'autoscaleConfiguration':{'minCapacity':2,'maxCapacity':10},'trustedRootCertificates':[],"
                                + "'backendAddressPools':["
                                + part(
                                        "backendAddressPools/pool",
                                        "'backendAddresses':[{'ipAddress':'10.0.0.4'},{'fqdn':'b.example'}]")
                                + ","
                                + part("backendAddressPools/bare", "'backendAddresses':[{'ipAddress':'10.0.0.4'}]")
                                + "],'backendHttpSettingsCollection':["
                                + part(
                                        "backendHttpSettingsCollection/s",
                                        "'port':443,'protocol':'Https','hostName':'a.example','probe':{'id':'" + GATEWAY
                                                + "probes/p'}")
                                + ","
                                + part(
                                        "backendHttpSettingsCollection/bare",
                                        "'port':80,'protocol':'Http','hostName':'a.example'")
                                + "],'probes':["
                                + part(
                                        "probes/p",
                                        "'protocol':'Https','host':'a.example','path':'/','interval':30,'timeout':30,"
                                                + "'match':{'statusCodes':['200-399']}")
                                + "],'requestRoutingRules':["
                                + part(
                                        "requestRoutingRules/r",
                                        "'priority':1,'backendAddressPool':{'id':'" + GATEWAY
                                                + "backendAddressPools/bare'},'backendHttpSettings':{'id':'" + GATEWAY
                                                + "backendHttpSettingsCollection/bare'}")
                                + "],'urlPathMaps':["
                                + part(
                                        "urlPathMaps/m",
                                        "'defaultBackendAddressPool':{'id':'" + GATEWAY
                                                + "backendAddressPools/bare'},'defaultBackendHttpSettings':{'id':'"
                                                + GATEWAY + "backendHttpSettingsCollection/bare'},'pathRules':["
                                                + part(
                                                        "urlPathMaps/m/pathRules/x",
                                                        "'paths':['/x/*'],'backendAddressPool':{'id':'" + GATEWAY
                                                                + "backendAddressPools/pool'},'backendHttpSettings':{'id':'"
                                                                + GATEWAY + "backendHttpSettingsCollection/s'}")
                                                + "]")
                                + "]}}"))
                .with(
                        Source.NETWORK,
                        json(
                                "{'networkSecurityGroups':[{'name':'nsg','id':'" + RG
                                        + "networkSecurityGroups/nsg','properties':{'securityRules':[{'name':'deny','id':'"
                                        + RG
                                        + "networkSecurityGroups/nsg/securityRules/deny','properties':{'priority':200,'direction':'Inbound',"
                                        + "'protocol':'*','access':'Deny','destinationPortRanges':['80','443']}}]}}],"
                                        + "'routeTables':[{'name':'rt','id':'" + RG
                                        + "routeTables/rt','properties':{'routes':[{'name':'fw','id':'"
                                        + RG + "routeTables/rt/routes/fw','properties':{'addressPrefix':'0.0.0.0/0',"
                                        + "'nextHopType':'VirtualAppliance','nextHopIpAddress':'10.0.9.4'}}]}}],"
                                        + "'virtualNetworks':[{'name':'hub','id':'" + RG
                                        + "virtualNetworks/hub','properties':{'subnets':[{'name':'gw',"
                                        + "'id':'" + RG
                                        + "virtualNetworks/hub/subnets/gw','properties':{'routeTable':{'id':'" + RG
                                        + "routeTables/rt'}}}],'virtualNetworkPeerings':[{'name':'to-spoke','id':'" + RG
                                        + "virtualNetworks/hub/virtualNetworkPeerings/to-spoke','properties':{'remoteVirtualNetwork':{'id':'"
                                        + RG
                                        + "virtualNetworks/spoke'},'allowVirtualNetworkAccess':true,'remoteAddressSpace':"
                                        + "{'addressPrefixes':['10.8.0.0/16']}}}]}},{'name':'spoke','id':'" + RG
                                        + "virtualNetworks/spoke','properties':{'addressSpace':{'addressPrefixes':['10.9.0.0/16']}}}],"
                                        + "'privateEndpoints':[],'networkInterfaces':[],"
                                        + "'privateDnsZones':[{'name':'p.example','id':'" + RG
                                        + "privateDnsZones/p.example'},{'name':'old','id':'"
                                        + RG
                                        + "privateDnsZones/p.example/virtualNetworkLinks/old','properties':{'virtualNetwork':{'id':'"
                                        + RG
                                        + "virtualNetworks/spoke'}}},{'name':'app','id':'" + RG
                                        + "privateDnsZones/p.example/A/app','properties':{'aRecords':[{'ipv4Address':'10.0.0.6'}]}}]}"))
                .with(
                        Source.BACKENDS,
                        json(
                                "{'virtualMachines':[{'name':'vm','id':'/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg/providers/"
                                        + "Microsoft.Compute/virtualMachines/vm','properties':{'instanceView':{'statuses':["
                                        + "{'code':'PowerState/deallocated'}]}}}]}"));
    }

    private static String part(String path, String properties) {
        return "{'name':'" + path.substring(path.lastIndexOf('/') + 1) + "','id':'" + GATEWAY + path
                + "','properties':{" + properties + "}}";
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }
}
