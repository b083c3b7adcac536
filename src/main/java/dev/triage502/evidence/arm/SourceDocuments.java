package dev.triage502.evidence.arm;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.EnumMap;
import java.util.Map;

/**
 * What Azure said, a document a source, as it said it: a case folder in memory.
 *
 * <p>Live runs, replays and tests differ in nothing but where these came from. A source that nobody asked reads
 * {@link Why#NOT_COLLECTED}.
 */
public final class SourceDocuments {

    /** The code that stands in a recorded document for a defect of this program; Azure has an InternalError of its own. */
    public static final String INTERNAL_ERROR = "Triage502InternalError";

    private final Map<Source, Reading<JsonElement>> readings;

    private SourceDocuments(Map<Source, Reading<JsonElement>> readings) {
        this.readings = new EnumMap<>(readings);
    }

    public static SourceDocuments none() {
        return new SourceDocuments(new EnumMap<>(Source.class));
    }

    public static SourceDocuments of(Map<Source, Reading<JsonElement>> readings) {
        EnumMap<Source, Reading<JsonElement>> copy = new EnumMap<>(Source.class);
        copy.putAll(readings);
        return new SourceDocuments(copy);
    }

    /** What came of asking this source. */
    public Reading<JsonElement> get(Source source) {
        return readings.getOrDefault(source, Reading.notCollected(source));
    }

    /** These, with another reading of one source. */
    public SourceDocuments with(Source source, Reading<JsonElement> reading) {
        EnumMap<Source, Reading<JsonElement>> copy = new EnumMap<>(Source.class);
        copy.putAll(readings);
        copy.put(source, reading);
        return new SourceDocuments(copy);
    }

    /** These, as if one source had never been asked. */
    public SourceDocuments without(Source source) {
        EnumMap<Source, Reading<JsonElement>> copy = new EnumMap<>(Source.class);
        copy.putAll(readings);
        copy.remove(source);
        return new SourceDocuments(copy);
    }

    /** These, with one document; an error that Azure answered in its place is a reading that says why. */
    public SourceDocuments with(Source source, JsonElement document) {
        return with(source, asReading(source, document));
    }

    /**
     * The reading that a document is: itself, or, when it is the error document of Azure's
     * ({@code {"error":{"code","message"}}} and nothing else that could be used), why the source could not be read.
     */
    public static Reading<JsonElement> asReading(Source source, JsonElement document) {
        if (document instanceof JsonObject object
                && object.get("error") instanceof JsonObject error
                && !object.has("tables")
                && !object.has("value")) {
            String code = text(error, "code");
            String message = text(error, "message");
            Why why = ErrorCode.of(code).why();
            boolean ours = why == Why.INTERNAL_ERROR && !message.isEmpty();
            return Reading.couldNotRead(source, why, message.isEmpty() ? code : ours ? message : code + ": " + message);
        }
        return Reading.present(document);
    }
}
