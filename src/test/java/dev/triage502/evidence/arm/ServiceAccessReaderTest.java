package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Rest;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
