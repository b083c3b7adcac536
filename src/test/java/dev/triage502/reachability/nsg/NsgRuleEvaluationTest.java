package dev.triage502.reachability.nsg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network.SecurityRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NsgRuleEvaluationTest {

    private static List<SecurityRule> rules(IntStream priorities) {
        return priorities
                .mapToObj(each -> SecurityRule.builder()
                        .name("rule-" + each)
                        .id("rule-" + each)
                        .priority(each)
                        .protocol("*")
                        .build())
                .toList();
    }

    @Test
    void aNewRuleGetsTheGreatestFreeNumberThatWins() {
        assertThat(NsgRuleEvaluation.freeBelow(300, rules(IntStream.of(299, 298, 300))))
                .hasValue(297);
        assertThat(NsgRuleEvaluation.freeBelow(300, List.of())).hasValue(299);
    }

    @Test
    void theNumbersOfRulesGoFrom100To4096() {
        assertThat(NsgRuleEvaluation.freeBelow(65000, List.of())).hasValue(4096);
        assertThat(NsgRuleEvaluation.freeBelow(101, List.of())).hasValue(100);
        assertThat(NsgRuleEvaluation.freeBelow(100, List.of())).isEmpty();
        assertThat(NsgRuleEvaluation.freeBelow(103, rules(IntStream.rangeClosed(100, 102))))
                .isEmpty();
    }
}
