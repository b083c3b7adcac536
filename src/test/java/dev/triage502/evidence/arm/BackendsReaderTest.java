package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsReaderTest {

    private static final String IN = "/subscriptions/s/resourceGroups/g/providers/";

    @ParameterizedTest
    @CsvSource({
        "PowerState/running,RUNNING",
        "PowerState/stopped,STOPPED",
        "PowerState/deallocated,STOPPED",
        "PowerState/deallocating,IN_TRANSITION",
        "PowerState/starting,IN_TRANSITION",
        "PowerState/stopping,IN_TRANSITION",
        "PowerState/unknown,UNSAID"
    })
    void knowsAMachinesPowerWhereverItsViewStands(String code, Power power) {
        String view =
                "{'statuses':[{'code':'ProvisioningState/succeeded'},{'code':'" + code + "','displayStatus':'VM so'}]}";
        for (String body : List.of("'properties':{'instanceView':" + view + "}", "'instanceView':" + view)) {
            assertThat(machine(body).power()).as(body).isEqualTo(power);
            assertThat(machine(body).status()).isEqualTo("VM so");
        }
    }

    @Test
    void knowsAMachinePrintedByTheCommandLine() {
        Machine machine = machine("'powerState':'VM deallocated','privateIps':'10.0.2.4,10.0.2.5'");
        assertThat(machine.power()).isEqualTo(Power.STOPPED);
        assertThat(machine.addresses()).containsExactly("10.0.2.4", "10.0.2.5");
    }

    @Test
    void knowsAMachineThatIsChangedInPlace() {
        assertThat(machine("'properties':{'instanceView':{'statuses':[{'code':'PowerState/running'},"
                                + "{'code':'ProvisioningState/updating'}]}}")
                        .power())
                .isEqualTo(Power.IN_TRANSITION);
    }

    @Test
    void readsTheInterfacesOfAMachine() {
        assertThat(machine("'properties':{'networkProfile':{'networkInterfaces':[{'id':'/n/1'}]}}")
                        .interfaces())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'deallocated,deallocated',STOPPED",
        "'deallocated,running',RUNNING",
        "'starting,deallocated',IN_TRANSITION",
        "'',UNSAID"
    })
    void aScaleSetRunsWhileOneOfItsInstancesDoes(String states, Power power) {
        StringBuilder instances = new StringBuilder();
        for (String state : states.isEmpty() ? new String[0] : states.split(",")) {
            instances
                    .append(instances.length() == 0 ? "" : ",")
                    .append("{'id':'" + IN + "x/virtualMachines/" + instances.length()
                            + "','properties':{'instanceView':{'statuses':[{'code':'PowerState/" + state + "'}]}}}");
        }
        for (String name : List.of("instances", "virtualMachines")) {
            ScaleSet set = read("{'scaleSets':[{'id':'" + IN + "x','sku':{'capacity':2},'" + name + "':[" + instances
                            + "],'properties':{'virtualMachineProfile':{'networkProfile':{'networkInterfaceConfigurations':["
                            + "{'properties':{'ipConfigurations':[{'properties':{'applicationGatewayBackendAddressPools':["
                            + "{'id':'/g/backendAddressPools/p'}]}}]}}]}}}}]}")
                    .scaleSets()
                    .get(0);
            assertThat(set.power()).isEqualTo(power);
            assertThat(set.pools()).hasSize(1);
            assertThat(set.capacity()).isEqualTo(OptionalInt.of(2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2,deallocated,deallocated,STOPPED",
        "2,deallocated,running,RUNNING",
        // Of a third one nobody knows.
        "3,deallocated,deallocated,UNSAID"
    })
    void aFlexibleScaleSetRunsWhileOneOfItsMachinesDoes(int capacity, String one, String other, Power power) {
        String set = IN + "Microsoft.Compute/virtualMachineScaleSets/flex";
        ScaleSet read = read("{'scaleSets':[{'id':'" + set + "','sku':{'capacity':" + capacity
                        + "},'properties':{'orchestrationMode':'Flexible'}}],'virtualMachines':["
                        + machineOf(set, "a", one) + "," + machineOf(set, "b", other) + "]}")
                .scaleSets()
                .get(0);

        assertThat(read.power()).isEqualTo(power);
    }

    private static String machineOf(String set, String name, String state) {
        return "{'id':'" + IN + "Microsoft.Compute/virtualMachines/" + name
                + "','properties':{'virtualMachineScaleSet':{'id':'" + set.toUpperCase(Locale.ROOT)
                + "'},'extended':{'instanceView':{'powerState':{'code':'PowerState/" + state
                + "','displayStatus':'VM " + state + "'}}}}}";
    }

    @Test
    void aScaleSetWithoutInstancesIsStopped() {
        assertThat(read("{'scaleSets':[{'id':'" + IN + "x','sku':{'capacity':0}}]}")
                        .scaleSets()
                        .get(0)
                        .power())
                .isEqualTo(Power.STOPPED);
    }

    @Test
    void readsAnAppServiceAppAndWhatShutsOthersOut() {
        Site site = read("{'sites':[{'id':'" + IN + "Microsoft.Web/sites/app','properties':{'state':'Running',"
                        + "'defaultHostName':'app.azurewebsites.net','hostNames':['App.azurewebsites.net','shop.example'],"
                        + "'publicNetworkAccess':'Disabled','httpsOnly':true,'clientCertMode':'Required','siteConfig':{"
                        + "'minTlsVersion':'1.3','ipSecurityRestrictions':[{'ipAddress':'Any','action':'Deny','priority':2147483647,'name':'Deny"
                        + " all'},"
                        + "{'ipAddress':'203.0.113.0/24','action':'Allow','priority':100,'name':'office'}]}}}]}")
                .sites()
                .get(0);
        assertThat(site.power()).isEqualTo(Power.RUNNING);
        assertThat(site.hostNames()).containsExactly("app.azurewebsites.net", "shop.example");
        assertThat(site.publicAccess()).contains(false);
        assertThat(site.restrictions())
                .containsExactly("100 Allow 203.0.113.0/24 (office)", "2147483647 Deny Any (Deny all)");
        assertThat(site.plan()).isEmpty();
        assertThat(site.properties())
                .containsEntry("httpsOnly", "true")
                .containsEntry("clientCertMode", "Required")
                .containsEntry("minTlsVersion", "1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Free", "Shared", "Dynamic", "FlexConsumption", "ElasticPremium"})
    void anAppsPlanIsKnownWhereItsInstancesCanBeSet(String unscaled) {
        String plan = IN + "Microsoft.Web/serverfarms/plan";
        String sites = "{'sites':[{'id':'" + IN + "Microsoft.Web/sites/app','properties':{'serverFarmId':'" + plan
                + "','sku':'PremiumV3'}}]}";

        assertThat(read(sites).sites().get(0).plan()).contains(ResourceId.of(plan));
        assertThat(read(sites.replace("PremiumV3", unscaled)).sites().get(0).plan())
                .isEmpty();
    }

    /** The command line prints the fields beside the id. */
    @Test
    void anAppsInboundAddressIsReadInBothShapes() {
        String app = "'id':'" + IN + "Microsoft.Web/sites/app',";

        for (String shape :
                List.of("'inboundIpAddress':'20.50.2.3'", "'properties':{'inboundIpAddress':'20.50.2.3'}")) {
            assertThat(read("{'sites':[{" + app + shape + "}]}").sites().get(0).inboundAddress())
                    .contains("20.50.2.3");
        }
        assertThat(read("{'sites':[{" + app + "'name':'app'}]}").sites().get(0).inboundAddress())
                .isEmpty();
    }

    @Test
    void anAppThatLetsEverybodyInHasNoRestrictions() {
        Site site = read("{'sites':[{'id':'" + IN + "Microsoft.Web/sites/app','properties':{'state':'Stopped',"
                        + "'siteConfig':{'ipSecurityRestrictions':[{'ipAddress':'Any','action':'Allow','priority':1}]}}}]}")
                .sites()
                .get(0);
        assertThat(site.power()).isEqualTo(Power.STOPPED);
        assertThat(site.restrictions()).isEmpty();
        assertThat(site.publicAccess()).isEmpty();
    }

    @Test
    void anAppWhoseDailyQuotaIsUsedUpIsStopped() {
        Site site = read("{'sites':[{'id':'" + IN + "Microsoft.Web/sites/app','properties':{'state':'QuotaExceeded',"
                        + "'enabled':true}}]}")
                .sites()
                .get(0);
        assertThat(site.power()).isEqualTo(Power.STOPPED);
        assertThat(site.usedUpItsQuota()).isTrue();
    }

    @Test
    void readsAContainerAppAndItsRevisions() {
        String app = "{'containerApps':[{'id':'" + IN + "Microsoft.App/containerApps/a','properties':{"
                + "'runningStatus':'Running','provisioningState':'Succeeded','configuration':{'ingress':{"
                + "'fqdn':'a.env.example','targetPort':8080,'customDomains':[{'name':'A.example'}]}},"
                + "'template':{'scale':{'minReplicas':0}}},'revisions':[{'properties':{'active':ACTIVE,'replicas':0}}]}]}";
        ContainerApp running =
                read(app.replace("ACTIVE", "true")).containerApps().get(0);
        assertThat(running.power()).isEqualTo(Power.RUNNING);
        assertThat(running.hostNames()).containsExactly("a.env.example", "a.example");
        assertThat(running.targetPort()).isEqualTo(OptionalInt.of(8080));
        ContainerApp off = read(app.replace("ACTIVE", "false")).containerApps().get(0);
        assertThat(off.power()).isEqualTo(Power.STOPPED);
        assertThat(off.status()).isEqualTo("no active revision");
    }

    @Test
    void readsACluster() {
        Cluster cluster = read("{'managedClusters':[{'id':'" + IN + "x','properties':{'provisioningState':'Succeeded',"
                        + "'powerState':{'code':'Stopped'},'networkProfile':{'networkPlugin':'azure',"
                        + "'networkPluginMode':'overlay','podCidr':'10.244.0.0/16','serviceCidr':'10.0.0.0/16'}}}]}")
                .clusters()
                .get(0);
        assertThat(cluster.power()).isEqualTo(Power.STOPPED);
        assertThat(cluster.network().plugin()).isEqualTo("azure overlay");
        assertThat(cluster.network().podRange()).isEqualTo("10.244.0.0/16");
    }

    @Test
    void aMachineThatAzureRefusedIsListedWithoutAStateAndOneThatIsGoneIsNot() {
        Backends backends = read("{'virtualMachines':[{'id':'" + IN + "a','error':{'code':'AuthorizationFailed'}},"
                + "{'id':'" + IN + "b','error':{'code':'ResourceNotFound'}}]}");
        assertThat(backends.machines()).singleElement().satisfies(machine -> {
            assertThat(machine.power()).isEqualTo(Power.UNSAID);
            assertThat(machine.status()).isEqualTo("AuthorizationFailed");
        });
    }

    private static Machine machine(String body) {
        return read("{'virtualMachines':[{'id':'" + IN + "Microsoft.Compute/virtualMachines/vm'," + body + "}]}")
                .machines()
                .get(0);
    }

    private static Backends read(String document) {
        Reading<Backends> reading = Json.read(Source.BACKENDS, document).backends();
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }

    @Test
    void knowsTheDomainsOfServicesThatPublicDnsDoesNotKnow() {
        Backends backends = read("{'managedEnvironments':[{'id':'/e/in','properties':{'defaultDomain':'Calm.Azure.io',"
                + "'staticIp':'10.0.8.4','vnetConfiguration':{'internal':true}}},{'id':'/e/out','properties':{"
                + "'defaultDomain':'wild.azure.io','vnetConfiguration':{'internal':false}}}],"
                + "'apiManagementServices':[{'id':'/a/in','properties':{'virtualNetworkType':'Internal',"
                + "'gatewayUrl':'https://shop.azure-api.net','privateIPAddresses':['10.0.9.5']}}]}");

        assertThat(backends.privateDomains())
                .extracting(each -> each.domain().inLowerCase() + " " + each.address())
                .containsExactly("calm.azure.io 10.0.8.4", "shop.azure-api.net 10.0.9.5");
    }
}
