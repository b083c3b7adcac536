package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What reach makes of the whole corpus: the right step where a case turns on one, and never one that it rules out. */
class ReachCasesTest {

    private static final Map<String, Step> STEPS = Map.of(
            "backends-stopped", Step.STOPPED,
            "stale-backend-addresses", Step.STALE,
            "backend-name-resolves-elsewhere", Step.NAME_ELSEWHERE,
            "backend-name-unresolvable", Step.NAME_UNRESOLVED,
            "backend-address-unreachable", Step.NO_WAY,
            "route-diverts-backend-traffic", Step.DIVERTED,
            "nsg-blocks-backend", Step.DENIED,
            "backend-not-listening", Step.NOT_LISTENING);

    static List<RecordedCase> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStepThatACaseTurnsOnIsFoundWithItsTarget(RecordedCase each) {
        RecordedCase.Expected expected = each.expected().orElseThrow();
        Step step = STEPS.get(expected.rootCause());
        boolean failsNow = reach(each, each.documents()).legs().stream().anyMatch(ReachabilityResult.Leg::failing);
        boolean mayStayUntold = expected.alsoAcceptable().contains("insufficient-evidence");
        if (step == null || !failsNow || mayStayUntold) {
            return;
        }
        List<Finding> found = found(reach(each, each.documents())).getOrDefault(step, List.of());

        assertThat(found).isNotEmpty();
        expected.target().ifPresent(target -> assertThat(found).anyMatch(finding -> names(finding, target)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingIsFoundThatACaseRulesOut(RecordedCase each) {
        assertRulesNothingIn(each, each.documents(), "whole");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void norWhereADocumentIsMissing(RecordedCase each) {
        for (Source source : Source.values()) {
            if (each.documents().get(source).isPresent()) {
                assertRulesNothingIn(each, each.documents().without(source), "without " + source.id());
            }
        }
    }

    private static void assertRulesNothingIn(RecordedCase each, SourceDocuments documents, String how) {
        Map<Step, List<Finding>> found = found(reach(each, documents));
        for (String forbidden : each.expected().orElseThrow().mustNotName()) {
            Step step = STEPS.get(forbidden);
            if (step != null) {
                assertThat(found.getOrDefault(step, List.of()))
                        .as(each.id() + " " + how + ": " + forbidden)
                        .isEmpty();
            }
        }
    }

    private static ReachabilityResult reach(RecordedCase each, SourceDocuments documents) {
        return ReachabilityAnalysis.of(EvidenceReader.read(each.incident(), documents));
    }

    private static Map<Step, List<Finding>> found(ReachabilityResult reach) {
        Map<Step, List<Finding>> found = new TreeMap<>();
        for (Step step : Step.values()) {
            List<Finding> all = new ArrayList<>();
            for (Reading<List<Finding>> reading : List.of(reach.shows(step), reach.hints(step))) {
                reading.toOptional().ifPresent(all::addAll);
            }
            if (!all.isEmpty()) {
                found.put(step, all);
            }
        }
        return found;
    }

    private static boolean names(Finding finding, String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        return finding.target().name().toLowerCase(Locale.ROOT).equals(lower)
                || finding.target().id().toLowerCase(Locale.ROOT).contains("/" + lower)
                || finding.target().on().values().stream().anyMatch(target::equalsIgnoreCase);
    }
}
