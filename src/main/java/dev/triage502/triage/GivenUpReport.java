package dev.triage502.triage;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.incident.CloudName;
import dev.triage502.incident.Incident;
import dev.triage502.report.CausePages;
import dev.triage502.report.DocumentWriter;
import dev.triage502.report.ProductVersion;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import java.time.Instant;
import java.util.Map;

/**
 * The report of an incident whose investigation was given up: that nothing is known, and why. It asks no cause and no
 * analysis, since one of them may be what failed.
 */
public final class GivenUpReport {

    private GivenUpReport() {}

    /**
     * The report.
     *
     * @param cloud    in which Azure the gateway is
     * @param why      what kept the incident from being investigated
     * @param again    how to have it investigated again
     * @param listener hears of each part of the report that could not be written
     */
    public static Report of(
            Incident incident,
            CloudName cloud,
            String why,
            String again,
            Instant now,
            GuardedChecks.Listener listener) {
        DocumentWriter writer = new DocumentWriter(CausePages.bundled(), ProductVersion.producer());
        Diagnosis diagnosis = Diagnostician.withoutInvestigation(incident, why, again);
        return Report.of(writer.write(diagnosis, RunInfo.live(cloud, now, Map.of()), listener), listener);
    }
}
