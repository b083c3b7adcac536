package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricAnswerTest {

    @Test
    void aMetricThatWasAnsweredIsNotRefused() {
        assertThat(MetricAnswer.refusalOf(Json.of("{'name':{'value':'Throughput'},'errorCode':'success'}")))
                .isEmpty();
        assertThat(MetricAnswer.refusalOf(Json.of("{'name':{'value':'Throughput'}}")))
                .isEmpty();
    }

    @Test
    void oneThatWasRefusedInsideTheAnswerSaysWhy() {
        assertThat(MetricAnswer.refusalOf(Json.of("{'errorCode':'Throttled','errorMessage':'Later.'}")))
                .get()
                .satisfies(refusal -> assertThat(refusal.detail()).isEqualTo("Throttled: Later."));
    }

    @Test
    void aMetricWithoutANameIsAQuestionMark() {
        assertThat(MetricAnswer.nameOf(Json.of("{'unit':'Count'}"))).isEqualTo("?");
        assertThat(MetricAnswer.nameOf(Json.of("{'name':{'value':'Throughput'}}")))
                .isEqualTo("Throughput");
    }
}
