package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A 403 is an access rule's doing only where the rule and the gateway's way there are known. */
class AccessRejectionsTest {

    private static final String APP = "shop.azurewebsites.net";
    private static final String REJECTS_ALL = "{'ipAddress':'Any','action':'Deny','priority':300,'name':'nobody'}";
    private static final String ADMITS_ALL = "{'ipAddress':'Any','action':'Allow','priority':300,'name':'all'}";
    private static final Target SERVER = Target.server(APP, "pool-app").on(Place.SETTING, "set-app");

    private static Scene pool(String... members) {
        return Scene.v2()
                .pool("pool-app", members)
                .setting("set-app", "{'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true}")
                .rule("rule-app", "pool-app", "set-app")
                .network();
    }

    private static Scene site(Scene scene, String... rules) {
        return scene.document(
                Source.BACKENDS,
                "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop','properties':{"
                        + "'state':'Running','hostNames':['" + APP + "'],'siteConfig':{'ipSecurityRestrictions':"
                        + List.of(rules) + "}}}]}");
    }

    private static Scene answered(Scene scene, int minutesBefore, int status) {
        return scene.requests(
                minutesBefore,
                20,
                status,
                "{'BackendPoolName':'pool-app','BackendSettingName':'set-app','ServerRouted':'20.50.1.1:443',"
                        + "'ServerStatus':'" + status + "','ErrorInfo':'ERRORINFO_NO_ERROR'}");
    }

    private static Scene noneLive(Scene scene, int minutesBefore) {
        return scene.requests(
                minutesBefore,
                20,
                502,
                "{'BackendPoolName':'POOL-app','BackendSettingName':'SET-app','ServerRouted':'',"
                        + "'ServerStatus':'','ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE'}");
    }

    private static List<Finding> answeredLive(Scene scene) {
        return AccessRejections.of(scene.evidence()).answeredLive().toList();
    }

    @Test
    void theLastAnswersBeforeTheServerWasTakenForDeadAreTheRules() {
        Scene scene =
                noneLive(answered(answered(answered(site(pool(APP), REJECTS_ALL), 60, 200), 30, 403), 20, 403), 10);

        List<Finding> findings = answeredLive(scene);

        assertThat(findings)
                .extracting(Finding::text)
                .containsExactly(
                        "shop rejects the gateway: rule nobody",
                        APP + " returned 403 to every request until the gateway marked it unhealthy");
        assertThat(findings.get(1).at()).contains(Scene.AT.minusSeconds(30 * 60));
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.values())
                        .containsEntry("status", "403")
                        .containsEntry("site", "shop")
                        .containsEntry("backend-resource-group", "rg-shop")
                        .containsEntry("exposure", "by-rules"));
    }

    /** It would admit the gateway by a service endpoint, which its subnet does not have: another rule for it is no help. */
    @Test
    void aRuleThatIsThereForTheSubnetIsTold() {
        String forSubnet = "{'vnetSubnetResourceId':'" + Scene.VNET
                + "/subnets/snet-agw','action':'Allow','priority':100," + "'name':'from-gateway'}";
        Scene scene = noneLive(answered(site(pool(APP), forSubnet, REJECTS_ALL), 30, 403), 10);

        assertThat(answeredLive(scene))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.values()).containsEntry("subnet-admitted", "yes"));
        assertThat(answeredLive(noneLive(answered(site(pool(APP), REJECTS_ALL), 30, 403), 10)))
                .allSatisfy(finding -> assertThat(finding.values()).doesNotContainKey("subnet-admitted"));
    }

    @Test
    void aServerThatServedAgainAfterA403WasNotTurnedAwayByARule() {
        assertThat(answeredLive(noneLive(answered(answered(site(pool(APP), REJECTS_ALL), 30, 403), 20, 200), 10)))
                .isEmpty();
    }

    /** What is answered after the end belongs to something else. */
    @Test
    void answersAfterTheServerWasTakenForDeadDoNotCount() {
        assertThat(answeredLive(answered(noneLive(site(pool(APP), REJECTS_ALL), 30), 10, 403)))
                .isEmpty();
        assertThat(answeredLive(answered(noneLive(answered(site(pool(APP), REJECTS_ALL), 40, 403), 30), 10, 200)))
                .hasSize(2);
    }

    @Test
    void requestsThatNeverFoundTheServerDeadShowNothing() {
        assertThat(answeredLive(answered(site(pool(APP), REJECTS_ALL), 30, 403)))
                .isEmpty();
        assertThat(answeredLive(site(pool(APP), REJECTS_ALL))).isEmpty();
    }

    @Test
    void answersOfAPoolWithSeveralServersAreNobodysInParticular() {
        assertThat(answeredLive(noneLive(answered(site(pool(APP, "b.example.com"), REJECTS_ALL), 30, 403), 10)))
                .isEmpty();
    }

    @Test
    void aRuleThatLetsTheGatewayInDidNotAnswer() {
        assertThat(answeredLive(noneLive(answered(site(pool(APP), ADMITS_ALL), 30, 403), 10)))
                .isEmpty();
    }

    @Test
    void theNewRuleHasANameThatIsNotTaken() {
        String taken =
                "{'ipAddress':'198.51.100.1','action':'Allow','priority':100," + "'name':'allow-application-gateway'}";
        Scene scene = noneLive(answered(site(pool(APP), taken, REJECTS_ALL), 30, 403), 10)
                .networkArray(
                        "publicIPAddresses",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip','properties':"
                                + "{'ipAddress':'203.0.113.9','ipConfiguration':{'id':'" + Scene.GATEWAY
                                + "/frontendIPConfigurations/fe'}}}]");

        assertThat(answeredLive(scene))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.values())
                        .containsEntry("access-rule-name", "allow-application-gateway-2")
                        .containsEntry("free-priority", "101"));
    }

    @Test
    void thereIsNoNumberWhereADenyHasTheFirst() {
        String first = REJECTS_ALL.replace("300", "1");

        assertThat(answeredLive(noneLive(answered(site(pool(APP), first), 30, 403), 10)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.values()).doesNotContainKey("free-priority"));
    }

    private static boolean mayReject(Scene scene, Target server, boolean known) {
        Evidence evidence = scene.evidence();
        return AccessRejections.of(evidence).mayReject(server, known);
    }

    @Test
    void anAppWhoseRulesWereNotReadMayReject() {
        assertThat(mayReject(pool(APP), SERVER, false)).isTrue();
        assertThat(mayReject(pool(APP), SERVER, true))
                .as("it was read and has none")
                .isFalse();
    }

    @Test
    void anAppMayRejectUnlessItsRulesAreSeenToLetTheGatewayIn() {
        assertThat(mayReject(site(pool(APP), REJECTS_ALL), SERVER, true)).isTrue();
        assertThat(mayReject(site(pool(APP), ADMITS_ALL), SERVER, true)).isFalse();
        assertThat(mayReject(
                        site(pool(APP), "{'ipAddress':'198.51.100.1','action':'Allow','priority':1,'name':'one'}"),
                        SERVER,
                        true))
                .as("from where the gateway comes is not known")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.azurewebsites.net,true",
        "shop.azurecontainerapps.io,true",
        "shop.blob.core.windows.net,true",
        "shop.azurestaticapps.net,true",
        "shop.azure-api.net,true",
        "shop.azurefd.net,false",
        "shop.example.com,false",
        "10.0.2.4,false"
    })
    void onlyAServiceThatHasSuchRulesMayReject(String name, boolean may) {
        assertThat(mayReject(pool(name), Target.server(name, "pool-app"), false))
                .isEqualTo(may);
    }

    /** Rules say nothing of callers that come privately; those of a container app do. */
    @ParameterizedTest
    @CsvSource({"shop.azurewebsites.net,false", "shop.azurecontainerapps.io,true"})
    void aServiceThatIsReachedPrivatelyDoesNotReject(String name, boolean may) {
        Scene reached = site(pool(name), REJECTS_ALL)
                .requests(
                        9,
                        3,
                        403,
                        "{'BackendPoolName':'POOL-app','BackendSettingName':'set-app','ServerRouted':'10.0.2.4:443',"
                                + "'ServerStatus':'403','ErrorInfo':'ERRORINFO_NO_ERROR'}");
        Scene endpoint = pool(name)
                .networkArray(
                        "privateEndpoints",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe','properties':"
                                + "{'privateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'"
                                + Scene.GROUP + "/providers/Microsoft.Web/sites/shop'}}]}}]");

        assertThat(mayReject(reached, Target.server(name, "pool-app"), false)).isEqualTo(may);
        assertThat(mayReject(endpoint, Target.server(name, "pool-app"), false)).isEqualTo(may);
        assertThat(mayReject(pool(name), Target.server(name, "pool-app"), false))
                .isTrue();
    }

    @Test
    void anAddressOfTheLogIsTheOnlyMemberOfItsPool() {
        Target address = Target.server("20.50.1.1", "pool-app").on(Place.SETTING, "set-app");

        assertThat(mayReject(pool(APP), address, false)).isTrue();
        assertThat(mayReject(pool("a.example.com"), address, false)).isFalse();
        assertThat(mayReject(pool(APP, "b.example.com"), address, false)).isFalse();
    }

    /** A pool may hold an app's address, and the setting the name that is asked for there. */
    @Test
    void anAddressIsTheServiceWhoseNameTheSettingAsksFor() {
        Scene scene = Scene.v2()
                .pool("pool-app", "20.50.1.1", "20.50.1.2")
                .setting("set-app", "{'port':443,'protocol':'Https','hostName':'" + APP + "'}")
                .rule("rule-app", "pool-app", "set-app")
                .network();
        Target address = Target.server("20.50.1.1", "pool-app").on(Place.SETTING, "set-app");

        assertThat(mayReject(site(scene, REJECTS_ALL), address, true)).isTrue();
        assertThat(mayReject(site(scene, ADMITS_ALL), address, true)).isFalse();
    }
}
