package dev.triage502.function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.incident.Alert;
import dev.triage502.incident.AlertBatch;
import dev.triage502.incident.AlertRule;
import dev.triage502.incident.Incident;
import dev.triage502.ledger.AlertBookkeeping;
import dev.triage502.ledger.AlertDecision;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.ledger.Ledger.Turn;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.util.Locale;
import java.util.logging.Logger;

/** Takes in alerts: enters each in the ledger, and sees that what it opens is looked at. */
final class AlertIntake {

    private final Store store;
    private final IncidentDesk desk;

    AlertIntake(Store store, IncidentDesk desk) {
        this.store = store;
        this.desk = desk;
    }

    /**
     * Takes them in, in their order.
     *
     * @return {@code {"incidents":[{"id","gateway"}],"ignored":[{"why"}]}}, and {@code closed} like the first where the
     *     last alert of an incident is resolved
     * @throws RuntimeException if one could not be taken in; all may then be brought again, and nothing is done twice
     */
    JsonObject take(AlertBatch alerts, Logger log) {
        JsonArray incidents = new JsonArray();
        JsonArray closed = new JsonArray();
        JsonArray ignored = new JsonArray();
        for (Alert each : alerts.alerts()) {
            Alert alert = storable(each);
            AlertDecision decision = take(alert, log);
            if (decision.what() == What.ENDED) {
                add(closed, decision.incident());
            } else if (alert.condition() == Alert.Condition.FIRED || decision.what() == What.OPENED_OVER) {
                add(incidents, decision.incident());
            } else {
                ignored.add(why(why(alert, decision)));
            }
        }
        for (AlertBatch.Ignored each : alerts.ignored()) {
            log.info("alert ignored: " + each.why());
            ignored.add(why(each.why()));
            ignore(each.why(), log);
        }
        JsonObject answer = new JsonObject();
        answer.add("incidents", incidents);
        answer.add("ignored", ignored);
        if (!closed.isEmpty()) {
            answer.add("closed", closed);
        }
        return answer;
    }

    /** With a name of its rule that holds no secret, and no character that hides or forges text: it is shown and stored. */
    private static Alert storable(Alert alert) {
        return alert.of(new AlertRule(
                LogRedaction.line(alert.rule().name()), alert.rule().severity()));
    }

    /** Notes why something that came leads to no incident; a store that fails then must not keep the alerts out. */
    void ignore(String why, Logger log) {
        try {
            store.ignoredAlerts().add(LogRedaction.line(why), desk.now());
        } catch (RuntimeException fault) {
            log.warning("could not store why an alert was ignored: " + fault.getMessage());
        }
    }

    private AlertDecision take(Alert alert, Logger log) {
        record Taken(AlertDecision decision, int told) {}
        Taken taken = store.ledger().turn(alert.gateway(), page -> {
            Turn<AlertDecision> turn = AlertBookkeeping.enter(page, alert, desk.rules(), desk.now());
            String id = turn.result().entry().id();
            int told = page.entry(id).map(entry -> entry.speech().count()).orElse(0);
            return new Turn<>(turn.page(), new Taken(turn.result(), told));
        });
        AlertDecision decision = taken.decision();
        desk.carryOut(decision.entry(), decision.announce(), taken.told(), log);
        log.info("alert \"" + alert.rule().name() + "\" of " + alert.gateway().name() + ": "
                + decision.what().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " incident "
                + decision.incident().id());
        return decision;
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
        String name =
                "alert \"" + alert.rule().name() + "\" of " + alert.gateway().name() + " is resolved; ";
        String id = decision.incident().id();
        return decision.what() == What.REPEATED
                ? name + "already known for incident " + id
                : name + "other alerts of incident " + id + " are not";
    }

    private static JsonObject why(String why) {
        JsonObject json = new JsonObject();
        json.addProperty("why", why);
        return json;
    }
}
