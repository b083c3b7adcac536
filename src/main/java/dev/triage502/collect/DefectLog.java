package dev.triage502.collect;

import dev.triage502.evidence.GuardedChecks;
import dev.triage502.redaction.LogRedaction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes a defect of this program to the log, with its stack trace: for whoever reports it as a bug. */
public record DefectLog(Logger log, String incident) implements GuardedChecks.Listener {

    /** For programs that have one log. */
    public static DefectLog ofProgram(String incident) {
        return new DefectLog(LogRedaction.on(Logger.getLogger(DefectLog.class.getName())), incident);
    }

    @Override
    public void failed(String check, Throwable defect) {
        log.log(
                Level.SEVERE,
                incident + ": internal error in triage502: " + check + " could not be checked: " + defect,
                defect);
    }
}
