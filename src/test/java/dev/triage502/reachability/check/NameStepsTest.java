package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameStepsTest {

    private static final String SITE = "web-1.azurewebsites.net";
    private static final String PRIVATE_ZONE = "privatelink.azurewebsites.net";
    private static final List<String> HOME = List.of("vnet-a");
    private static final String RECORD_WRITE = "Microsoft.Network/privateDnsZones/A/write";
    private static final String MACHINE_WRITE = "Microsoft.Compute/virtualMachines/write";

    private static Scene scene(String name) {
        return new Scene().pool("web", 443, name);
    }

    private static Scene forbidden() {
        return scene(SITE).fails(SITE, 403);
    }

    private static Scene withEndpoint() {
        return forbidden().endpoint("pe-web", Scene.siteId("web-1"), SITE, "10.0.2.9", "snet-app");
    }

    private static List<Finding> shown(Scene scene, Step step) {
        return scene.reach().shows(step).toOptional().orElse(List.of());
    }

    private static List<Finding> hinted(Scene scene, Step step) {
        return scene.reach().hints(step).toOptional().orElseThrow();
    }

    private static List<String> addresses(Scene scene) {
        return scene.reach().legs().get(0).addresses();
    }

    @Test
    void aPublicAddressWhereAPrivateEndpointExistsIsShown() {
        List<Finding> findings = shown(withEndpoint().noZones(), Step.NAME_ELSEWHERE);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
            assertThat(finding.target().name()).isEqualTo(SITE);
            assertThat(finding.text())
                    .contains("resolves to its public address although private endpoint pe-web (10.0.2.9) exists");
            assertThat(finding.values())
                    .containsEntry("zone-missing", "yes")
                    .containsEntry("zone", PRIVATE_ZONE)
                    .containsEntry("record", "web-1")
                    .containsEntry("right-address", "10.0.2.9")
                    .containsEntry("endpoint", "pe-web")
                    .containsKey("zone-resource-group");
        });
    }

    /** A zone of the company's own domain hides its public names; the record that it lacks is the address that others are given. */
    @ParameterizedTest
    @CsvSource({"203.0.113.9,203.0.113.9,203.0.113.9", "203.0.113.9,203.0.113.10,"})
    void theRecordThatAZoneLacksIsTheOneAddressThatAnotherResolverKnows(String one, String other, String record) {
        Scene scene = scene("app.corp.example")
                .unknown("app.corp.example")
                .zone("corp.example", HOME, "db=10.0.2.7")
                .resolved("app.corp.example", "168.63.129.16")
                .resolved("app.corp.example", "1.1.1.1", one)
                .resolved("app.corp.example", "9.9.9.9", other);

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).anySatisfy(finding -> {
            assertThat(finding.text()).contains("has no record for");
            assertThat(finding.values().get("right-address")).isEqualTo(record);
        });
    }

    /** An instance of the gateway asks one of them, so a part of the requests goes astray. */
    @Test
    void ofTwoDnsServersTheOneThatDoesNotGiveTheEndpointsAddressIsNamed() {
        Scene scene = withEndpoint()
                .dnsServers("vnet-a", "10.0.2.53", "10.0.2.54")
                .resolved(SITE, "10.0.2.53", "10.0.2.9")
                .resolved(SITE, "10.0.2.54", "203.0.113.9");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .contains("DNS server 10.0.2.54 of the VNet resolves it to 203.0.113.9, and 10.0.2.53 to 10.0.2.9");
            assertThat(finding.values())
                    .containsEntry("wrong-dns-server", "10.0.2.54")
                    .containsEntry("right-dns-server", "10.0.2.53")
                    .containsEntry("address", "203.0.113.9");
        });
    }

    @Test
    void aDnsServerThatTheNetworkDoesNotUseIsNotTheGateways() {
        Scene scene = withEndpoint()
                .dnsServers("vnet-a", "10.0.2.53")
                .resolved(SITE, "10.0.2.53", "10.0.2.9")
                .resolved(SITE, "1.1.1.1", "203.0.113.9");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
    }

    @Test
    void dnsServersThatGiveTwoGoodAddressesDoNotDisagreeInAWrongWay() {
        Scene scene = scene("app.example.com")
                .fails("app.example.com", 503)
                .noZones()
                .dnsServers("vnet-a", "10.0.2.53", "10.0.2.54")
                .resolved("app.example.com", "10.0.2.53", "203.0.113.8")
                .resolved("app.example.com", "10.0.2.54", "203.0.113.9");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
    }

    @Test
    void anEndpointThatNobodyApprovedIsNotWhereTheNameShouldLead() {
        assertThat(shown(withEndpoint().connection("pe-web", "Rejected").noZones(), Step.NAME_ELSEWHERE))
                .isEmpty();
    }

    @Test
    void aZoneThatIsNotLinkedIsNamed() {
        Scene scene = withEndpoint().zone(PRIVATE_ZONE, List.of("vnet-hub"), "web-1=10.0.2.9");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("private DNS zone " + PRIVATE_ZONE + " is not linked to vnet-a");
            assertThat(finding.values())
                    .containsEntry("zone", PRIVATE_ZONE)
                    .containsEntry("zone-resource-group", "rg-web")
                    .containsEntry("vnet-id", Scene.netId("vnet-a").toString());
        });
    }

    @Test
    void aRecordThatDiffersFromTheEndpointIsShown() {
        Scene scene = withEndpoint().zone(PRIVATE_ZONE, HOME, "web-1=10.0.2.8");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("resolves it to 10.0.2.8, but private endpoint pe-web is at 10.0.2.9");
            assertThat(finding.values())
                    .containsEntry("record", "web-1")
                    .containsEntry("address", "10.0.2.8")
                    .containsEntry("right-address", "10.0.2.9");
        });
    }

    @Test
    void aRecordOfTheEndpointIsRight() {
        Scene scene = withEndpoint().zone(PRIVATE_ZONE, HOME, "web-1=10.0.2.9");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(addresses(scene)).containsExactly("10.0.2.9");
    }

    @Test
    void theLongestLinkedZoneAnswers() {
        Scene scene = scene("app.internal.corp.example")
                .fails("app.internal.corp.example", ProbeFailure.TIMED_OUT)
                .zone("corp.example", HOME, "app.internal=10.0.2.50")
                .zone("internal.corp.example", HOME, "app=10.0.2.60");

        assertThat(addresses(scene)).containsExactly("10.0.2.60");
    }

    @Test
    void aWildcardAnswersForEveryName() {
        Scene scene = scene("app.env-1.westeurope.azurecontainerapps.io")
                .fails("app.env-1.westeurope.azurecontainerapps.io", ProbeFailure.TIMED_OUT)
                .zone("env-1.westeurope.azurecontainerapps.io", HOME, "*=10.0.2.100");

        assertThat(addresses(scene)).containsExactly("10.0.2.100");
    }

    @Test
    void anotherNamesRecordIsFollowed() {
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.TIMED_OUT)
                .zone("corp.example", HOME, "app=lb.corp.example", "lb=10.0.2.70");

        assertThat(addresses(scene)).containsExactly("10.0.2.70");
    }

    @Test
    void theGatewayStillUsesThePublicAddress() {
        Scene scene = forbidden()
                .zone(PRIVATE_ZONE, HOME, "web-1=10.0.2.9")
                .request("09:00:00", 403, "pool-web", "203.0.113.140", ErrorInfo.NO_ERROR);

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACCESS_LOG);
            assertThat(finding.text())
                    .contains("the gateway sent requests to 203.0.113.140, but the name now resolves to 10.0.2.9");
            assertThat(finding.values()).containsEntry("address", "203.0.113.140");
        });
    }

    @Test
    void theSameIsSeenByADirectLook() {
        Scene scene = forbidden()
                .withoutNetwork()
                .resolved(SITE, "vm-1", "10.0.2.9")
                .request("09:00:00", 403, "pool-web", "203.0.113.140", ErrorInfo.NO_ERROR);

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).hasSize(1);
    }

    @Test
    void withoutTheLogItIsLikely() {
        Scene scene = withEndpoint()
                .zone(PRIVATE_ZONE, HOME, "web-1=10.0.2.9")
                .resolved(SITE, "vm-1", "10.0.2.9")
                .operation(
                        "08:30:00",
                        "Microsoft.Network/privateEndpoints/write",
                        ResourceId.of(Scene.RESOURCES + "Microsoft.Network/privateEndpoints/pe-web"),
                        Outcome.SUCCEEDED);

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(scene, Step.NAME_ELSEWHERE))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.DIRECT_PROBE, Source.ACTIVITY_LOG);
    }

    @Test
    void anyOtherStatusIsNotTheNamesFault() {
        Scene scene = scene(SITE)
                .fails(SITE, 500)
                .endpoint("pe-web", Scene.siteId("web-1"), SITE, "10.0.2.9", "snet-app")
                .noZones();

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
    }

    /** Somebody changed the record: what served until then is still there. */
    @Test
    void aRecordThatLedElsewhereUntilRequestsFailedIsShownWhereThatAddressStillServes() {
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .served("08:40:00", "pool-web", "10.0.2.60")
                .request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT);

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(scene, Step.NAME_ELSEWHERE)).hasSize(1);
        assertThat(shown(scene.resolved("app.corp.example", "office", "10.0.2.60"), Step.NAME_ELSEWHERE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .contains(
                                    "resolves it to 10.0.2.50, where no request was served",
                                    "10.0.2.60",
                                    "still serves");
                    assertThat(finding.values())
                            .containsEntry("record", "app")
                            .containsEntry("address", "10.0.2.50")
                            .containsEntry("right-address", "10.0.2.60");
                });
    }

    /** Who makes a machine and then leads the name there wants it there; that it does not serve is its own fault. */
    @Test
    void aNameThatWasMovedByWhoeverMadeTheNewBackendLeadsWhereItShould() {
        ResourceId record = ResourceId.of(Scene.zoneId("corp.example") + "/A/app");
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .card("nic-new", "10.0.2.50", "snet-app", "vm-new")
                .machine("vm-new", Power.RUNNING, "VM running")
                .resolved("app.corp.example", "office", "10.0.2.60")
                .served("08:40:00", "pool-web", "10.0.2.60")
                .request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT)
                .operation("08:44:00", RECORD_WRITE, record, Outcome.SUCCEEDED, "deploy");

        assertThat(shown(scene, Step.NAME_ELSEWHERE))
                .as("nobody is seen to have made it")
                .hasSize(1);

        scene.operation("08:20:00", MACHINE_WRITE, Scene.machineId("vm-new"), Outcome.SUCCEEDED, "deploy");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(scene, Step.NAME_ELSEWHERE)).isEmpty();
    }

    /** The gateway keeps an address until it asks anew; what it keeps is not seen. */
    @Test
    void aRecordThatWasWrittenSinceTheGatewayAskedIsAHintWhereItsServerIsNotReached() {
        ResourceId record = ResourceId.of(Scene.zoneId("corp.example") + "/A/app");
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .card("nic-web", "10.0.2.50", "snet-app", "vm-web")
                .machine("vm-web", Power.RUNNING, "VM running");

        assertThat(hinted(scene, Step.NAME_ELSEWHERE)).isEmpty();

        scene.operation(
                "08:44:00", RECORD_WRITE, ResourceId.of(Scene.zoneId("corp.example") + "/A/other"), Outcome.SUCCEEDED);
        assertThat(hinted(scene, Step.NAME_ELSEWHERE)).as("another record").isEmpty();

        scene.operation("08:45:00", RECORD_WRITE, record, Outcome.SUCCEEDED);
        assertThat(hinted(scene, Step.NAME_ELSEWHERE))
                .singleElement()
                .asString()
                .contains("still uses the old address");
    }

    /** Nobody sees the zone that the gateway asks; the log shows where it led. */
    private static Scene ledToAnother() {
        return scene("app.corp.example")
                .fails("app.corp.example", 502)
                .withoutNetwork()
                .served("08:40:00", "pool-web", "10.0.2.60")
                .request("08:50:00", 502, "pool-web", "203.0.113.9", ErrorInfo.NO_ERROR);
    }

    @Test
    void theLogShowsThatANameLeadsToAnotherAddress() {
        assertThat(shown(ledToAnother(), Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(ledToAnother(), Step.NAME_ELSEWHERE)).hasSize(1);
        assertThat(shown(ledToAnother().answered("10.0.2.60", 443, 200), Step.NAME_ELSEWHERE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .contains("resolves to 203.0.113.9, where no request was served", "still serves");
                    assertThat(finding.values()).containsEntry("right-address", "10.0.2.60");
                });
    }

    @Test
    void aNameWithTwoAddressesLeadsToBoth() {
        Scene both = ledToAnother().served("08:55:00", "pool-web", "10.0.2.60").answered("10.0.2.60", 443, 200);
        Scene failedBefore = ledToAnother()
                .request("08:45:00", 502, "pool-web", "10.0.2.60", ErrorInfo.NO_ERROR)
                .answered("10.0.2.60", 443, 200);

        assertThat(shown(both, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(failedBefore, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(shown(failedBefore, Step.NAME_ELSEWHERE)).isEmpty();
    }

    private static Scene internalService(ProbeFailure failure) {
        Backends.PrivateDomain domain = new Backends.PrivateDomain(
                ResourceId.of(Scene.RESOURCES + "Microsoft.ApiManagement/service/apis"),
                HostName.of("apis.azure-api.net"),
                "10.0.8.5");
        return scene("apis.azure-api.net")
                .fails("apis.azure-api.net", failure)
                .noZones()
                .backends(new Backends(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(domain),
                        Optional.empty()));
    }

    private static Scene createdAnew(String... hosts) {
        return scene("orders.azurewebsites.net")
                .fails("orders.azurewebsites.net", ProbeFailure.NAME_UNRESOLVED)
                .noZones()
                .site("orders", Backends.Power.RUNNING, "Running", hosts);
    }

    @Test
    void anAppThatWasCreatedAnewHasAnotherDefaultHostName() {
        assertThat(shown(createdAnew("orders-a1b2c3.westeurope-01.azurewebsites.net"), Step.NAME_UNRESOLVED))
                .anySatisfy(finding -> {
                    assertThat(finding.text()).contains("has the default host name orders-a1b2c3.westeurope-01");
                    assertThat(finding.values())
                            .containsEntry("right-name", "orders-a1b2c3.westeurope-01.azurewebsites.net");
                });
        assertThat(shown(createdAnew("orders.azurewebsites.net"), Step.NAME_UNRESOLVED))
                .noneMatch(finding -> finding.values().containsKey("right-name"));
    }

    @Test
    void theDefaultNameOfAnInternalServiceMayLeadToItsPublicAddress() {
        Scene timedOut = internalService(ProbeFailure.TIMED_OUT);

        assertThat(shown(timedOut, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(shown(internalService(ProbeFailure.NAME_UNRESOLVED), Step.NAME_UNRESOLVED))
                .isNotEmpty();
    }

    @Test
    void aRecordIsRightWhereRequestsAreServedAtItOrTheFormerAddressFailedFirst() {
        Scene moved = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .served("08:40:00", "pool-web", "10.0.2.60")
                .request("08:45:00", 504, "pool-web", "10.0.2.60", ErrorInfo.TIMED_OUT)
                .request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT);
        Scene serving = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .served("08:30:00", "pool-web", "10.0.2.60")
                .served("08:40:00", "pool-web", "10.0.2.50")
                .request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT);

        assertThat(hinted(moved, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(serving, Step.NAME_ELSEWHERE)).isEmpty();
    }

    private static Scene movedRecord() {
        return scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .served("08:30:00", "pool-web", "10.0.2.61")
                .served("08:40:00", "pool-web", "10.0.2.60");
    }

    @Test
    void aRecordThatWasChangedNamesTheAddressThatServedLast() {
        Scene scene = movedRecord().request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT);

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("until 2026-03-02T08:40:00Z requests were served at 10.0.2.60");
            assertThat(finding.values()).containsEntry("right-address", "10.0.2.60");
        });
    }

    @Test
    void aFormerAddressThatStillServesProvesThatTheRecordIsWrong() {
        Scene scene = movedRecord()
                .request("08:50:00", 504, "pool-web", "10.0.2.50", ErrorInfo.TIMED_OUT)
                .answered("10.0.2.60", 443, 200);

        assertThat(shown(scene, Step.NAME_ELSEWHERE))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .endsWith("; that address still serves requests");
    }

    @Test
    void aFormerAddressMayBeInUseStillWhereNoRequestWentToTheNewOne() {
        Scene scene = movedRecord().nowhere("08:50:00", "pool-web");

        assertThat(hinted(scene, Step.NAME_ELSEWHERE))
                .noneMatch(finding -> finding.text().contains("where no request was served"));
        assertThat(shown(scene.answered("10.0.2.60", 443, 200), Step.NAME_ELSEWHERE))
                .hasSize(1);
    }

    @Test
    void aRecordOfAnAddressThatNothingHoldsIsAHint() {
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.TIMED_OUT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .card("nic-1", "10.0.2.51", "snet-app", "vm-1");

        assertThat(hinted(scene, Step.NAME_ELSEWHERE))
                .singleElement()
                .asString()
                .contains("an address that nothing in its subnet uses");
    }

    @Test
    void aNameThatLeadsToTheGatewayItselfIsShown() {
        Scene scene = scene("shop.corp.example")
                .fails("shop.corp.example", 502)
                .publicAddress("203.0.113.7", "")
                .zone("corp.example", HOME, "shop=203.0.113.7");

        assertThat(shown(scene, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("a frontend IP of the gateway itself");
            assertThat(finding.values()).containsEntry("own-frontend", "203.0.113.7");
        });
        Scene elsewhere = scene("shop.corp.example")
                .fails("shop.corp.example", 502)
                .publicAddress("203.0.113.7", "")
                .zone("corp.example", HOME, "shop=203.0.113.8");
        assertThat(shown(elsewhere, Step.NAME_ELSEWHERE)).isEmpty();
        Scene looked = scene("shop.corp.example")
                .fails("shop.corp.example", 502)
                .publicAddress("203.0.113.7", "")
                .resolved("shop.corp.example", "office", "203.0.113.7");
        assertThat(shown(looked.withoutGateway(), Step.NAME_ELSEWHERE))
                .as("the network tells whose address it is")
                .hasSize(1);
    }

    /** A zone that was linked for another app's endpoint answers for every name that leads through it. */
    @Test
    void aLinkedPrivateLinkZoneWithoutARecordIsNamedWithItsLink() {
        Scene scene = scene(SITE).fails(SITE, ProbeFailure.NAME_UNRESOLVED).zone(PRIVATE_ZONE, HOME, "other=10.0.2.8");

        assertThat(shown(scene, Step.NAME_UNRESOLVED))
                .extracting(Finding::values)
                .anyMatch(values -> "link-vnet-a".equals(values.get("hiding-link")));
        assertThat(shown(scene.resolved(SITE, "1.1.1.1", "203.0.113.9"), Step.NAME_UNRESOLVED))
                .as("a public address does not belong there")
                .extracting(Finding::values)
                .noneMatch(values -> values.containsKey("right-address"));
        Scene fallingBack =
                scene(SITE).fails(SITE, ProbeFailure.NAME_UNRESOLVED).zone(PRIVATE_ZONE, HOME, true, "other=10.0.2.8");
        assertThat(shown(fallingBack, Step.NAME_UNRESOLVED))
                .extracting(Finding::values)
                .noneMatch(values -> values.containsKey("hiding-link"));
    }

    @Test
    void theProbesOwnWordThatANameIsUnknownIsShown() {
        Scene scene = scene("app.example.com").fails("app.example.com", ProbeFailure.NAME_UNRESOLVED);

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.BACKEND_HEALTH);
            assertThat(finding.target().name()).isEqualTo("app.example.com");
        });
    }

    @Test
    void aLinkedZoneWithoutARecordAnswersThatThereIsNone() {
        Scene scene = scene("app.corp.example").unknown("app.corp.example").zone("corp.example", HOME, "db=10.0.2.7");

        assertThat(shown(scene, Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("has no record for");
    }

    @Test
    void unlessItsLinkFallsBack() {
        Scene scene =
                scene("app.corp.example").unknown("app.corp.example").zone("corp.example", HOME, true, "db=10.0.2.7");

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).isEmpty();
    }

    @Test
    void aZoneForABareDomainCapturesEveryNameInIt() {
        Scene scene = scene(SITE).unknown(SITE).zone("azurewebsites.net", HOME, "other=10.0.2.7");

        assertThat(shown(scene, Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("azurewebsites.net");
    }

    @Test
    void anEndpointWithoutARecordInItsLinkedZoneIsUnresolved() {
        Scene scene = scene(SITE)
                .unknown(SITE)
                .endpoint("pe-web", Scene.siteId("web-1"), SITE, "10.0.2.9", "snet-app")
                .zone(PRIVATE_ZONE, HOME, "other=10.0.2.8");

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).hasSize(1);
    }

    @Test
    void aZoneOfOnesOwnThatIsNotLinkedLeavesItsNamesUnknown() {
        Scene scene = scene("app.corp.example")
                .unknown("app.corp.example")
                .zone("corp.example", List.of("vnet-hub"), "app=10.0.2.7");

        assertThat(shown(scene, Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("is not linked to vnet-a");
    }

    @Test
    void anAppServiceEnvironmentWithAnInternalAddressNeedsAZoneOfItsOwn() {
        String app = "shop.ase-1.appserviceenvironment.net";

        assertThat(shown(scene(app).unknown(app).noZones(), Step.NAME_UNRESOLVED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("zone", "ase-1.appserviceenvironment.net")
                        .containsEntry("zone-missing", "yes"));
        String external = "shop.ase-1.p.azurewebsites.net";
        assertThat(shown(scene(external).unknown(external).noZones(), Step.NAME_UNRESOLVED))
                .isEmpty();
    }

    /** The zone may be in a hub that nobody here may see: a sign is taken where nothing else explains the health. */
    @Test
    void linksOfOtherZonesShowThatNoneIsLinkedForAnInternalNameOfUnknownHealth() {
        String app = "shop.ase-1.appserviceenvironment.net";
        Scene unknown = scene(app).unknown(app).zoneByLink("corp.example", "vnet-a");

        assertThat(shown(unknown, Step.NAME_UNRESOLVED)).hasSize(1);
        assertThat(shown(scene(app).unknown(app), Step.NAME_UNRESOLVED))
                .as("no link is seen")
                .isEmpty();
        assertThat(shown(scene(app).unknown(app).zoneByLink("corp.example", "vnet-hub"), Step.NAME_UNRESOLVED))
                .as("links of another network")
                .isEmpty();
        assertThat(shown(unknown.zoneByLink("ase-1.appserviceenvironment.net", "vnet-a"), Step.NAME_UNRESOLVED))
                .as("the zone itself")
                .isEmpty();
        assertThat(shown(
                        scene(app).fails(app, ProbeFailure.TIMED_OUT).zoneByLink("corp.example", "vnet-a"),
                        Step.NAME_UNRESOLVED))
                .isEmpty();
    }

    @Test
    void aNameThatPublicDnsNeverKnowsNeedsAZone() {
        assertThat(shown(scene("app.internal").unknown("app.internal").noZones(), Step.NAME_UNRESOLVED))
                .hasSize(1);
        assertThat(shown(scene("backend01").unknown("backend01").noZones(), Step.NAME_UNRESOLVED))
                .hasSize(1);
        assertThat(shown(scene("app.example.com").unknown("app.example.com").noZones(), Step.NAME_UNRESOLVED))
                .isEmpty();
    }

    @Test
    void aFailedLookUpFromInsideTheNetworkIsShownAndOneFromElsewhereHinted() {
        Scene inside = scene("app.example.com")
                .unknown("app.example.com")
                .noZones()
                .resolved("app.example.com", "vm in snet-app");
        Scene elsewhere =
                scene("app.example.com").unknown("app.example.com").noZones().resolved("app.example.com", "laptop");

        assertThat(shown(inside, Step.NAME_UNRESOLVED)).hasSize(1);
        assertThat(shown(elsewhere, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(hinted(elsewhere, Step.NAME_UNRESOLVED)).hasSize(1);
    }

    @Test
    void aProbeThatGotAsFarAsConnectingHadAnAddress() {
        ReachabilityResult reach = scene("app.example.com")
                .fails("app.example.com", ProbeFailure.CANNOT_CONNECT)
                .noZones()
                .reach();

        assertThat(reach.shows(Step.NAME_UNRESOLVED).toOptional().orElseThrow()).isEmpty();
        assertThat(reach.opposes(Step.NAME_UNRESOLVED).toOptional().orElseThrow())
                .singleElement()
                .asString()
                .contains("so the name resolved");
    }

    @Test
    void whatWasMadeAfterTheGatewayLastAskedHadNoAddressThen() {
        Scene scene = scene(SITE)
                .unknown(SITE)
                .noZones()
                .operation(
                        "08:00:00", "Microsoft.Network/applicationGateways/write", Scene.gatewayId(), Outcome.SUCCEEDED)
                .operation("08:30:00", "Microsoft.Web/sites/write", Scene.siteId("web-1"), Outcome.SUCCEEDED);

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACTIVITY_LOG);
            assertThat(finding.text()).contains("app web-1 was changed");
        });
    }

    @Test
    void notIfTheGatewayWasWrittenSinceOrItsManagementIsBlocked() {
        Scene written = scene(SITE)
                .unknown(SITE)
                .noZones()
                .operation("08:30:00", "Microsoft.Web/sites/write", Scene.siteId("web-1"), Outcome.SUCCEEDED)
                .operation(
                        "08:40:00",
                        "Microsoft.Network/applicationGateways/write",
                        Scene.gatewayId(),
                        Outcome.SUCCEEDED);
        Scene blocked = scene(SITE)
                .unknown(SITE)
                .noZones()
                .group("snet-agw")
                .operation("08:30:00", "Microsoft.Web/sites/write", Scene.siteId("web-1"), Outcome.SUCCEEDED);

        assertThat(shown(written, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(shown(blocked, Step.NAME_UNRESOLVED)).isEmpty();
    }

    @Test
    void lookingAtTheGatewayOrWritingAnotherOneMakesItAskForNoName() {
        Scene scene = scene(SITE)
                .unknown(SITE)
                .noZones()
                .operation(
                        "08:00:00", "Microsoft.Network/applicationGateways/write", Scene.gatewayId(), Outcome.SUCCEEDED)
                .operation("08:30:00", "Microsoft.Web/sites/write", Scene.siteId("web-1"), Outcome.SUCCEEDED)
                .operation(
                        "08:40:00",
                        "Microsoft.Network/applicationGateways/backendhealth/action",
                        Scene.gatewayId(),
                        Outcome.SUCCEEDED)
                .operation(
                        "08:50:00",
                        "Microsoft.Network/applicationGateways/write",
                        ResourceId.of(Scene.gatewayId() + "-2"),
                        Outcome.SUCCEEDED);
        Scene started = scene(SITE)
                .unknown(SITE)
                .noZones()
                .operation("08:30:00", "Microsoft.Web/sites/write", Scene.siteId("web-1"), Outcome.SUCCEEDED)
                .operation(
                        "08:40:00",
                        "Microsoft.Network/applicationGateways/start/action",
                        Scene.gatewayId(),
                        Outcome.SUCCEEDED);

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).hasSize(1);
        assertThat(shown(started, Step.NAME_UNRESOLVED)).isEmpty();
    }

    @Test
    void whereNothingTellsHowTheServerDoesItsNameIsNotSuspected() {
        Scene elsewhere = scene(SITE)
                .endpoint("pe-web", Scene.siteId("web-1"), SITE, "10.0.2.9", "snet-app")
                .noZones();
        Scene guessed = scene("app.example.com").noZones().resolved("app.example.com", "vm-9 in vnet-z");

        assertThat(hinted(elsewhere, Step.NAME_ELSEWHERE)).isEmpty();
        assertThat(hinted(guessed, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(elsewhere
                        .reach()
                        .shows(Step.NAME_ELSEWHERE)
                        .unread()
                        .orElseThrow()
                        .source())
                .isEqualTo(Source.BACKEND_HEALTH);
    }

    @Test
    void whatOnesOwnDnsServersAnswerCanOnlyBeGuessed() {
        Scene scene =
                scene("app.example.com").unknown("app.example.com").noZones().dnsServers("vnet-a", "10.0.2.53");

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(hinted(scene, Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("10.0.2.53");
    }

    private static final String VNET_WRITE = "Microsoft.Network/virtualNetworks/write";

    @Test
    void aListOfDnsServersThatWasChangedSinceTheGatewayStartedIsAHint() {
        Scene scene = askingOnesOwn("10.0.2.53")
                .resolved("app.example.com", "vm-1 in snet-app", "10.0.2.9")
                .operation("06:00:00", VNET_WRITE, Scene.netId("vnet-a"), Outcome.SUCCEEDED);

        assertThat(hinted(scene, Step.NAME_UNRESOLVED)).anySatisfy(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACTIVITY_LOG);
            assertThat(finding.text())
                    .contains(
                            "a gateway reads the VNet's DNS servers only when it starts, and it has not been started");
            assertThat(finding.values()).containsEntry("dns-list-changed", "yes");
        });
        scene.operation(
                "07:00:00",
                "Microsoft.Network/applicationGateways/start/action",
                ResourceId.of(Scene.RESOURCES + "Microsoft.Network/applicationGateways/agw"),
                Outcome.SUCCEEDED);
        assertThat(hinted(scene, Step.NAME_UNRESOLVED))
                .noneMatch(finding -> finding.values().containsKey("dns-list-changed"));
    }

    @Test
    void aListOfDnsServersThatWasChangedSaysNothingWhereNoLookupShowsThatTheyAnswer() {
        Scene scene =
                askingOnesOwn("10.0.2.53").operation("06:00:00", VNET_WRITE, Scene.netId("vnet-a"), Outcome.SUCCEEDED);

        assertThat(hinted(scene, Step.NAME_UNRESOLVED))
                .noneMatch(finding -> finding.values().containsKey("dns-list-changed"));
    }

    private static Scene twoAddresses() {
        return scene("app.corp.example")
                .zone("corp.example", HOME, "app=10.0.2.8,10.0.2.9")
                .noEndpoints()
                .healthy("app.corp.example")
                .card("nic-9", "10.0.2.9", "snet-app", "vm-9")
                .served("08:50:00", "pool-web", "10.0.2.8")
                .request("09:00:00", 504, "pool-web", "10.0.2.8", ErrorInfo.TIMED_OUT)
                .served("09:01:00", "pool-web", "10.0.2.9");
    }

    @Test
    void ofSeveralAddressesOneThatIsNotInUseIsShownThoughTheProbePasses() {
        assertThat(shown(twoAddresses(), Step.NAME_ELSEWHERE)).anySatisfy(finding -> {
            assertThat(finding.text())
                    .contains(
                            "resolves to 10.0.2.8, 10.0.2.9 (private DNS zone corp.example); nothing in its subnet uses"
                                    + " 10.0.2.8");
            assertThat(finding.values())
                    .containsEntry("gone-address", "10.0.2.8")
                    .containsEntry("zone", "corp.example")
                    .containsEntry("record", "app");
        });
        assertThat(shown(twoAddresses(), Step.NAME_ELSEWHERE))
                .extracting(Finding::source)
                .contains(Source.ACCESS_LOG);
    }

    @Test
    void ofSeveralAddressesThatAreAllInUseNoneIsWrong() {
        assertThat(shown(twoAddresses().card("nic-8", "10.0.2.8", "snet-app", "vm-8"), Step.NAME_ELSEWHERE))
                .isEmpty();
    }

    @Test
    void zonesThatWereNotReadDoNotMatterWhereTheVnetHasItsOwnDnsServers() {
        Scene scene = scene("app.example.com").unknown("app.example.com").dnsServers("vnet-a", "10.0.2.53");

        assertThat(hinted(scene, Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("10.0.2.53");
    }

    private static Scene askingOnesOwn(String... servers) {
        return scene("app.example.com").unknown("app.example.com").noZones().dnsServers("vnet-a", servers);
    }

    @Test
    void dnsServersThatAreStoppedAnswerNothing() {
        Scene scene = askingOnesOwn("10.0.2.53")
                .card("nic-dns", "10.0.2.53", "snet-app", "vm-dns")
                .machine("vm-dns", Power.STOPPED, "VM deallocated");

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).singleElement().satisfies(finding -> {
            assertThat(finding.target().name()).isEqualTo("app.example.com");
            assertThat(finding.text())
                    .contains("none of the VNet's custom DNS servers is reachable (10.0.2.53: VM vm-dns is stopped");
            assertThat(finding.values())
                    .containsEntry("dns-servers", "10.0.2.53")
                    .containsEntry("member-id", Scene.machineId("vm-dns").toString());
        });
    }

    @Test
    void aProbeThatConnectedNeededNoAnswerOfTheirs() {
        Scene scene = scene("app.example.com")
                .fails("app.example.com", ProbeFailure.CANNOT_CONNECT)
                .noZones()
                .dnsServers("vnet-a", "10.77.0.4");

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).isEmpty();
        assertThat(hinted(scene, Step.NAME_UNRESOLVED)).isEmpty();
    }

    @Test
    void dnsServersToWhichNoRouteLeadsAnswerNothing() {
        assertThat(shown(askingOnesOwn("10.77.0.4", "10.77.0.5"), Step.NAME_UNRESOLVED))
                .singleElement()
                .asString()
                .contains("10.77.0.4: it is neither in vnet-a");
        assertThat(shown(
                        askingOnesOwn("10.0.2.53").routes("snet-agw", route("drop", "10.0.2.0/24", NextHop.NONE, "")),
                        Step.NAME_UNRESOLVED))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .contains("10.0.2.53: route drop (10.0.2.0/24 → None) of rt-agw drops the traffic");
                    assertThat(finding.values())
                            .containsEntry("dns-route", "drop")
                            .containsEntry("dns-route-table", "rt-agw")
                            .containsEntry("dns-route-table-resource-group", "rg-web")
                            .containsEntry("dns-prefix", "10.0.2.53/32");
                });
    }

    @Test
    void dnsServersThatARuleShutsOffAnswerNothing() {
        Scene denied = askingOnesOwn("10.0.2.53").group("snet-app", Scene.denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(denied, Step.NAME_UNRESOLVED)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("10.0.2.53: blocked by NSG rule deny-all of nsg-app for UDP 53");
            assertThat(finding.values())
                    .containsEntry("dns-rule", "deny-all")
                    .containsEntry("dns-nsg", "nsg-app")
                    .containsEntry("dns-nsg-resource-group", "rg-web")
                    .containsEntry("dns-direction", "Inbound")
                    .containsEntry("dns-free-priority", "3999");
        });
    }

    @Test
    void oneThatCanBeAskedIsEnough() {
        Scene scene = askingOnesOwn("10.77.0.4", "10.0.2.53")
                .group(
                        "snet-app",
                        Scene.allowIn("dns", 100, "10.0.1.0/24", "10.0.2.53", "53"),
                        Scene.denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(scene, Step.NAME_UNRESOLVED)).isEmpty();
    }

    @Test
    void azuresOwnNamesAreAskedOfAzureByAGatewayWithAPublicAddress() {
        String vault = "kv-1.vault.azure.net";
        Scene scene = scene(vault)
                .fails(vault, ProbeFailure.TIMED_OUT)
                .dnsServers("vnet-a", "10.0.0.4")
                .zone("vault.azure.net", HOME, "kv-1=10.0.2.33");

        assertThat(addresses(scene)).containsExactly("10.0.2.33");
        assertThat(addresses(scene.isolated())).isEmpty();
    }

    @Test
    void aNameIsTakenToTheRulesByItsAddress() {
        Scene scene = scene("app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", HOME, "app=10.0.2.50")
                .group("snet-app", Scene.denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(scene, Step.DENIED)).singleElement().asString().contains("→ 10.0.2.50:443");
    }

    @Test
    void unreadZonesLeaveTheNameOpen() {
        Scene scene = scene("app.corp.example").unknown("app.corp.example");

        assertThat(scene.reach().shows(Step.NAME_UNRESOLVED).unread()).isPresent();
        assertThat(scene.reach().shows(Step.NAME_ELSEWHERE).unread()).isPresent();
    }

    @Test
    void anAddressHasNoName() {
        Scene scene = new Scene().pool("web", 80, "10.0.2.4").unknown("10.0.2.4");

        assertThat(scene.reach().shows(Step.NAME_UNRESOLVED).toOptional().orElseThrow())
                .isEmpty();
    }

    @Test
    void aStoppedAppIsNotElsewhere() {
        Scene scene = withEndpoint().noZones().site("web-1", Power.STOPPED, "Stopped", SITE);

        assertThat(shown(scene, Step.STOPPED)).hasSize(1);
        assertThat(shown(scene, Step.NAME_ELSEWHERE)).isEmpty();
    }

    private static Scene internalApp(boolean knowsEnvironment) {
        Backends.PrivateDomain domain = new Backends.PrivateDomain(
                ResourceId.of(Scene.RESOURCES + "Microsoft.App/managedEnvironments/cae"),
                HostName.of("calm-1.westeurope.azurecontainerapps.io"),
                "10.0.8.4");
        return new Scene()
                .pool("web", 443, "app.calm-1.westeurope.azurecontainerapps.io")
                .unknown("app.calm-1.westeurope.azurecontainerapps.io")
                .noZones()
                .backends(new Backends(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        knowsEnvironment ? List.of(domain) : List.of(),
                        Optional.empty()));
    }

    @Test
    void aNameBelowAnInternalEnvironmentIsUnknownWhereNoZoneForItIsLinked() {
        Scene linked =
                internalApp(true).zone("calm-1.westeurope.azurecontainerapps.io", List.of("vnet-a"), "*=10.0.8.4");

        assertThat(internalApp(true)
                        .reach()
                        .shows(Step.NAME_UNRESOLVED)
                        .toOptional()
                        .orElseThrow())
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("zone", "calm-1.westeurope.azurecontainerapps.io")
                        .containsEntry("right-address", "10.0.8.4"));
        assertThat(linked.reach().shows(Step.NAME_UNRESOLVED).toOptional().orElseThrow())
                .isEmpty();
        assertThat(internalApp(false).reach().shows(Step.NAME_UNRESOLVED).toOptional())
                .isEmpty();
    }

    private static Scene blob(String record) {
        return new Scene()
                .net("hub", "10.9.0.0/16")
                .pool("web", 443, "media.blob.core.windows.net")
                .fails("media.blob.core.windows.net", 403)
                .zone("privatelink.blob.core.windows.net", List.of("hub"), record);
    }

    @Test
    void aPrivateLinkZoneThatKnowsTheNameAndIsNotLinkedLeavesTheGatewayThePublicAddress() {
        assertThat(blob("media=10.0.2.5")
                        .reach()
                        .shows(Step.NAME_ELSEWHERE)
                        .toOptional()
                        .orElseThrow())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.values()).containsEntry("zone", "privatelink.blob.core.windows.net"));
    }

    @Test
    void notOneWithoutARecordForItNorWhereAzureDnsWasSeenToAnswerPrivately() {
        Scene other = blob("other=10.0.2.5");
        Scene seen = blob("media=10.0.2.5").resolved("media.blob.core.windows.net", "168.63.129.16", "10.0.2.5");

        assertThat(other.reach().shows(Step.NAME_ELSEWHERE).toOptional().orElse(List.of()))
                .isEmpty();
        assertThat(seen.reach().shows(Step.NAME_ELSEWHERE).toOptional().orElse(List.of()))
                .isEmpty();
    }

    @Test
    void whatAnotherResolverAnswersIsAComparisonOnly() {
        Scene hub = blob("media=10.0.2.5").resolved("media.blob.core.windows.net", "10.9.0.4", "10.0.2.5");

        assertThat(hub.reach().shows(Step.NAME_ELSEWHERE).toOptional().orElseThrow())
                .isNotEmpty();
    }

    private static Scene internalService(String seen) {
        ResourceId service = ResourceId.of(Scene.RESOURCES + "Microsoft.ApiManagement/service/apim");
        Scene scene = scene("apim.azure-api.net")
                .backends(new Backends(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Backends.PrivateDomain(service, HostName.of("apim.azure-api.net"), "10.0.2.70")),
                        Optional.empty()))
                .noZones()
                .noEndpoints();
        return seen.isEmpty() ? scene : scene.resolved("apim.azure-api.net", "vm-1", seen);
    }

    /** It answers only at its address in the network. */
    @Test
    void anInternalServiceWhoseNameLeadsToAPublicAddressIsElsewhere() {
        List<Finding> led = shown(
                internalService("20.50.1.1").fails("apim.azure-api.net", ProbeFailure.TIMED_OUT), Step.NAME_ELSEWHERE);

        assertThat(led).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .contains(
                            "resolves to 20.50.1.1, but apim is internal and answers only at 10.0.2.70; no private DNS"
                                    + " zone for it is linked to vnet-a");
            assertThat(finding.values())
                    .containsEntry("zone", "apim.azure-api.net")
                    .containsEntry("zone-missing", "yes")
                    .containsEntry("record", "@")
                    .containsEntry("right-address", "10.0.2.70");
        });
        assertThat(shown(
                        internalService("10.0.2.70").fails("apim.azure-api.net", ProbeFailure.TIMED_OUT),
                        Step.NAME_ELSEWHERE))
                .isEmpty();
    }

    @Test
    void whereNobodyLookedAProbeThatConnectsHintsThatItIsAPublicAddress() {
        Scene connects = internalService("").fails("apim.azure-api.net", ProbeFailure.CANNOT_CONNECT);
        Scene timesOut = internalService("").fails("apim.azure-api.net", ProbeFailure.TIMED_OUT);

        assertThat(hinted(connects, Step.NAME_ELSEWHERE))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("the gateway connects to a public address, but apim is internal"));
        assertThat(hinted(timesOut, Step.NAME_ELSEWHERE)).isNotEmpty();
        assertThat(hinted(
                        internalService("").fails("apim.azure-api.net", ProbeFailure.NAME_UNRESOLVED),
                        Step.NAME_ELSEWHERE))
                .as("it had no address at all")
                .isEmpty();
        assertThat(shown(connects, Step.NAME_ELSEWHERE)).isEmpty();
    }

    /** A name with a further label before the service's own domain has its record in that domain's zone. */
    @ParameterizedTest
    @CsvSource({
        "web-1.azurewebsites.net,web-1,privatelink.azurewebsites.net",
        "web-1.scm.azurewebsites.net,web-1,",
        "web-1.blob.core.windows.net,web-1,privatelink.blob.core.windows.net",
        "web-1.z6.web.core.windows.net,web-1,",
        "web-1.example.com,web-1,"
    })
    void theZoneThatIsMissingIsNamedWhereItIsThatOfTheNamesDomain(String name, String service, String zone) {
        Scene scene = scene(name)
                .fails(name, 403)
                .endpoint("pe-web", Scene.siteId(service), name, "10.0.2.9", "snet-app")
                .noZones();

        assertThat(shown(scene, Step.NAME_ELSEWHERE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values().get("zone")).isEqualTo(zone));
    }

    @Test
    void aNameThatRequestsShowToLeadToTheGatewayItselfIsShownBySource() {
        Scene byLog = scene("app.example.com")
                .publicAddress("203.0.113.5", "")
                .fails("app.example.com", ProbeFailure.TIMED_OUT)
                .request("09:00:00", 502, "pool-web", "203.0.113.5", ErrorInfo.TIMED_OUT);
        Scene byLook = scene("app.example.com")
                .publicAddress("203.0.113.5", "")
                .fails("app.example.com", ProbeFailure.TIMED_OUT)
                .resolved("app.example.com", "vm-1", "203.0.113.5");

        assertThat(shown(byLog, Step.NAME_ELSEWHERE)).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACCESS_LOG);
            assertThat(finding.text()).contains("resolves to 203.0.113.5, a frontend IP of the gateway itself");
        });
        assertThat(shown(byLook, Step.NAME_ELSEWHERE))
                .extracting(Finding::source)
                .containsExactly(Source.DIRECT_PROBE);
    }

    @Test
    void anAddressThatTheNameHasNoMoreIsToldWithWhereTheNewOneIsFrom() {
        Scene look = scene(SITE)
                .noZones()
                .noEndpoints()
                .fails(SITE, ProbeFailure.TIMED_OUT)
                .resolved(SITE, "vm-1", "10.0.2.9")
                .request("09:00:00", 502, "pool-web", "10.0.2.8", ErrorInfo.TIMED_OUT);

        assertThat(shown(look, Step.NAME_ELSEWHERE))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("the gateway sent requests to 10.0.2.8, but the name now resolves to"
                        + " 10.0.2.9 (direct lookup); the gateway still uses the old address"));
        Scene zone = scene("app.corp.example")
                .zone("corp.example", HOME, "app=10.0.2.9")
                .noEndpoints()
                .fails("app.corp.example", ProbeFailure.TIMED_OUT)
                .request("09:00:00", 502, "pool-web", "10.0.2.8", ErrorInfo.TIMED_OUT);
        assertThat(shown(zone, Step.NAME_ELSEWHERE))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("resolves to 10.0.2.9 (private DNS zone); the gateway still"));
    }

    @Test
    void aRecordOfSomethingThatIsThereIsTheBackendsAddress() {
        Scene scene = scene("app.corp.example")
                .zone("corp.example", HOME, "app=10.0.2.9")
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1")
                .noEndpoints()
                .fails("app.corp.example", ProbeFailure.TIMED_OUT);

        assertThat(scene.reach().opposes(Step.NAME_ELSEWHERE).toOptional().orElseThrow())
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("its name resolves to 10.0.2.9, which is the backend's address"));
    }

    @Test
    void unreadEndpointsLeaveItOpenWhereTheNameLeads() {
        assertThat(forbidden().noZones().reach().shows(Step.NAME_ELSEWHERE).unread())
                .hasValueSatisfying(why -> assertThat(why.detail()).contains("privateEndpoints"));
    }
}
