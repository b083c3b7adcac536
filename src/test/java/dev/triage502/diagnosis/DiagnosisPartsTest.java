package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Change;
import dev.triage502.diagnosis.Diagnosis.NotChecked;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.Diagnosis.RuledOut;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a diagnosis holds beside the cause. */
class DiagnosisPartsTest {

    private static final Target FOUR =
            Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web").on(Place.PROBE, "probe-web");
    private static final String WRITE = "Microsoft.Network/networkSecurityGroups/write";
    private static final String NSG = Scene.GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg";

    /** A cause that gives this verdict. */
    private record Saying(String id, Verdict verdict) implements Cause {
        @Override
        public Verdict judge(Situation situation) {
            return verdict;
        }
    }

    /** A cause that fails by a defect. */
    private record Broken(String id) implements Cause {
        @Override
        public Verdict judge(Situation situation) {
            throw new IllegalStateException("a defect");
        }
    }

    private static Scene failing() {
        return Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    private static Scene recovered() {
        return Scene.web()
                .webHealth("Healthy", "Success. Received 200 status code")
                .served(60, 100, "10.0.2.4")
                .failed(40, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(20, 100, "10.0.2.4")
                .served(5, 100, "10.0.2.4");
    }

    private static Diagnosis diagnose(Scene scene, Cause... causes) {
        return new Diagnostician(List.of(causes)).diagnose(scene.incident(), scene.evidence());
    }

    private static Diagnosis blamed(Scene scene) {
        return diagnose(scene, Fake.of("backend-not-listening", Confidence.CONFIRMED, FOUR));
    }

    @Test
    void thePathAndTheHealthOfThePoolAtFaultAreTold() {
        Diagnosis diagnosis = blamed(failing());

        assertThat(diagnosis.poolHealth()).contains(new PoolHealth("pool-web", 0, 2));
        assertThat(diagnosis.path()).isPresent();
        assertThat(diagnosis.recovery()).as("a fault persists").isEmpty();
        assertThat(diagnosis.root().values())
                .containsEntry("setting", "set-web")
                .containsEntry("port", "80");
    }

    @Test
    void aPoolIsAsHealthyAsItsServersThroughEverySetting() {
        Scene scene = Scene.web()
                .failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .health("POOL-web", "set-web", "10.0.2.4", "Healthy", "")
                .health("pool-web", "set-other", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "")
                .health("pool-other", "set-web", "10.0.9.9", "Healthy", "");

        assertThat(blamed(scene).poolHealth()).contains(new PoolHealth("pool-web", 1, 2));
    }

    @Test
    void nothingIsSaidOfAPoolOneOfWhoseServersIsUnknown() {
        Scene scene = Scene.web()
                .failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-web", "10.0.2.5", "Unknown", Scene.NOT_RETRIEVED);

        assertThat(blamed(scene).poolHealth()).isEmpty();
        assertThat(blamed(failing().refused(Source.BACKEND_HEALTH)).poolHealth())
                .isEmpty();
    }

    @Test
    void thePoolIsThatOfTheServersThatSufferWhereTheFaultIsElsewhere() {
        Target rule = Target.of(Target.Kind.NSG_RULE, "deny", "");
        Finding finding = Finding.of(Source.NETWORK, rule, "denies").affecting(List.of(FOUR));
        Cause cause = new Saying(
                "nsg-blocks-backend",
                new Verdict.Shown(
                        Confidence.CONFIRMED,
                        ConfidenceReason.DIRECT,
                        List.of(finding),
                        List.of(),
                        true,
                        List.of(new Sign(Sign.Weight.CONCLUSIVE, List.of(finding), List.of(), List.of()))));

        assertThat(diagnose(failing(), cause).poolHealth()).contains(new PoolHealth("pool-web", 0, 2));
    }

    @Test
    void aRecoverySaysHowBadItWasAndHowTheServersAre() {
        Diagnosis diagnosis = diagnose(recovered());

        assertThat(diagnosis.root().id()).isEqualTo("recovered");
        assertThat(diagnosis.recovery()).hasValueSatisfying(facts -> {
            assertThat(facts.pools()).containsExactly(new PoolHealth("pool-web", 2, 2));
            assertThat(facts.during()).hasValueSatisfying(worst -> {
                assertThat(worst.host()).isEqualTo("www.example.com");
                assertThat(worst.failed()).isEqualTo(40);
            });
        });
    }

    @Test
    void aRecoverySaysWhatWasDoneAboutItsEnd() {
        Scene scene = recovered()
                .activity(75, WRITE, NSG, "long-before", "Succeeded")
                .activity(55, WRITE, NSG, "fixer", "Succeeded")
                .activity(45, WRITE, NSG, "refused", "Failed")
                .activity(39, WRITE, NSG, "stamped-late", "Succeeded")
                .activity(10, WRITE, NSG, "after", "Succeeded")
                .activity(50, "Microsoft.Sql/servers/write", Scene.GROUP + "/x", "unrelated", "Succeeded");

        assertThat(diagnose(scene).recovery().orElseThrow().changes())
                .extracting(Change::who)
                .as("the latest first")
                .containsExactly("stamped-late", "fixer");
    }

    @Test
    void whereNothingFailedTheServersAreTold() {
        Diagnosis diagnosis =
                diagnose(Scene.web().webHealth("Healthy", "Success").served(5, 100, "10.0.2.4"));

        assertThat(diagnosis.root().id()).isEqualTo("no-fault-found");
        assertThat(diagnosis.recovery()).hasValueSatisfying(facts -> {
            assertThat(facts.pools()).containsExactly(new PoolHealth("pool-web", 2, 2));
            assertThat(facts.during()).isEmpty();
            assertThat(facts.changes()).isEmpty();
        });
        assertThat(diagnosis.root().findings()).isEmpty();
    }

    @Test
    void whatFailingServersShowedIsToldWhereTheQuestionStaysOpen() {
        Scene scene = failing()
                .look("{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/x','connect':'ok',"
                        + "'status':503}")
                .look("{'target':'10.0.2.5','scheme':'http','host':'www.example.com','path':'/','port':80,"
                        + "'connect':'refused'}")
                .look("{'target':'10.0.2.99','scheme':'http','host':'www.example.com','path':'/',"
                        + "'connect':'refused'}");
        Diagnosis diagnosis = diagnose(scene);

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnosis.root().findings())
                .extracting(Finding::text)
                .contains("10.0.2.4 returns 503 for /x in a direct request", "10.0.2.5:80 refuses a direct connection")
                .hasSize(4);
        assertThat(diagnosis.root().values()).containsEntry("server", "10.0.2.4");
    }

    @Test
    void aDirectConnectionIsToldByHowItWent() {
        String look = "{'target':'10.0.2.4','scheme':'http','host':'h','path':'/','connect':'%s'}";

        assertThat(diagnose(failing().look(look.formatted("ok"))).root().findings())
                .extracting(Finding::text)
                .contains("10.0.2.4 accepts a direct connection");
        assertThat(diagnose(failing().look(look.formatted("timeout"))).root().findings())
                .extracting(Finding::text)
                .contains("10.0.2.4 does not respond to a direct connection");
    }

    @Test
    void aCauseThatSomethingSpeaksAgainstIsRuledOutWithIt() {
        Finding against = Finding.of(Source.GATEWAY, FOUR, "it runs");

        assertThat(diagnose(
                                failing(),
                                new Saying("quiet", new Verdict.NotShown(List.of())),
                                new Saying("stopped", new Verdict.NotShown(List.of(against))))
                        .ruledOut())
                .containsExactly(new RuledOut("stopped", "it runs", List.of(against)));
    }

    @Test
    void aCauseThatFailsByADefectIsListedAndCostsNoOther() {
        Diagnosis diagnosis =
                diagnose(failing(), new Broken("broken"), Fake.of("backend-not-listening", Confidence.CONFIRMED, FOUR));

        assertThat(diagnosis.root().id()).isEqualTo("backend-not-listening");
        assertThat(diagnosis.notChecked()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo("broken");
            assertThat(each.kind()).isEqualTo(NotChecked.Kind.CAUSE);
            assertThat(each.because()).contains("IllegalStateException");
        });
    }

    @Test
    void aCauseThatRestsOnAFailedAnalysisIsListedAfterIt() {
        Verdict resting = new Verdict.CannotTell(List.of(dev.triage502.reachability.ReachabilityResult.failed()
                .shows(dev.triage502.reachability.ReachabilityResult.Step.STOPPED)
                .unread()
                .orElseThrow()));
        Diagnosis diagnosis = diagnose(failing(), new Saying("resting", resting));

        assertThat(diagnosis.couldNotTell()).isEmpty();
        assertThat(diagnosis.notChecked())
                .containsExactly(new NotChecked("resting", NotChecked.Kind.CAUSE, "depends on reachability"));
    }

    @Test
    void aCauseIsLessSureWhereTheConfigurationWasNotWhollyUnderstood() {
        Diagnosis diagnosis = blamed(failing().gatewayProperty("listeners", "[5]"));

        assertThat(diagnosis.root().confidence()).contains(Confidence.LIKELY);
        assertThat(diagnosis.root().reason()).contains(ConfidenceReason.READ_IN_PART);
        assertThat(diagnose(
                                failing().gatewayProperty("listeners", "[5]"),
                                Fake.of("backend-not-listening", Confidence.POSSIBLE, FOUR))
                        .root()
                        .reason())
                .contains(ConfidenceReason.DIRECT);
    }

    @Test
    void whatFailingRequestsPassAndIsNotReadIsTold() {
        Scene scene = failing()
                .network()
                .routes("snet-agw", "rt-agw", "to-fw 10.0.2.0/24 VirtualAppliance 10.0.9.4")
                .routes("snet-web", "rt-web", "back 10.0.1.0/24 VirtualAppliance 10.0.9.4");

        Diagnosis diagnosis = diagnose(scene);

        assertThat(diagnosis.notModelled()).extracting(NotModelled::text).anyMatch(text -> text.contains("10.0.9.4"));
        assertThat(diagnosis.root().values()).containsKey("unchecked-hop");
    }

    @Test
    void eachSourceSaysWhatCameOfAskingIt() {
        Scene scene = failing().refused(Source.METRICS).gatewayProperty("listeners", "[5]");

        assertThat(diagnose(scene).evidenceRead())
                .filteredOn(each -> each.source() == Source.GATEWAY)
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.state()).isEqualTo(SourceRead.State.PRESENT);
                    assertThat(read.detail()).contains("listeners");
                });
        assertThat(diagnose(scene).evidenceRead())
                .filteredOn(each -> each.source() == Source.METRICS)
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.state()).isEqualTo(SourceRead.State.COULD_NOT_READ);
                    assertThat(read.why()).contains(Why.FORBIDDEN);
                });
    }

    @Test
    void anIncidentThatCouldNotBeInvestigatedSaysWhyAndHowToGoOn() {
        Diagnosis diagnosis =
                Diagnostician.withoutInvestigation(Scene.web().incident(), "it took too long", "Run it again");

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnosis.root().values()).containsEntry("given-up", "was given up");
        assertThat(diagnosis.next()).extracting(Diagnosis.Next::text).containsExactly("Run it again");
        assertThat(diagnosis.evidenceRead()).hasSize(Source.values().length).allSatisfy(read -> {
            assertThat(read.state()).isEqualTo(SourceRead.State.COULD_NOT_READ);
            assertThat(read.why()).isEqualTo(Optional.of(Why.NOT_COLLECTED));
            assertThat(read.detail()).isEqualTo("it took too long");
        });
    }
}
