package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Rest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAccessReaderTest {

    private static final String WEB = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/";
    private static final String APPS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/";

    private static List<ServiceAccess> read(String json) {
        return BackendsReader.read(JsonParser.parseString(json), new Losses()).access();
    }

    @Test
    void aSiteThatDoesNotSayItsRulesIsNotOneWithoutRules() {
        assertThat(read("{'sites':[{'id':'" + WEB + "a','properties':{'siteConfig':{'ipSecurityRestrictions':null}}},"
                        + "{'id':'" + WEB + "b','error':{'code':'AuthorizationFailed','message':'no'}}]}"))
                .isEmpty();
    }

    @Test
    void rulesStandInTheOrderInWhichTheyAreTried() {
        assertThat(read("{'sites':[{'id':'" + WEB + "a','properties':{'siteConfig':{'ipSecurityRestrictions':["
                        + "{'ipAddress':'Any','action':'Deny','priority':2147483647,'name':'rest'},"
                        + "{'ipAddress':'AzureFrontDoor.Backend','tag':'ServiceTag','action':'Allow','priority':200,"
                        + "'name':'door','headers':{'x-azure-fdid':['0']}},"
                        + "{'ipAddress':'192.0.2.1/32,192.0.2.9/32','priority':100}]}}}]}"))
                .singleElement()
                .satisfies(access -> {
                    assertThat(access.rules())
                            .extracting(AccessRule::name)
                            .containsExactly("192.0.2.1/32,192.0.2.9/32", "door", "rest");
                    assertThat(access.rules().get(0).addresses()).hasSize(2);
                    assertThat(access.rules().get(0).admits()).isTrue();
                    assertThat(access.rules().get(1).onHeaders()).isTrue();
                    assertThat(access.rules().get(2).everyone()).isTrue();
                    assertThat(access.rest()).isEqualTo(Rest.REJECTED);
                });
    }

    @Test
    void aContainerAppGoesByTheNamesWithAndWithoutTheMarkOfItsEnvironment() {
        assertThat(read("{'containerApps':[{'id':'" + APPS + "containerApps/a','properties':{'managedEnvironmentId':'"
                        + APPS + "managedEnvironments/e','configuration':{'ingress':{'external':false,"
                        + "'fqdn':'A.internal.hill.example','customDomains':[{'name':'shop.example'}]}}}}],"
                        + "'managedEnvironments':[{'id':'" + APPS
                        + "managedEnvironments/e','properties':{'vnetConfiguration':{'internal':true}}}]}"))
                .singleElement()
                .satisfies(access -> {
                    assertThat(access.names())
                            .containsExactly("a.hill.example", "a.internal.hill.example", "shop.example");
                    assertThat(access.exposure()).isEqualTo(Exposure.ENVIRONMENT_ONLY);
                    assertThat(access.inside()).isTrue();
                });
    }

    @Test
    void publicNetworkAccessThatIsOffIsReadOfEveryKind() {
        String off = "'properties':{'publicNetworkAccess':'Disabled'";
        assertThat(read("{'sites':[{'id':'" + WEB + "a'," + off + "}}],'staticSites':[{'id':'/x/staticSites/b'," + off
                        + ",'defaultHostname':'b.example'}}],'apiManagementServices':[{'id':'/x/service/c'," + off
                        + ",'gatewayUrl':'https://c.example'}}],'storageAccounts':[{'id':'/x/storageAccounts/d'," + off
                        + "}}]}"))
                .hasSize(4)
                .allSatisfy(access -> assertThat(access.exposure()).isEqualTo(Exposure.PRIVATE_ENDPOINTS_ONLY));
    }

    private static ServiceAccess site(String properties) {
        List<ServiceAccess> all = read("{'sites':[{'id':'" + WEB + "a','properties':{" + properties + "}}]}");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** It may have any rule. */
    @Test
    void anAppWhoseConfigurationWasRefusedHasRulesThatAreNotKnown() {
        Losses losses = new Losses();
        String refused = "'siteConfig':{'error':{'code':'AuthorizationFailed','message':'no'}}";
        ServiceAccess access = BackendsReader.read(
                        JsonParser.parseString("{'sites':[{'id':'" + WEB
                                + "a','properties':{'hostNames':['A.example'],'publicNetworkAccess':'disabled',"
                                + refused + "}}]}"),
                        losses)
                .access()
                .get(0);

        assertThat(access.unread())
                .hasValueSatisfying(why -> assertThat(why.detail())
                        .isEqualTo("access restrictions of a (config/web): AuthorizationFailed: no"));
        assertThat(access.rest()).isEqualTo(Rest.UNSAID);
        assertThat(access.names()).containsExactly("a.example");
        assertThat(access.exposure()).isEqualTo(Exposure.PRIVATE_ENDPOINTS_ONLY);
        assertThat(site(refused).exposure()).isEqualTo(Exposure.BY_RULES);
        assertThat(losses.words()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'ipSecurityRestrictionsDefaultAction':'deny','ipSecurityRestrictions':[] | REJECTED",
                "'ipSecurityRestrictionsDefaultAction':'Allow','ipSecurityRestrictions':[{'ipAddress':'192.0.2.1'}]"
                        + " | ADMITTED",
                "'ipSecurityRestrictions':[] | ADMITTED",
                "'ipSecurityRestrictions':[{'ipAddress':'192.0.2.1','action':'Allow'}] | REJECTED",
                "'ipSecurityRestrictions':[{'ipAddress':'192.0.2.1','action':'Deny'}] | UNSAID"
            })
    void whatHappensToWhomNoRuleMatchesIsSaidOrFollows(String config, Rest rest) {
        assertThat(site("'siteConfig':{" + config + "}").rest()).isEqualTo(rest);
    }

    @Test
    void theAppsOwnWordOnPublicAccessCountsMoreThanItsConfigurations() {
        String closed = "'siteConfig':{'publicNetworkAccess':'Disabled','ipSecurityRestrictions':[]}";

        assertThat(site(closed).exposure()).isEqualTo(Exposure.PRIVATE_ENDPOINTS_ONLY);
        assertThat(site("'publicNetworkAccess':'Enabled'," + closed).exposure()).isEqualTo(Exposure.BY_RULES);
    }

    @Test
    void aRuleForASubnetIsNamedByItWhereItHasNoName() {
        AccessRule rule = site("'siteConfig':{'ipSecurityRestrictions':[{'vnetSubnetResourceId':'/x/vnets/v/subnets/s',"
                        + "'action':'Allow','headers':{}},{'ipAddress':'0.0.0.0/0','action':'Deny'}]}")
                .rules()
                .get(0);

        assertThat(rule.name()).isEqualTo("s");
        assertThat(rule.subnet()).isPresent();
        assertThat(rule.onHeaders()).isFalse();
        assertThat(rule.everyone()).isFalse();
    }

    private static ServiceAccess app(String ingress, String environment) {
        return read("{'containerApps':[{'id':'" + APPS + "containerApps/a','properties':{'environmentId':'" + APPS
                        + "managedEnvironments/e','configuration':{'ingress':{" + ingress
                        + "}}}}],'managedEnvironments':[{'id':'" + APPS + "managedEnvironments/e','properties':{"
                        + environment + "}}]}")
                .get(0);
    }

    /** All rules of an app are of one action: a list of the admitted, or of the rejected. */
    @ParameterizedTest
    @CsvSource({"Allow,REJECTED,true", "Deny,ADMITTED,false"})
    void theRulesOfAContainerAppAreOfOneAction(String action, Rest rest, boolean admits) {
        ServiceAccess access = app(
                "'external':true,'ipSecurityRestrictions':[{'ipAddressRange':'192.0.2.0/24','action':'" + action
                        + "'}]",
                "");

        assertThat(access.rest()).isEqualTo(rest);
        assertThat(access.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.admits()).isEqualTo(admits);
            assertThat(rule.name()).isEqualTo("192.0.2.0/24");
            assertThat(rule.everyone()).isFalse();
        });
        assertThat(access.exposure()).isEqualTo(Exposure.BY_RULES);
        assertThat(access.inside()).isFalse();
    }

    @Test
    void anEnvironmentWithoutPublicAccessClosesItsApps() {
        assertThat(app("'external':true", "'publicNetworkAccess':'Disabled'").exposure())
                .isEqualTo(Exposure.PRIVATE_ENDPOINTS_ONLY);
        assertThat(read("{'containerApps':[{'id':'" + APPS + "containerApps/a','properties':{}}]}"))
                .as("it does not say its ingress")
                .isEmpty();
    }

    @Test
    void aStorageAccountHasItsAddressesAndSubnets() {
        ServiceAccess access = read("{'storageAccounts':[{'id':'/x/storageAccounts/d','properties':{"
                        + "'primaryEndpoints':{'blob':'https://d.blob.example/','web':'d.web.example'},"
                        + "'customDomain':{'name':'Files.example'},'networkAcls':{'defaultAction':'deny',"
                        + "'ipRules':[{'value':'192.0.2.0/24'}],'virtualNetworkRules':[{'id':'/x/vnets/v/subnets/s'}]}}},"
                        + "{'id':'/x/storageAccounts/e','properties':{}}]}")
                .get(0);

        assertThat(access.names()).containsExactly("d.blob.example", "d.web.example", "files.example");
        assertThat(access.rest()).isEqualTo(Rest.REJECTED);
        assertThat(access.rules()).extracting(AccessRule::name).containsExactly("192.0.2.0/24", "s");
    }

    @Test
    void aStorageAccountThatDoesNotSayItsRulesIsLeftOutAndOneThatAdmitsByDefaultIsNot() {
        assertThat(read("{'storageAccounts':[{'id':'/x/storageAccounts/e','properties':{}}]}"))
                .isEmpty();
        assertThat(read("{'storageAccounts':[{'id':'/x/storageAccounts/e','properties':{'networkAcls':{"
                        + "'defaultAction':'Allow'}}}]}"))
                .extracting(ServiceAccess::rest)
                .containsExactly(Rest.ADMITTED);
    }

    @Test
    void apiManagementGoesByItsGatewayAndItsOwnNames() {
        assertThat(read("{'apiManagementServices':[{'id':'/x/service/c','properties':{'publicNetworkAccess':'Disabled',"
                                + "'gatewayUrl':'https://c.azure-api.net','hostnameConfigurations':[{'hostName':"
                                + "'api.example'}]}}]}")
                        .get(0)
                        .names())
                .containsExactly("api.example", "c.azure-api.net");
    }
}
