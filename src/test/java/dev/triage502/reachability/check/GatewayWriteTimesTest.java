package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.change.GatewayWriteTimes;
import dev.triage502.reachability.change.ResourceOperations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayWriteTimesTest {

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final String WRITE = "Microsoft.Network/applicationGateways/write";

    private static Operation write(int from, int to, Outcome outcome, String caller) {
        return on(Scene.gatewayId(), from, to, outcome, caller);
    }

    /** An operation between two moments, in minutes from nine. */
    private static Operation on(ResourceId resource, int from, int to, Outcome outcome, String caller) {
        return Operation.builder()
                .name(WRITE)
                .resource(resource)
                .caller(caller)
                .started(at(from))
                .ended(at(to))
                .outcome(outcome)
                .category("Administrative")
                .code("")
                .message("")
                .build();
    }

    private static Instant at(int minutes) {
        return NINE.plusSeconds(60L * minutes);
    }

    private static GatewayWriteTimes of(Operation... operations) {
        ResourceOperations changes = new ResourceOperations(Optional.of(new ActivityLog(List.of(operations))));
        return new GatewayWriteTimes(changes, Optional.of(Scene.gatewayId()));
    }

    @Test
    void aLongWriteIsUnderWayThoughShorterOnesBeganAndEndedSince() {
        Operation longest = write(-30, 10, Outcome.SUCCEEDED, "agic");
        GatewayWriteTimes writes =
                of(longest, write(-20, -18, Outcome.SUCCEEDED, "a"), write(-10, -9, Outcome.SUCCEEDED, "b"));

        assertThat(writes.under(at(0))).contains(longest);
        assertThat(writes.under(at(11))).isEmpty();
        assertThat(writes.under(at(-40))).isEmpty();
    }

    @Test
    void aWriteOfWhichNoEndIsKnownIsUnderWayForTwoHours() {
        GatewayWriteTimes writes = of(write(0, 0, Outcome.STARTED, "agic"));

        assertThat(writes.under(at(119))).isPresent();
        assertThat(writes.under(at(120))).isEmpty();
    }

    @Test
    void writesOfAnotherGatewayAndRefusedOnesAreNone() {
        GatewayWriteTimes writes = of(
                on(ResourceId.of(Scene.gatewayId() + "-2"), -5, 5, Outcome.SUCCEEDED, "agic"),
                write(-5, 5, Outcome.FAILED, "agic"));

        assertThat(writes.under(at(0))).isEmpty();
    }

    @Test
    void anyWriteBeforeTheFailureRenewsAndALaterOneOfTheSameWriter() {
        Operation replaced = write(0, 0, Outcome.SUCCEEDED, "nodes");
        Operation before = write(-60, -59, Outcome.SUCCEEDED, "agic-1");

        assertThat(of(before, write(5, 6, Outcome.SUCCEEDED, "other")).renewed(replaced, at(10)))
                .isTrue();
        assertThat(of(before, write(15, 16, Outcome.SUCCEEDED, "agic-2")).renewed(replaced, at(10)))
                .isFalse();
        assertThat(of(before, write(15, 16, Outcome.SUCCEEDED, "agic-1")).renewed(replaced, at(10)))
                .isTrue();
        assertThat(of(write(15, 16, Outcome.SUCCEEDED, "agic-2")).renewed(replaced, at(10)))
                .isTrue();
        assertThat(of(before).renewed(replaced, at(10))).isFalse();
    }
}
