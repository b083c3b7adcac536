package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.RuledOut;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticianTest {

    private static final Target FOUR =
            Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web").on(Place.PROBE, "probe-web");
    private static final Target FIVE =
            Target.server("10.0.2.5", "pool-web").on(Place.SETTING, "set-web").on(Place.PROBE, "probe-web");
    private static final Target IDLE = Target.of(Kind.POOL, "pool-idle", "");
    private static final Target WEB = Target.of(Kind.POOL, "pool-web", "");
    private static final Target RULE =
            Target.of(Kind.NSG_RULE, "deny", "").on(Place.NSG, "nsg-agw").on(Place.SUBNET, "snet-agw");
    private static final Target WHOLE = Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY);

    private static Scene failing() {
        return Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    @Test
    void whatFailingRequestsWentByComesBeforeWhatNoneWentBy() {
        Diagnosis diagnosis = diagnose(
                failing(), Fake.of("idle", Confidence.CONFIRMED, IDLE), Fake.of("busy", Confidence.LIKELY, FOUR));

        assertThat(diagnosis.root().id()).isEqualTo("busy");
        assertThat(diagnosis.root().share()).contains(40L);
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("idle");
    }

    @Test
    void aPoolThatNoFailingRequestWasRoutedToIsNotTheRoot() {
        Diagnosis diagnosis = diagnose(failing(), Fake.of("idle", Confidence.CONFIRMED, IDLE));

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("idle");
    }

    @Test
    void whatMayBeAnotherCausesSymptomIsOneStepLessSureAndSaysSo() {
        Cause stopped = new FakeUndecided("stopped", Source.BACKENDS, List.of("timeout"));
        Cause unrelated = new FakeUndecided("unrelated", Source.METRICS, List.of("other"));

        Diagnosis likely = diagnose(failing(), stopped, unrelated, Fake.of("timeout", Confidence.LIKELY, FOUR));
        assertThat(likely.root().confidence()).contains(Confidence.POSSIBLE);
        assertThat(likely.root().reason()).contains(ConfidenceReason.RIVAL_UNCHECKED);
        assertThat(likely.couldNotTell())
                .extracting(Undecided::id, Undecided::couldExplainRoot)
                .containsExactly(tuple("stopped", true), tuple("unrelated", false));
        assertThat(likely.next().get(0).decides()).contains("stopped", "timeout");

        Diagnosis confirmed = diagnose(failing(), stopped, Fake.of("timeout", Confidence.CONFIRMED, FOUR));
        assertThat(confirmed.root().confidence()).contains(Confidence.LIKELY);
        assertThat(confirmed.root().reason()).contains(ConfidenceReason.RIVAL_UNCHECKED);
        assertThat(confirmed.couldNotTell())
                .extracting(Undecided::couldExplainRoot)
                .containsExactly(true);

        Diagnosis unlike = diagnose(failing(), unrelated, Fake.of("timeout", Confidence.CONFIRMED, FOUR));
        assertThat(unlike.root().confidence()).contains(Confidence.CONFIRMED);
    }

    @Test
    void aHintThatCouldNotBeDecidedMakesTheOtherLessSureOnTheSameServersOnly() {
        Fake overloaded = Fake.of("overloaded", Confidence.POSSIBLE, WEB).explaining("closed");
        Fake elsewhere = Fake.of("overloaded", Confidence.POSSIBLE, IDLE).explaining("closed");
        Cause closed = Fake.of("closed", Confidence.CONFIRMED, FOUR);

        assertThat(diagnose(failing(), overloaded.undecided(), closed).root().confidence())
                .contains(Confidence.LIKELY);
        assertThat(diagnose(failing(), overloaded, closed).root().confidence()).contains(Confidence.CONFIRMED);
        assertThat(diagnose(failing(), elsewhere.undecided(), closed).root().confidence())
                .contains(Confidence.CONFIRMED);
    }

    @Test
    void directEvidenceThatRulesARivalOutKeepsItsConfidence() {
        Cause stopped = new FakeUndecided("stopped", Source.BACKENDS, List.of("timeout"));
        Fake timeout = Fake.of("timeout", Confidence.CONFIRMED, FOUR);

        assertThat(diagnose(failing(), stopped, timeout.rulingOut("stopped"))
                        .root()
                        .confidence())
                .contains(Confidence.CONFIRMED);
        assertThat(diagnose(
                                failing(),
                                stopped,
                                Fake.of("timeout", Confidence.LIKELY, FOUR).rulingOut("stopped"))
                        .root()
                        .confidence())
                .contains(Confidence.POSSIBLE);
    }

    @Test
    void whatDirectEvidenceRulesOutIsNoRivalThoughAnotherOneIs() {
        Cause stopped = new FakeUndecided("stopped", Source.BACKENDS, List.of("timeout"));
        Cause overloaded = new FakeUndecided("overloaded", Source.METRICS, List.of("timeout"));
        Cause timeout = Fake.of("timeout", Confidence.CONFIRMED, FOUR).rulingOut("stopped");

        Diagnosis diagnosis = diagnose(failing(), stopped, overloaded, timeout);

        assertThat(diagnosis.root().confidence()).contains(Confidence.LIKELY);
        assertThat(diagnosis.couldNotTell().stream()
                        .filter(Undecided::couldExplainRoot)
                        .map(Undecided::id))
                .containsExactly("overloaded");
    }

    @Test
    void theCauseOfMoreFailuresComesFirst() {
        Scene scene = failing()
                .requests(4, 300, 502, "{'BackendPoolName':'pool-idle','ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE'}");

        Diagnosis diagnosis =
                diagnose(scene, Fake.of("few", Confidence.CONFIRMED, WEB), Fake.of("many", Confidence.LIKELY, IDLE));

        assertThat(diagnosis.root().id()).isEqualTo("many");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("few");
    }

    @Test
    void aConfirmedCauseComesBeforeAPossibleOneThatClaimsTheSameRequestsAndAFewMore() {
        Scene scene = failing()
                .failed(4, 30, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0)
                .failed(3, 5, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.5", 0);

        Diagnosis diagnosis = diagnose(
                scene, Fake.of("maybe", Confidence.POSSIBLE, FOUR, FIVE), Fake.of("sure", Confidence.CONFIRMED, FOUR));

        assertThat(diagnosis.root().id()).isEqualTo("sure");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("maybe");
    }

    @Test
    void aPossibleCauseComesFirstWhereMostOfItsRequestsAreNoneOfTheConfirmedOne() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .failed(4, 300, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0)
                .failed(3, 5, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.5", 0);

        Diagnosis diagnosis = diagnose(
                scene, Fake.of("maybe", Confidence.POSSIBLE, FOUR, FIVE), Fake.of("sure", Confidence.CONFIRMED, FIVE));

        assertThat(diagnosis.root().id()).isEqualTo("maybe");
    }

    @Test
    void theSurerOneComesFirstWhereFailuresAreNotCounted() {
        Scene scene = Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT);

        Diagnosis diagnosis =
                diagnose(scene, Fake.of("maybe", Confidence.LIKELY, FOUR), Fake.of("sure", Confidence.CONFIRMED, FIVE));

        assertThat(diagnosis.root().id()).isEqualTo("sure");
        assertThat(diagnosis.root().share()).isEmpty();
    }

    @Test
    void amongEqualsThePlaceInTheListDecides() {
        Diagnosis diagnosis = diagnose(
                failing(), Fake.of("first", Confidence.LIKELY, FOUR), Fake.of("second", Confidence.LIKELY, FIVE));

        assertThat(diagnosis.root().id()).isEqualTo("first");
    }

    @Test
    void whatAnotherCauseAccountsForIsNoFaultOfItsOwn() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("symptom", Confidence.CONFIRMED, FOUR),
                Fake.of("reason", Confidence.CONFIRMED, WEB).explaining("symptom"));

        assertThat(diagnosis.root().id()).isEqualTo("reason");
        assertThat(diagnosis.contributing()).isEmpty();
        assertThat(diagnosis.ruledOut()).singleElement().satisfies(ruled -> {
            assertThat(ruled.id()).isEqualTo("symptom");
            assertThat(ruled.because()).contains("reason");
        });
    }

    @Test
    void aCauseThatIsExplainedOnSomeOfItsServersKeepsTheOthersAndTheirRequests() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .failed(4, 30, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0)
                .failed(3, 5, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.5", 0);

        Diagnosis diagnosis = diagnose(
                scene,
                Fake.of("symptom", Confidence.CONFIRMED, FOUR, FIVE),
                Fake.of("reason", Confidence.LIKELY, FOUR).explaining("symptom"));

        assertThat(diagnosis.root().id()).isEqualTo("reason");
        assertThat(diagnosis.root().share()).contains(30L);
        assertThat(diagnosis.contributing()).singleElement().satisfies(rest -> {
            assertThat(rest.id()).isEqualTo("symptom");
            assertThat(rest.target()).contains(FIVE);
            assertThat(rest.share()).contains(5L);
            assertThat(rest.findings()).extracting(Finding::target).containsExactly(FIVE);
        });
    }

    @Test
    void severalCausesExplainTogetherWhatNoneExplainsAlone() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("symptom", Confidence.CONFIRMED, FOUR, FIVE),
                Fake.of("reason", Confidence.CONFIRMED, FOUR).explaining("symptom"),
                Fake.of("other", Confidence.CONFIRMED, FIVE).explaining("symptom"));

        assertThat(diagnosis.root().id()).isEqualTo("reason");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("other");
        assertThat(diagnosis.ruledOut()).singleElement().satisfies(ruled -> {
            assertThat(ruled.because()).isEqualTo("its symptoms are explained by reason and other");
            assertThat(ruled.findings()).extracting(Finding::target).containsExactly(FOUR, FIVE);
        });
    }

    @Test
    void oneCauseThatExplainsAllIsNamedAlone() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("symptom", Confidence.CONFIRMED, FOUR, FIVE),
                Fake.of("part", Confidence.CONFIRMED, FOUR).explaining("symptom"),
                Fake.of("reason", Confidence.CONFIRMED, WEB).explaining("symptom"));

        assertThat(diagnosis.ruledOut())
                .extracting(RuledOut::because)
                .containsExactly("its symptoms are explained by reason");
    }

    @Test
    void aPossibilityOnServersThatSurerCausesTogetherAccountForIsSetAside() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("one", Confidence.CONFIRMED, FOUR),
                Fake.of("other", Confidence.CONFIRMED, FIVE),
                Fake.of("maybe", Confidence.POSSIBLE, FOUR, FIVE));

        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("other");
        assertThat(diagnosis.ruledOut()).extracting(RuledOut::id).containsExactly("maybe");
    }

    /** What no failing request is left for is no second fault, though it is told of the gateway as a whole. */
    @Test
    void aPossibilityWhoseRequestsASurerCauseExplainsIsSetAside() {
        Diagnosis counted = diagnose(
                failing(),
                Fake.of("sure", Confidence.LIKELY, FOUR, FIVE),
                Fake.of("maybe", Confidence.POSSIBLE, WHOLE));
        Diagnosis uncounted = diagnose(
                Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT),
                Fake.of("sure", Confidence.CONFIRMED, FOUR),
                Fake.of("maybe", Confidence.POSSIBLE, WHOLE));

        assertThat(counted.contributing()).isEmpty();
        assertThat(uncounted.contributing()).isEmpty();
        assertThat(counted.ruledOut()).extracting(RuledOut::id).containsExactly("maybe");
    }

    @Test
    void aCauseOfTheSettingDoesNotCountTheRequestsOfAServerThatIsExplained() {
        Target setting = Target.of(Kind.SETTING, "set-web", "").on(Place.POOL, "pool-web");
        Scene scene = Scene.web()
                .failed(4, 30, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)
                .failed(3, 5, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.5", 30);
        Fake slow = Fake.of("slow", Confidence.CONFIRMED, setting);
        Fake dropped = Fake.of("dropped", Confidence.CONFIRMED, FOUR).explaining("slow");

        Diagnosis diagnosis = diagnose(scene, slow, dropped);
        assertThat(diagnosis.root().id()).isEqualTo("dropped");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("slow");
        assertThat(diagnosis.contributing().get(0).share()).contains(5L);

        Diagnosis both = diagnose(
                scene,
                slow,
                dropped,
                Fake.of("stopped", Confidence.CONFIRMED, FIVE).explaining("slow"));
        assertThat(both.contributing())
                .as("no request is left to it")
                .extracting(NamedCause::id)
                .containsExactly("stopped");
    }

    @Test
    void aCauseCountsOnlyRequestsThatEndedAsItMakesThemEnd() {
        Scene scene = Scene.web()
                .failed(4, 30, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)
                .failed(3, 12, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0)
                .failed(2, 3, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Diagnosis diagnosis = diagnose(
                scene,
                Fake.of("closes", Confidence.CONFIRMED, FOUR).ending(RequestEnding.CLOSED),
                Fake.of("slow", Confidence.LIKELY, FOUR).ending(RequestEnding.TIMED_OUT));

        assertThat(diagnosis.root().id()).isEqualTo("slow");
        assertThat(diagnosis.root().share()).contains(33L);
        assertThat(diagnosis.contributing().get(0).share()).contains(15L);
    }

    @Test
    void errorsAnsweredToAFewDoNotExplainThatNoServerWasLeft() {
        Diagnosis diagnosis = diagnose(
                answered500(2).served(6, 50, "10.0.2.4:8080"),
                Fake.of("errors", Confidence.CONFIRMED, FOUR).ending(RequestEnding.ANSWERED));

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnosis.contributing().get(0).share()).contains(2L);
    }

    @Test
    void errorsAnsweredToMostDoExplainIt() {
        Diagnosis diagnosis = diagnose(
                answered500(60).served(6, 50, "10.0.2.4:8080"),
                Fake.of("errors", Confidence.CONFIRMED, FOUR).ending(RequestEnding.ANSWERED));

        assertThat(diagnosis.root().id()).isEqualTo("errors");
        assertThat(diagnosis.root().share()).contains(100L);
    }

    private static Scene answered500(int requests) {
        return Scene.web()
                .requests(
                        6,
                        requests,
                        500,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:8080',"
                                + "'ServerStatus':'500','ErrorInfo':'ERRORINFO_NO_ERROR'}")
                .failed(4, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    @Test
    void aCauseAccountsOnlyForWhatFallsOnItsOwnServers() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("symptom", Confidence.CONFIRMED, FIVE),
                Fake.of("reason", Confidence.CONFIRMED, FOUR).explaining("symptom"));

        assertThat(diagnosis.contributing()).hasSize(1);
    }

    @Test
    void aGuessAccountsForNothingThatIsShown() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("shown", Confidence.CONFIRMED, FOUR),
                Fake.of("guess", Confidence.POSSIBLE, FOUR).explaining("shown"));

        assertThat(diagnosis.root().id()).isEqualTo("shown");
        assertThat(diagnosis.ruledOut()).extracting(RuledOut::id).containsExactly("guess");
    }

    @Test
    void whatBringsAnotherAboutStandsAboveItThoughLessSure() {
        Diagnosis diagnosis = diagnose(
                failing(),
                Fake.of("stale", Confidence.CONFIRMED, FOUR),
                Fake.of("refused", Confidence.LIKELY, WHOLE).bringing("stale"));

        assertThat(diagnosis.root().id()).isEqualTo("refused");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("stale");
    }

    @Test
    void allServersOfAPoolAreToldAsThePool() {
        Diagnosis diagnosis = diagnose(
                failing(), Fake.of("down", Confidence.CONFIRMED, FOUR, FIVE).at(Cause.AtFault.POOL_OR_SERVER));

        assertThat(diagnosis.root().target()).get().satisfies(target -> {
            assertThat(target.kind()).isEqualTo(Kind.POOL);
            assertThat(target.name()).isEqualTo("pool-web");
            assertThat(target.id()).endsWith("/backendAddressPools/pool-web");
        });
        assertThat(diagnosis.root().alsoAt()).isEmpty();
    }

    @Test
    void oneServerOfSeveralIsToldAsItself() {
        Diagnosis diagnosis =
                diagnose(failing(), Fake.of("down", Confidence.CONFIRMED, FIVE).at(Cause.AtFault.POOL_OR_SERVER));

        assertThat(diagnosis.root().target()).contains(FIVE);
    }

    @Test
    void serversAreToldAsTheSettingThatReachesThem() {
        Diagnosis diagnosis = diagnose(
                failing(), Fake.of("tls", Confidence.CONFIRMED, FOUR, FIVE).at(Cause.AtFault.SETTING));

        assertThat(diagnosis.root().target()).get().satisfies(target -> {
            assertThat(target.kind()).isEqualTo(Kind.SETTING);
            assertThat(target.name()).isEqualTo("set-web");
            assertThat(target.on()).containsEntry(Place.POOL, "pool-web");
        });
    }

    @Test
    void serversAreToldAsTheProbeThatLooksAtThem() {
        Diagnosis diagnosis =
                diagnose(failing(), Fake.of("probe", Confidence.CONFIRMED, FOUR).at(Cause.AtFault.PROBE));

        assertThat(diagnosis.root().target()).get().satisfies(target -> {
            assertThat(target.kind()).isEqualTo(Kind.PROBE);
            assertThat(target.on()).containsEntry(Place.SETTING, "set-web");
        });
    }

    @Test
    void recoveredWhenFailuresEndedTenMinutesAgoAndServersAreHealthy() {
        Diagnosis diagnosis = diagnose(
                Scene.web()
                        .webHealth("Healthy", "Success. Received 200 status code")
                        .failed(30, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                        .served(5, 100, "10.0.2.4"),
                Fake.of("was", Confidence.LIKELY, FOUR));

        assertThat(diagnosis.root().id()).isEqualTo("recovered");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("was");
    }

    @Test
    void notRecoveredWhileAServerStillFailsItsProbe() {
        Diagnosis diagnosis = diagnose(Scene.web()
                .webHealth("Unhealthy", Scene.TIMED_OUT)
                .failed(30, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(5, 100, "10.0.2.4"));

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
    }

    @Test
    void notRecoveredWhenFailuresPausedForAsLongBefore() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .failed(58, 3, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .failed(38, 3, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .failed(18, 3, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(2, 100, "10.0.2.4");

        assertThat(diagnose(scene).root().id()).isEqualTo("insufficient-evidence");
    }

    @Test
    void notRecoveredWhenNothingWasServedSince() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(40, 100, "10.0.2.4")
                .failed(30, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        assertThat(diagnose(scene).root().id()).isEqualTo("insufficient-evidence");
    }

    @Test
    void recoveredByTheMetricsWhereThereIsNoLog() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), minutes(60, 20, 25, 30))
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), minutes(60, 0, 60, 100));

        assertThat(diagnose(scene).root().id()).isEqualTo("recovered");
    }

    @Test
    void noFaultFoundWhenRequestsWereWatchedAndNoneFailed() {
        Scene scene = Scene.web().webHealth("Healthy", "Success").served(5, 100, "10.0.2.4");

        assertThat(diagnose(scene).root().id()).isEqualTo("no-fault-found");
    }

    @Test
    void nothingIsSaidToBeWellOfAGatewayThatWasNotRead() {
        Scene scene = Scene.unread().served(5, 100, "10.0.2.4");

        assertThat(diagnose(scene).root().id()).isEqualTo("insufficient-evidence");
    }

    /** A gateway that is down logs and counts nothing, so that nothing seems to fail. */
    @Test
    void nothingIsSaidToBeWellWhileSomethingHintsThatTheGatewayIsDown() {
        Scene scene = Scene.web().webHealth("Healthy", "Success").served(5, 100, "10.0.2.4");
        Cause hint = feltWithoutFailures(Fake.of("down", Confidence.POSSIBLE, WHOLE));

        assertThat(diagnose(scene, hint).root().id()).isEqualTo("insufficient-evidence");
    }

    private static Cause feltWithoutFailures(Fake fake) {
        return new Cause() {
            @Override
            public String id() {
                return fake.id();
            }

            @Override
            public Verdict judge(Situation situation) {
                return fake.judge(situation);
            }

            @Override
            public boolean isFeltWithoutFailures(List<Finding> findings) {
                return true;
            }
        };
    }

    @Test
    void aFaultThatHurtsNobodyIsRuledOutAndNotNamed() {
        Scene scene = Scene.web().webHealth("Healthy", "Success").served(5, 100, "10.0.2.4");

        Diagnosis diagnosis = diagnose(scene, Fake.of("full", Confidence.CONFIRMED, WHOLE));

        assertThat(diagnosis.root().id()).isEqualTo("no-fault-found");
        assertThat(diagnosis.contributing()).isEmpty();
        assertThat(diagnosis.ruledOut()).extracting(RuledOut::id).containsExactly("full");
    }

    @Test
    void oneServerOfSeveralThatFailsIsNoFaultWhileRequestsAreServed() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "Success")
                .served(5, 100, "10.0.2.5");

        assertThat(diagnose(scene, Fake.of("down", Confidence.CONFIRMED, FOUR))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
    }

    @Test
    void aPoolThatIsAskedAndHasNobodyLeftIsAFailureThoughTheLogIsLate() {
        Scene scene = Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).served(9, 100, "10.0.2.5");

        assertThat(diagnose(scene, Fake.of("down", Confidence.CONFIRMED, FOUR))
                        .root()
                        .id())
                .isEqualTo("down");
    }

    @Test
    void aPoolThatNobodyAsksHurtsNobody() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .requests(
                        5,
                        90,
                        200,
                        "{'BackendPoolName':'pool-other','ServerRouted':'10.0.3.4:80','ServerStatus':'200'}");

        assertThat(diagnose(scene, Fake.of("down", Confidence.CONFIRMED, FOUR))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
    }

    @Test
    void anErrorPageOnPurposeIsNoFault() {
        assertThat(diagnose(
                                withPage("<h1>Planned maintenance</h1> back at five"),
                                Fake.of("error", Confidence.CONFIRMED, FOUR))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
    }

    @Test
    void anErrorPageThatDoesNotSayThatItIsMeantIsAFailure() {
        assertThat(diagnose(withPage("<h1>Service Unavailable</h1>"), Fake.of("error", Confidence.CONFIRMED, FOUR))
                        .root()
                        .id())
                .isEqualTo("error");
    }

    private static Scene withPage(String body) {
        return Scene.web()
                .webHealth("Healthy", "Success")
                .served(30, 90, "10.0.2.4")
                .requests(
                        5,
                        90,
                        503,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'503','ErrorInfo':'ERRORINFO_NO_ERROR'}")
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/','connect':'ok','status':503,"
                                + "'body':'" + body + "'}]");
    }

    @Test
    void requestsThatStoppedComingAreAFailure() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(25, 900, "10.0.2.4")
                .metric("CurrentConnections", "total", List.of(), 200, 210, 0, 0);

        assertThat(diagnose(scene, Fake.of("shut", Confidence.CONFIRMED, RULE))
                        .root()
                        .id())
                .isEqualTo("shut");
    }

    @Test
    void whatIsOnNoRequestsWayStandsBehindWhatFailingRequestsWentBy() {
        Diagnosis diagnosis = diagnose(
                failing(), Fake.of("shut", Confidence.CONFIRMED, RULE), Fake.of("down", Confidence.LIKELY, FOUR));

        assertThat(diagnosis.root().id()).isEqualTo("down");
        assertThat(diagnosis.contributing()).extracting(NamedCause::id).containsExactly("shut");
    }

    @Test
    void whatIsOnNoRequestsWayIsTheRootWhereNothingElseIsShown() {
        assertThat(diagnose(failing(), Fake.of("shut", Confidence.CONFIRMED, RULE))
                        .root()
                        .id())
                .isEqualTo("shut");
    }

    @Test
    void unknownHealthBesideServedRequestsIsNoFault() {
        Scene scene = Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).served(5, 100, "10.0.2.4");

        assertThat(diagnose(scene).root().id()).isEqualTo("no-fault-found");
    }

    @Test
    void whatBlocksTheHealthReportIsNamedThoughRequestsAreServed() {
        Scene scene = Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).served(5, 100, "10.0.2.4");

        assertThat(diagnose(scene, Fake.of("blocked", Confidence.CONFIRMED, WHOLE))
                        .root()
                        .id())
                .isEqualTo("blocked");
    }

    /** Without backend health nothing speaks against a rule that would leave every server Unknown. */
    @Test
    void whatBlocksTheHealthReportIsNamedWhereHealthWasNotRead() {
        Scene scene = Scene.web().served(5, 100, "10.0.2.4");

        assertThat(diagnose(scene, Fake.of("blocked", Confidence.CONFIRMED, RULE))
                        .root()
                        .id())
                .isEqualTo("blocked");
        assertThat(diagnose(scene, Fake.of("blocked", Confidence.POSSIBLE, RULE))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
        assertThat(diagnose(scene.webHealth("Healthy", "Success"), Fake.of("blocked", Confidence.CONFIRMED, RULE))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
    }

    @Test
    void noFaultIsFoundBySomethingThatWouldShowCutSessionsToo() {
        Scene scene = Scene.web().webHealth("Healthy", "Success").metric("FailedRequests", "total", List.of(), 0, 0);

        assertThat(diagnose(scene).root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnose(scene.metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 9))
                        .root()
                        .id())
                .isEqualTo("no-fault-found");
    }

    @Test
    void insufficientEvidenceWhenNothingWasRead() {
        Diagnosis diagnosis = diagnose(Scene.unread());

        assertThat(diagnosis.root().id()).isEqualTo("insufficient-evidence");
        assertThat(diagnosis.impact()).isEmpty();
        assertThat(diagnosis.evidenceRead()).hasSize(Source.values().length);
        assertThat(diagnosis.next()).isNotEmpty();
    }

    @Test
    void pointsToThePageOnASourceThatWasNotRead() {
        assertThat(diagnose(Scene.unread()).next())
                .filteredOn(next -> next.text().startsWith("Get the access log"))
                .extracting(Diagnosis.Next::page)
                .containsExactly("access-log");
    }

    @Test
    void saysOfARefusedSourceWhyInAzuresWords() {
        Diagnosis diagnosis = diagnose(failing().refused(Source.METRICS));

        assertThat(diagnosis.evidenceRead().get(Source.METRICS.ordinal())).satisfies(read -> {
            assertThat(read.source()).isEqualTo(Source.METRICS);
            assertThat(read.why()).contains(Why.FORBIDDEN);
            assertThat(read.detail()).contains("no right to read it");
        });
    }

    @Test
    void countsWhomItHurts() {
        Diagnosis diagnosis = diagnose(failing().served(3, 60, "10.0.2.4"));

        assertThat(diagnosis.impact()).get().satisfies(impact -> {
            assertThat(impact.count().failed()).isEqualTo(40);
            assertThat(impact.count().total()).isEqualTo(100);
            assertThat(impact.hosts()).containsExactly("www.example.com");
            assertThat(impact.listeners()).containsExactly("lis-rule-web");
            assertThat(impact.since()).contains(Scene.AT.minusSeconds(300));
        });
    }

    @Test
    void ordersChangesByNearnessToTheOnsetAndLeavesOutWhatCannotMatter() {
        String nsg = Scene.GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg-web";
        Scene scene = failing()
                .activity(500, "Microsoft.Network/networkSecurityGroups/write", nsg, "old@example.com", "Succeeded")
                .activity(
                        6,
                        "Microsoft.Network/networkSecurityGroups/securityRules/write",
                        nsg + "/securityRules/deny",
                        "ops@example.com",
                        "Succeeded")
                .activity(
                        7,
                        "Microsoft.Storage/storageAccounts/listKeys/action",
                        Scene.GROUP + "/x",
                        "backup",
                        "Succeeded");

        Diagnosis diagnosis = diagnose(scene);

        assertThat(diagnosis.changes())
                .extracting(Diagnosis.Change::who)
                .containsExactly("ops@example.com", "old@example.com");
    }

    @Test
    void asksNothingMoreOnceACauseIsConfirmed() {
        assertThat(diagnose(failing(), Fake.of("sure", Confidence.CONFIRMED, WEB))
                        .next())
                .isEmpty();
    }

    @Test
    void fillsInWhatBelongsToTheGateway() {
        assertThat(diagnose(failing()).gateway())
                .containsEntry("gateway", "agw-shop")
                .containsEntry("resource-group", "rg-shop")
                .containsEntry("gateway-subnet", "snet-agw")
                .containsEntry("vnet", "vnet-shop")
                .doesNotContainKey("ingress-controller");
    }

    private static double[] minutes(int count, int from, int to, double value) {
        double[] values = new double[count];
        for (int i = from; i < to; i++) {
            values[i] = value;
        }
        return values;
    }

    private static Diagnosis diagnose(Scene scene, Cause... causes) {
        return new Diagnostician(List.of(causes)).diagnose(scene.incident(), scene.evidence());
    }
}
