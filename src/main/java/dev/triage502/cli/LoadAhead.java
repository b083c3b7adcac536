package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.incident.Incident;
import dev.triage502.report.RunInfo;
import dev.triage502.report.TextReport;
import dev.triage502.triage.Triage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what a diagnosis needs while Azure is waited for: diagnoses a case that ships with the program, in a thread of its own.
 * A third of a second less passes then between Azure's last answer and the report.
 */
final class LoadAhead {

    private final Triage triage;
    private final AtomicBoolean begun = new AtomicBoolean();

    LoadAhead(Triage triage) {
        this.triage = triage;
    }

    /** Begins, if it has not begun yet, and returns at once. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::diagnoseShipped, "triage502-load");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void diagnoseShipped() {
        RecordedCase shipped = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        Incident incident = shipped.incident();
        new TextReport(false)
                .render(triage.report(incident, shipped.documents(), RunInfo.replay(incident, shipped.id())));
    }
}
