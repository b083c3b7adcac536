package dev.triage502.cli;

import dev.triage502.cli.LiveDiagnosis.Told;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several gateways at once: a table of all, then a report for each that has a fault or cannot be told. */
record GatewayRound(LiveDiagnosis diagnosis, Console console, ReportOptions report) {

    /** Each asks a dozen sources at once, and Azure throttles who asks too much. */
    private static final int AT_ONCE = 3;

    private static final String ROW = "%-12s %-30s %s%n";

    OutcomeCode of(List<Incident> incidents, Instant now) throws InterruptedException {
        List<Told> told = told(incidents, now);
        List<OutcomeCode> outcomes =
                told.stream().map(each -> OutcomeCode.of(each.report())).toList();
        if (report.isForPeople()) {
            console.out().printf(ROW, "OUTCOME", "GATEWAY", "ANSWER");
            for (int i = 0; i < told.size(); i++) {
                console.out()
                        .printf(
                                ROW,
                                outcomes.get(i).words(),
                                incidents.get(i).gateway().name(),
                                told.get(i).report().headline());
            }
            console.out().println();
        }
        boolean first = true;
        for (int i = 0; i < told.size(); i++) {
            if (!report.isForPeople() || outcomes.get(i) != OutcomeCode.HEALTHY) {
                report.give(told.get(i).report(), told.get(i)::evidence, first, console);
                first = false;
            }
        }
        return OutcomeCode.worst(outcomes);
    }

    private List<Told> told(List<Incident> incidents, Instant now) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Told>> running = new ArrayList<>();
            for (Incident incident : incidents) {
                running.add(threads.submit(() -> {
                    Told told = diagnosis.tell(incident, now, CollectionProgress.none());
                    done(incident);
                    return told;
                }));
            }
            List<Told> told = new ArrayList<>();
            for (Future<Told> each : running) {
                told.add(each.get());
            }
            return told;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void done(Incident incident) {
        synchronized (console) {
            console.err().println("  " + incident.gateway().name() + "  read");
            console.err().flush();
        }
    }
}
