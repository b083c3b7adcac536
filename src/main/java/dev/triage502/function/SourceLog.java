package dev.triage502.function;

import com.google.gson.JsonElement;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.DefectLog;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.time.Duration;
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
                .map(unread -> "could not be read: " + unread.why().words() + ": " + unread.detail())
                .orElse(reading.isPresent() ? "read" : "absent");
        Level level = reading.unread().isPresent() ? Level.WARNING : Level.INFO;
        log.log(level, incident + ": " + source.words() + " " + what + " (" + took.toMillis() + " ms)");
    }
}
