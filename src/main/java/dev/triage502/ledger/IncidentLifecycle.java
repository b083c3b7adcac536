package dev.triage502.ledger;

import static dev.triage502.ledger.LifeState.CHANGED;
import static dev.triage502.ledger.LifeState.CLOSED;
import static dev.triage502.ledger.LifeState.DIAGNOSED;
import static dev.triage502.ledger.LifeState.FLAPPING;
import static dev.triage502.ledger.LifeState.GIVEN_UP;
import static dev.triage502.ledger.LifeState.INVESTIGATING;
import static dev.triage502.ledger.LifeState.OPEN;
import static dev.triage502.ledger.LifeState.RECOVERED;
import static dev.triage502.ledger.LifeState.RESOLVED;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The life of an incident: from which state what leads where, and what is said of it. The table is the whole of it; what
 * stands in no row changes nothing and is not reported.
 */
public final class IncidentLifecycle {

    /** One way from some states to another; {@code says} is the message that it leads to, if any. */
    public record Transition(Set<LifeState> from, LifeEvent event, LifeState to, Optional<MessageReason> says) {}

    private static final Set<LifeState> NOT_DIAGNOSED = EnumSet.of(OPEN, INVESTIGATING, GIVEN_UP);
    private static final Set<LifeState> FAILING = EnumSet.of(OPEN, INVESTIGATING, GIVEN_UP, DIAGNOSED, CHANGED);
    private static final Set<LifeState> OVER = EnumSet.of(RESOLVED, RECOVERED);
    private static final Set<LifeState> NOT_CLOSED = EnumSet.complementOf(EnumSet.of(CLOSED));

    /** Every transition that there is. */
    public static final List<Transition> TABLE = List.of(
            silent(EnumSet.of(RESOLVED, RECOVERED, GIVEN_UP, CLOSED), LifeEvent.FIRED, OPEN),
            says(EnumSet.allOf(LifeState.class), LifeEvent.FLAPPED, FLAPPING, MessageReason.FLAPPING),
            silent(EnumSet.of(OPEN, GIVEN_UP), LifeEvent.LOOK_BEGAN, INVESTIGATING),
            says(NOT_DIAGNOSED, LifeEvent.FAULT_FOUND, DIAGNOSED, MessageReason.FIRST_DIAGNOSIS),
            says(NOT_DIAGNOSED, LifeEvent.FAULT_RECURRED, DIAGNOSED, MessageReason.RECURRED),
            silent(NOT_DIAGNOSED, LifeEvent.FAULT_SAME, DIAGNOSED),
            says(FAILING, LifeEvent.FAULT_CHANGED, CHANGED, MessageReason.CHANGED),
            says(
                    EnumSet.of(OPEN, INVESTIGATING, GIVEN_UP, RESOLVED, RECOVERED),
                    LifeEvent.FAULT_BACK,
                    CHANGED,
                    MessageReason.CHANGED),
            says(
                    EnumSet.of(OPEN, INVESTIGATING, GIVEN_UP, DIAGNOSED, CHANGED, RESOLVED),
                    LifeEvent.RECOVERY_MEASURED,
                    RECOVERED,
                    MessageReason.RECOVERED),
            says(FAILING, LifeEvent.RECOVERY_UNMEASURED, RESOLVED, MessageReason.RESOLVED),
            says(EnumSet.of(OPEN, INVESTIGATING), LifeEvent.LOOK_GIVEN_UP, GIVEN_UP, MessageReason.GIVEN_UP),
            silent(EnumSet.of(FLAPPING), LifeEvent.CALM, OPEN),
            silent(EnumSet.of(RECOVERED), LifeEvent.SETTLED, CLOSED),
            silent(OVER, LifeEvent.HOUR_OVER, CLOSED),
            silent(NOT_CLOSED, LifeEvent.FOLLOWED_OUT, CLOSED));

    private IncidentLifecycle() {}

    /** Where an event leads from a state; empty where it changes nothing. */
    public static Optional<Transition> after(LifeState state, LifeEvent event) {
        return TABLE.stream()
                .filter(row -> row.event() == event && row.from().contains(state))
                .findFirst();
    }

    /** The table in Markdown, one row a transition. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| from | when | to | message |\n|---|---|---|---|\n");
        for (Transition row : TABLE) {
            String from = row.from().size() == LifeState.values().length
                    ? "any"
                    : row.from().equals(NOT_CLOSED)
                            ? "any but `closed`"
                            : row.from().stream()
                                    .map(state -> "`" + state.id() + "`")
                                    .collect(Collectors.joining(", "));
            text.append("| ")
                    .append(from)
                    .append(" | ")
                    .append(row.event().words())
                    .append(" | `")
                    .append(row.to().id())
                    .append("` | ")
                    .append(row.says().map(MessageReason::words).orElse("–"))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static Transition silent(Set<LifeState> from, LifeEvent event, LifeState to) {
        return new Transition(from, event, to, Optional.empty());
    }

    private static Transition says(Set<LifeState> from, LifeEvent event, LifeState to, MessageReason reason) {
        return new Transition(from, event, to, Optional.of(reason));
    }
}
