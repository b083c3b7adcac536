package dev.triage502.ledger;

import java.time.Instant;

/**
 * A message about an incident, to every channel.
 *
 * @param number   its place among the messages about the incident, from 1
 * @param revision the investigation whose report it carries
 * @param reason   why it is sent
 * @param event    the reason's id; of a flapping incident with how often it began
 * @param state    the incident's state when it was decided on
 * @param at       when it was decided on
 * @param sentence what happened
 * @param settled  whether each channel has it, or was given up
 */
public record IncidentMessage(
        int number,
        int revision,
        MessageReason reason,
        String event,
        LifeState state,
        Instant at,
        String sentence,
        boolean settled) {

    IncidentMessage asSettled() {
        return new IncidentMessage(number, revision, reason, event, state, at, sentence, true);
    }
}
