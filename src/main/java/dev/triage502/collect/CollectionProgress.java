package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.time.Duration;

/** Whoever wants to know how far an investigation is. One call at a time, from any thread. */
public interface CollectionProgress {

    /** A source is being asked now. */
    default void started(Source source) {}

    /** What came of asking a source, and how long that took. Called once for each source that was to be asked. */
    void read(Source source, Reading<JsonElement> reading, Duration took);

    /** A source could not be read because of a defect of this program. Called once, before {@link #read}. */
    default void failed(Source source, Throwable defect) {
        DefectLog.ofProgram("investigation").failed(source.words(), defect);
    }

    /** Nobody wants to know. */
    static CollectionProgress none() {
        return (source, reading, took) -> {};
    }
}
