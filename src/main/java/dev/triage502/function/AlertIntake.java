package dev.triage502.function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.incident.Alert;
import dev.triage502.incident.AlertBatch;
import dev.triage502.incident.Incident;
import dev.triage502.ledger.AlertBookkeeping;
import dev.triage502.ledger.AlertDecision;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Logger;

/** Takes in alerts: enters each in the ledger, and sees that what it opens is looked at. */
final class AlertIntake {

    private final Store store;
    private final Clock clock;

    AlertIntake(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes them in, in their order.
     *
     * @return {@code {"incidents":[{"id","gateway"}],"ignored":[{"why"}]}}, and {@code closed} like the first where an
     *     alert ended an incident
     * @throws RuntimeException if one could not be taken in; all may then be brought again, and nothing is done twice
     */
    JsonObject take(AlertBatch alerts, Logger log) {
        JsonArray incidents = new JsonArray();
        JsonArray closed = new JsonArray();
        JsonArray ignored = new JsonArray();
        for (Alert alert : alerts.alerts()) {
            AlertDecision decision = take(alert, log);
            if (decision.what() == What.CLOSED) {
                decision.incident().ifPresent(incident -> add(closed, incident));
            } else if (alert.condition() == Alert.Condition.FIRED
                    && decision.incident().isPresent()) {
                add(incidents, decision.incident().get());
            } else {
                ignored.add(why(why(alert, decision)));
            }
        }
        for (AlertBatch.Ignored each : alerts.ignored()) {
            log.info("alert ignored: " + each.why());
            ignored.add(why(each.why()));
        }
        JsonObject answer = new JsonObject();
        answer.add("incidents", incidents);
        answer.add("ignored", ignored);
        if (!closed.isEmpty()) {
            answer.add("closed", closed);
        }
        return answer;
    }

    private AlertDecision take(Alert alert, Logger log) {
        AlertDecision decision =
                store.ledger().turn(alert.gateway(), page -> AlertBookkeeping.enter(page, alert, clock.instant()));
        if (decision.announce()) {
            announce(decision.incident().orElseThrow(), decision.revision());
        }
        log.info("alert \"" + alert.rule() + "\" of " + alert.gateway().name() + ": "
                + decision.what().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + decision.incident()
                        .map(incident -> " incident " + incident.id())
                        .orElse(""));
        return decision;
    }

    /** In this order, so that wherever it breaks off the same alert, brought again, takes it up. */
    private void announce(Incident incident, int revision) {
        store.reports().expect(incident, revision);
        store.queue()
                .send(
                        QueueNames.INCIDENTS,
                        new InvestigationMessage(incident, revision, true).toMessage(),
                        Duration.ZERO);
        store.ledger().turn(incident.gateway(), page -> AlertBookkeeping.announced(page, incident.id(), revision));
    }

    /** Several alerts of one body may belong to one incident, which is named once. */
    private static void add(JsonArray incidents, Incident incident) {
        JsonObject json = new JsonObject();
        json.addProperty("id", incident.id());
        json.addProperty("gateway", incident.gateway().toString());
        if (!incidents.contains(json)) {
            incidents.add(json);
        }
    }

    private static String why(Alert alert, AlertDecision decision) {
        String name = "alert \"" + alert.rule() + "\" of " + alert.gateway().name();
        if (decision.what() == What.ALREADY_OVER) {
            return name + " fired, but that it is over was told before";
        }
        return decision.incident()
                .map(incident -> name + " is resolved; others of incident " + incident.id() + " go on")
                .orElse(name + " is resolved, and no incident of it is open");
    }

    private static JsonObject why(String why) {
        JsonObject json = new JsonObject();
        json.addProperty("why", why);
        return json;
    }
}
