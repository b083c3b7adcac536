package dev.triage502.diagnosis;

import static dev.triage502.diagnosis.PathScenes.conclusion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the report says to fetch next, and what it would decide. */
class NextEvidenceTest {

    private static final Ranking NOTHING_ELSE = new Ranking(List.of(), List.of(), List.of());
    private static final String PROBE = "direct-probe";

    /** A cause that a direct probe could still turn into another one. */
    private record Open(String id) implements Cause {
        @Override
        public Verdict judge(Situation situation) {
            throw new AssertionError("not asked");
        }

        @Override
        public List<String> openWithoutDirectProbe() {
            return List.of("other");
        }
    }

    private static NamedCause root(Confidence sure) {
        return PathScenes.named("root", sure, Target.of(Kind.POOL, "pool-web", ""), List.of());
    }

    private static List<Next> after(Scene scene, NamedCause root, Undecided... untold) {
        return after(scene, root, Optional.empty(), untold);
    }

    private static List<Next> after(Scene scene, NamedCause root, Optional<Cause> cause, Undecided... untold) {
        return NextEvidence.after(root, cause, List.of(), List.of(untold), NOTHING_ELSE, scene.evidence());
    }

    private static List<String> pages(List<Next> next) {
        return next.stream().map(Next::page).toList();
    }

    @Test
    void aSourceThatWouldDecideIsNamedWithWhyItIsNotThere() {
        Next next = after(
                        Scene.web().refused(Source.BACKENDS),
                        root(Confidence.LIKELY),
                        new Undecided("stopped", List.of(Source.BACKENDS)))
                .get(0);

        assertThat(next.text()).isEqualTo("Get the backends (" + Why.FORBIDDEN.words() + ")");
        assertThat(next.page()).isEqualTo("backends");
        assertThat(next.decides()).containsExactly("root", "stopped");
    }

    @Test
    void whatCouldShowThatTheRootIsASymptomComesFirst() {
        List<Next> next = after(
                Scene.web(),
                root(Confidence.LIKELY),
                new Undecided("a", List.of(Source.METRICS)),
                new Undecided("b", List.of(Source.METRICS)),
                new Undecided("instead", List.of(Source.NETWORK), true));

        assertThat(pages(next)).startsWith("network", "metrics");
    }

    @Test
    void thenWhatDecidesOfMostCausesComesFirst() {
        List<Next> next = after(
                Scene.web(),
                root(Confidence.LIKELY),
                new Undecided("a", List.of(Source.METRICS, Source.NETWORK)),
                new Undecided("b", List.of(Source.NETWORK)));

        assertThat(pages(next)).startsWith("network", "metrics");
    }

    /** Of a source that was read a part may be missing; to get it again would not help. */
    @Test
    void aSourceThatWasReadIsNotFetchedAgain() {
        List<Next> next =
                after(Scene.web().network(), root(Confidence.LIKELY), new Undecided("a", List.of(Source.NETWORK)));

        assertThat(pages(next)).doesNotContain("network");
    }

    @Test
    void whereNothingWouldDecideTheUnreadSourcesAreNamed() {
        assertThat(after(Scene.web(), root(Confidence.POSSIBLE)))
                .isNotEmpty()
                .allSatisfy(next -> assertThat(next.decides()).containsExactly("root"));
    }

    @Test
    void noMoreThanFourAreNamedAndTheProbeIsAmongThem() {
        List<Next> next = after(
                Scene.web(),
                root(Confidence.LIKELY),
                new Undecided(
                        "a",
                        List.of(
                                Source.NETWORK,
                                Source.METRICS,
                                Source.BACKENDS,
                                Source.ACCESS_LOG,
                                Source.ACTIVITY_LOG)));

        assertThat(pages(next)).hasSize(4).endsWith(PROBE);
        assertThat(next.get(3).decides()).containsExactly("root");
    }

    @Test
    void theProbeStandsOnceAndWhereItsWeightPutsIt() {
        List<Next> next =
                after(Scene.web(), root(Confidence.LIKELY), new Undecided("a", List.of(Source.DIRECT_PROBE), true));

        assertThat(pages(next)).containsExactly(PROBE);
        assertThat(next.get(0).decides()).containsExactly("a", "root");
    }

    /** One who tried and failed has nothing to turn on; one who tried and saw has nothing left to see. */
    @Test
    void theProbeIsNotNamedWhereItWasTried() {
        Undecided open = new Undecided("a", List.of(Source.NETWORK));

        assertThat(pages(after(Scene.web().refused(Source.DIRECT_PROBE), root(Confidence.LIKELY), open)))
                .containsExactly("network");
        assertThat(pages(after(Scene.web().document(Source.DIRECT_PROBE, "[]"), root(Confidence.LIKELY), open)))
                .containsExactly("network");
    }

    @Test
    void theProbeSaysNothingOfAFaultOfTheGatewayItself() {
        Cause ofGateway = Fake.of("root", Confidence.LIKELY).at(Cause.AtFault.GATEWAY);

        assertThat(pages(after(
                        Scene.web(),
                        root(Confidence.LIKELY),
                        Optional.of(ofGateway),
                        new Undecided("a", List.of(Source.NETWORK)))))
                .containsExactly("network");
    }

    @Test
    void nothingMoreIsNeededOnceACauseIsConfirmed() {
        assertThat(after(Scene.web(), root(Confidence.CONFIRMED), new Undecided("a", List.of(Source.NETWORK))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Conclusion.class,
            names = {"RECOVERED", "NO_FAULT_FOUND"})
    void nothingMoreIsNeededWhereNothingFails(Conclusion conclusion) {
        assertThat(after(Scene.web(), conclusion(conclusion), new Undecided("a", List.of(Source.NETWORK))))
                .isEmpty();
    }

    @Test
    void aConfirmedCauseThatAProbeCouldStillChangeSaysSo() {
        List<Next> next = after(Scene.web(), root(Confidence.CONFIRMED), Optional.of(new Open("root")));

        assertThat(pages(next)).containsExactly(PROBE);
        assertThat(next.get(0).decides()).containsExactly("other", "root");
        assertThat(after(
                        Scene.web().document(Source.DIRECT_PROBE, "[]"),
                        root(Confidence.CONFIRMED),
                        Optional.of(new Open("root"))))
                .isEmpty();
    }

    @Test
    void whereNoCauseIsNamedWhatTheFailuresPointToComesFirst() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.TIMED_OUT)
                .refused(Source.NETWORK)
                .refused(Source.BACKENDS);

        assertThat(pages(after(
                        scene,
                        conclusion(Conclusion.INSUFFICIENT_EVIDENCE),
                        new Undecided("a", List.of(Source.METRICS)),
                        new Undecided("b", List.of(Source.METRICS, Source.BACKENDS)),
                        new Undecided("c", List.of(Source.METRICS, Source.NETWORK)))))
                .startsWith("network", "backends", "metrics");
    }

    @Test
    void aLogThatNobodyKeepsIsToBeSwitchedOn() {
        Scene scene =
                Scene.web().document(Source.ACCESS_LOG, "[]").document(Source.DIAGNOSTIC_SETTINGS, "{'value':[]}");

        assertThat(pages(after(scene, root(Confidence.LIKELY), new Undecided("a", List.of(Source.ACCESS_LOG)))))
                .contains("enable-access-log");
    }

    /** The lock refuses its reader in the portal as well: what helps is another lock. */
    @Test
    void healthThatALockBlocksIsNotAskedForButTheLock() {
        Scene scene = Scene.web()
                .document(
                        Source.BACKEND_HEALTH,
                        "{'error':{'code':'ScopeLocked','message':'cannot perform write operation'}}");

        List<Next> next = after(
                scene,
                root(Confidence.LIKELY),
                new Undecided("a", List.of(Source.BACKEND_HEALTH, Source.ON_DEMAND_HEALTH)));

        assertThat(pages(next)).contains("backend-health-locked").doesNotContain("backend-health", "on-demand-health");
        assertThat(next.get(0).text()).contains("a read-only lock blocks it");
    }

    @Test
    void whatAllowsACheckIsToldForEachUnreadSource() {
        List<Next> next = NextEvidence.allowing(
                List.of(
                        new Undecided("b", List.of(Source.METRICS, Source.NETWORK)),
                        new Undecided("a", List.of(Source.METRICS))),
                List.of(
                        unread(Source.NETWORK),
                        unread(Source.METRICS),
                        unread(Source.BACKENDS),
                        new SourceRead(Source.GATEWAY, SourceRead.State.PRESENT, Optional.empty(), "")));

        assertThat(pages(next)).containsExactly("network", "metrics");
        assertThat(next).extracting(Next::decides).containsExactly(List.of("b"), List.of("a", "b"));
    }

    private static SourceRead unread(Source source) {
        return new SourceRead(source, SourceRead.State.COULD_NOT_READ, Optional.of(Why.FORBIDDEN), "no");
    }
}
