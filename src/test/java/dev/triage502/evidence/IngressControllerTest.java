package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.IngressController.Sign;
import dev.triage502.incident.ResourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressControllerTest {

    private static final String CLUSTER =
            Scene.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-shop";
    private static final String IDENTITIES =
            "/subscriptions/s/resourceGroups/MC_shop/providers/" + "Microsoft.ManagedIdentity/userAssignedIdentities/";

    private static Optional<IngressController> of(Scene scene) {
        return IngressController.of(scene.evidence());
    }

    private static Scene withAddOn(Scene scene, boolean on, String gateway) {
        return scene.document(
                Source.BACKENDS,
                "{'managedClusters':[{'id':'" + CLUSTER + "','name':'aks-shop','properties':{"
                        + "'provisioningState':'Succeeded','powerState':{'code':'Running'},'addonProfiles':{"
                        + "'ingressApplicationGateway':{'enabled':" + on
                        + ",'config':{'effectiveApplicationGatewayId':'"
                        + gateway + "'},'identity':{'objectId':'0b1ec7'}}}}}]}");
    }

    private static Scene writtenBy(String caller, String identity) {
        Scene scene = Scene.web()
                .activity(30, "Microsoft.Network/applicationGateways/write", Scene.GATEWAY, caller, "Succeeded");
        return identity.isEmpty()
                ? scene
                : scene.byIdentity(identity.startsWith("/") ? identity : IDENTITIES + identity);
    }

    @Test
    void aGatewayKeptByHandHasNone() {
        assertThat(of(Scene.web())).isEmpty();
        assertThat(of(Scene.unread())).isEmpty();
        assertThat(of(writtenBy("ops@example.com", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pool-shop-web-80-bp-8080, pool-old, true",
        "pool-shop-web-80-bp-8080, pool-shop-api-80-bp-9000, false",
        "pool-shop-web-80-bp-8080, pool-0123456789abcdef0123456789abcdef, false",
        "pool-shop-web-80-bp-8080, defaultaddresspool, false",
        "pool-new, pool-old, false"
    })
    void leavesAPoolAloneWhereOnlyOthersHaveItsNames(String other, String pool, boolean alone) {
        Gateway gateway = Scene.v2()
                .pool(other, "10.0.2.4")
                .pool(pool, "10.0.2.5")
                .evidence()
                .gateway()
                .toOptional()
                .orElseThrow();

        assertThat(IngressController.leavesAlone(gateway, pool)).isEqualTo(alone);
    }

    @Test
    void aTagTellsOfItAndOfItsCluster() {
        assertThat(of(Scene.web().tag("managed-by-k8s-ingress", "1.7")))
                .hasValueSatisfying(each -> assertThat(each.cluster()).isEmpty());
        assertThat(of(Scene.web().tag("ingress-for-aks-cluster-id", CLUSTER))).hasValueSatisfying(each -> {
            assertThat(each.sign()).isEqualTo(Sign.TAG);
            assertThat(each.cluster()).contains(ResourceId.of(CLUSTER));
        });
    }

    @Test
    void anAddOnThatNamesThisGatewayTellsOfItWhileItIsOn() {
        assertThat(of(withAddOn(Scene.web(), true, Scene.GATEWAY))).hasValueSatisfying(each -> {
            assertThat(each.sign()).isEqualTo(Sign.ADD_ON);
            assertThat(each.name()).isEqualTo("the ingress add-on of aks-shop");
            assertThat(each.callers()).contains("0b1ec7");
        });
        assertThat(of(withAddOn(Scene.web(), false, Scene.GATEWAY))).isEmpty();
        assertThat(of(withAddOn(Scene.web(), true, Scene.GATEWAY + "-other"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "c0ffee, ingressapplicationgateway-aks-shop, true",
        "c0ffee, agic-prod, true",
        "c0ffee, magic-shop, false",
        "c0ffee, pipeline, false",
        "shop-agic, '', true",
        "agic@example.com, '', false"
    })
    void theIdentityBehindTheWritesTellsOfIt(String caller, String identity, boolean known) {
        assertThat(of(writtenBy(caller, identity)).map(IngressController::sign))
                .isEqualTo(known ? Optional.of(Sign.IDENTITY) : Optional.empty());
    }

    @Test
    void aClustersOwnIdentityIsItsControllers() {
        assertThat(of(writtenBy("c0ffee", CLUSTER)))
                .hasValueSatisfying(each -> assertThat(each.cluster()).contains(ResourceId.of(CLUSTER)));
    }

    @Test
    void anIdentityOfAnAddOnThatIsSwitchedOffWritesNoMore() {
        Scene scene = withAddOn(writtenBy("c0ffee", "ingressapplicationgateway-aks-shop"), false, Scene.GATEWAY);

        assertThat(of(scene)).isEmpty();
    }

    @Test
    void theNamesOfAPoolAndItsSettingTellOfItTogether() {
        Scene both = Scene.v2()
                .pool("pool-shop-web-80-bp-8080", "10.0.2.4")
                .setting("bp-shop-web-80-8080-web", "{'port':8080,'protocol':'Http'}")
                .rule("rr-1", "pool-shop-web-80-bp-8080", "bp-shop-web-80-8080-web");
        Scene hand = Scene.v2()
                .pool("pool-shop", "10.0.2.4")
                .setting("bp-shop-web", "{'port':8080,'protocol':'Http'}")
                .rule("rr-1", "pool-shop", "bp-shop-web");

        assertThat(of(both)).hasValueSatisfying(each -> assertThat(each.sign()).isEqualTo(Sign.NAMES));
        assertThat(of(hand)).isEmpty();
    }

    @Test
    void itsDefaultPoolAndItsDefaultSettingTellOfItTogether() {
        Scene pool = Scene.web().pool("defaultaddresspool");

        assertThat(of(pool)).isEmpty();
        assertThat(of(pool.setting("defaulthttpsetting", "{'port':80,'protocol':'Http'}")))
                .hasValueSatisfying(each -> assertThat(each.sign()).isEqualTo(Sign.NAMES));
    }
}
