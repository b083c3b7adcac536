package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever has an app behind the gateway has no server to sign in to: the steps have to be the app's own. */
class BackendAppValuesTest {

    private static final String PLAN = Scene.GROUP + "/providers/Microsoft.Web/serverfarms/plan-shop";
    private static final String SITE = Scene.GROUP + "/providers/Microsoft.Web/sites/app-shop";
    private static final String CONTAINER_APP = Scene.GROUP + "/providers/Microsoft.App/containerApps/orders";

    @Test
    void anAppIsKnownByAnyNameThatItServes() {
        for (String name : new String[] {"app-shop.azurewebsites.net", "Shop.Example.com"}) {
            assertThat(values(site(SITE), Optional.empty(), name))
                    .containsOnlyKeys("site", "plan-id", "backend-resource-group")
                    .containsEntry("site", "app-shop")
                    .containsEntry("plan-id", PLAN);
        }
        assertThat(values(site(SITE), Optional.empty(), "other.example.com")).isEmpty();
    }

    /** Where it was stopped and runs again, it is not to be started. */
    @Test
    void anAppThatRunsIsSaidToRun() {
        assertThat(values(site(SITE, "Running"), Optional.empty(), "shop.example.com"))
                .containsEntry("power", "running");
        assertThat(values(site(SITE, "Stopped"), Optional.empty(), "shop.example.com"))
                .doesNotContainKey("power");
    }

    /** Its commands would reach the app in production. */
    @Test
    void aSlotHasNoCommands() {
        assertThat(values(site(SITE + "/slots/blue"), Optional.empty(), "shop.example.com"))
                .isEmpty();
    }

    @Test
    void anInternalApiManagementServiceIsKnownByItsNameAndAddress() {
        Scene scene = Scene.web()
                .document(
                        Source.BACKENDS,
                        "{'apiManagementServices':[{'id':'" + Scene.GROUP
                                + "/providers/Microsoft.ApiManagement/service/apim','properties':{'virtualNetworkType':'Internal',"
                                + "'gatewayUrl':'https://apim.azure-api.net','privateIPAddresses':['10.0.2.9']}}]}");

        for (String server : new String[] {"10.0.2.9", "apim.azure-api.net"}) {
            assertThat(values(scene, Optional.empty(), server))
                    .containsOnlyKeys("api-management", "backend-resource-group")
                    .containsEntry("api-management", "apim");
        }
        assertThat(values(scene, Optional.empty(), "10.0.2.8")).isEmpty();
    }

    /** A document without the template says nothing of replicas; one whose template is silent has Azure's default, none. */
    @Test
    void aContainerAppThatKeepsNoReplicaIsSaidToScaleToZero() {
        assertThat(values(containerApp(",'template':{'scale':{'minReplicas':0}}"), Optional.empty(), "orders.example"))
                .containsEntry("scales-to-zero", "yes");
        assertThat(values(
                        containerApp(",'template':{'scale':{'minReplicas':null}}"), Optional.empty(), "orders.example"))
                .containsEntry("scales-to-zero", "yes");
        for (String other : new String[] {",'template':{'scale':{'minReplicas':1}}", ""}) {
            assertThat(values(containerApp(other), Optional.empty(), "orders.example"))
                    .containsOnlyKeys("container-app", "backend-resource-group");
        }
    }

    private static Scene containerApp(String more) {
        return Scene.web()
                .document(
                        Source.BACKENDS,
                        "{'containerApps':[{'id':'" + CONTAINER_APP
                                + "','properties':{'configuration':{'ingress':{'fqdn':'orders.example'}}" + more
                                + "}}]}");
    }

    @Test
    void aContainerAppIsKnownByItsResourceElseByItsName() {
        String domain = ".calm-1a2b3c4d.northeurope.azurecontainerapps.io";
        Scene scene = Scene.web()
                .document(
                        Source.BACKENDS,
                        "{'containerApps':[{'id':'" + CONTAINER_APP
                                + "','properties':{'configuration':{'ingress':{'fqdn':'orders" + domain + "'}}}}]}");

        assertThat(values(scene, Optional.empty(), "orders" + domain))
                .containsOnlyKeys("container-app", "backend-resource-group")
                .containsEntry("container-app", "orders");
        for (String name : new String[] {"pay", "pay--v2", "pay---blue"}) {
            assertThat(values(scene, Optional.empty(), name + domain)).containsOnly(Map.entry("container-app", "pay"));
        }
    }

    @Test
    void whereNoServerIsKnownAllMembersOfThePoolHaveToBeOneApp() {
        Scene one = site(SITE).pool("pool-apps", "app-shop.azurewebsites.net", "shop.example.com");
        Scene mixed = site(SITE).pool("pool-apps", "app-shop.azurewebsites.net", "10.0.2.4");

        assertThat(values(one, Optional.of("pool-apps"), "")).containsEntry("site", "app-shop");
        assertThat(values(mixed, Optional.of("pool-apps"), "")).isEmpty();
    }

    private static Scene site(String id) {
        return site(id, "");
    }

    private static Scene site(String id, String state) {
        return Scene.v2()
                .document(
                        Source.BACKENDS,
                        "{'sites':[{'id':'" + id + "','properties':{'state':'" + state
                                + "','defaultHostName':'app-shop.azurewebsites.net',"
                                + "'hostNames':['app-shop.azurewebsites.net','shop.example.com'],'serverFarmId':'"
                                + PLAN
                                + "'}}]}");
    }

    private static Map<String, String> values(Scene scene, Optional<String> pool, String server) {
        return BackendAppValues.of(scene.evidence(), pool, server);
    }
}
