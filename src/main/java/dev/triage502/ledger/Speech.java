package dev.triage502.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said of an incident.
 *
 * @param count    how many messages there were
 * @param messages the latest of them, the oldest first
 * @param pending  what is to be said when the least pause is over
 */
public record Speech(int count, List<IncidentMessage> messages, Optional<Pending> pending) {

    private static final int MOST_MESSAGES = 40;

    /** Something that waits to be said. */
    public record Pending(MessageReason reason, String sentence) {}

    public Speech {
        messages = List.copyOf(messages);
    }

    static Speech none() {
        return new Speech(0, List.of(), Optional.empty());
    }

    Speech waitingFor(Optional<Pending> next) {
        return new Speech(count, messages, next);
    }

    Speech said(IncidentMessage message) {
        List<IncidentMessage> all = new ArrayList<>(messages);
        all.add(message);
        return new Speech(
                message.number(), all.subList(Math.max(0, all.size() - MOST_MESSAGES), all.size()), Optional.empty());
    }

    Speech settled(int number) {
        return new Speech(
                count,
                messages.stream()
                        .map(each -> each.number() == number ? each.asSettled() : each)
                        .toList(),
                pending);
    }

    Optional<Instant> lastAt() {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.get(messages.size() - 1).at());
    }

    /** The reason of the latest message. */
    Optional<MessageReason> lastReason() {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.get(messages.size() - 1).reason());
    }

    /** The messages of which it is not known that each channel has them. */
    public List<IncidentMessage> unsettled() {
        return messages.stream().filter(each -> !each.settled()).toList();
    }
}
