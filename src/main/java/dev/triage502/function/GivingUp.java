package dev.triage502.function;

import dev.triage502.collect.DefectLog;
import dev.triage502.incident.CloudName;
import dev.triage502.incident.Incident;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LookBookkeeping;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.Store;
import dev.triage502.triage.GivenUpReport;
import java.util.Optional;
import java.util.logging.Logger;

/** Says of an investigation that it is given up, so that whoever is on call does not wait for it. */
final class GivingUp {

    private final Store store;
    private final IncidentDesk desk;
    private final ReportDispatch dispatch;
    private final CloudName cloud;

    GivingUp(Store store, IncidentDesk desk, ReportDispatch dispatch, CloudName cloud) {
        this.cloud = cloud;
        this.store = store;
        this.desk = desk;
        this.dispatch = dispatch;
    }

    /** The request that has an incident investigated again. */
    static String again(Incident incident) {
        return "GET /api/diagnose?gateway=" + incident.gateway() + "&from=" + incident.from() + "&to=" + incident.to();
    }

    /** Gives an investigation up: keeps a report that says so where there is no other, and enters it in the ledger. */
    void giveUp(Incident incident, int revision, String why, Logger log) {
        keep(incident, revision, why, log);
        Optional<LedgerEntry> entry = desk.turn(
                incident.gateway(),
                (page, now) -> LookBookkeeping.gaveUp(page, incident.id(), revision, why, desk.rules(), now),
                incident.id(),
                log);
        if (entry.isEmpty()) {
            dispatch.queue(incident.id(), revision, log);
        }
    }

    /** Keeps a report that says so, where the incident has no other. */
    void keep(Incident incident, int revision, String why, Logger log) {
        int kept = store.reports().state(incident.id()).map(State::kept).orElse(0);
        if (kept == 0) {
            store.reports()
                    .keep(
                            incident,
                            revision,
                            GivenUpReport.of(
                                    incident,
                                    cloud,
                                    "the investigation was given up: " + why,
                                    "Have it investigated again: " + again(incident),
                                    desk.now(),
                                    new DefectLog(log, incident.id())));
        }
    }
}
