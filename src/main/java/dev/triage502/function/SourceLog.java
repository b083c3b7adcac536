package dev.triage502.function;

import com.google.gson.JsonElement;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.RefusalSummary;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A line in the log for each source that was asked. */
record SourceLog(String incident, Logger log) implements CollectionProgress {

    @Override
    public void failed(Source source, Throwable defect) {
        defects().failed(source.words(), defect);
    }

    /** Where defects in what follows the reading are logged, under the same incident. */
    DefectLog defects() {
        return new DefectLog(log, incident);
    }

    @Override
    public void read(Source source, Reading<JsonElement> reading, Duration took) {
        String what = reading.unread()
                .map(unread -> "not read: " + RefusalSummary.of(unread))
                .orElse(reading.isPresent() ? "read" : "none");
        boolean asked = reading.unread()
                .filter(unread -> unread.why() != Why.NOT_COLLECTED)
                .isPresent();
        String line = String.format(
                Locale.ROOT, "%s: %s %s (%.1f s)", incident, source.words(), what, took.toMillis() / 1000.0);
        log.log(reading.unread().isEmpty() ? Level.INFO : asked ? Level.WARNING : Level.FINE, line);
    }
}
