package dev.triage502.store;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody who knows said of a diagnosis.
 *
 * @param incident   the incident
 * @param revision   the investigation that named the cause
 * @param verdict    whether it was right
 * @param named      the id of the cause, or the conclusion, that was named
 * @param confidence how sure it was said to be; empty for a conclusion
 * @param cause      the id of the true cause; empty where nobody knows it
 * @param target     the name of what was at fault; may be empty
 * @param given      when and by whom it was said
 */
public record Feedback(
        String incident,
        int revision,
        Verdict verdict,
        String named,
        String confidence,
        String cause,
        String target,
        Given given) {

    /**
     * When and by whom something was said.
     *
     * @param by the name of whoever was signed in, {@code link} or {@code key}; empty for what versions before 0.2 kept
     */
    public record Given(Instant at, String by) {}

    /** Was the diagnosis right? */
    public enum Verdict {
        RIGHT,
        WRONG,
        UNSURE;

        /** As documents have it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The verdict with an id; empty if there is none. */
        public static Optional<Verdict> withId(String id) {
            return Stream.of(values()).filter(each -> each.id().equals(id)).findFirst();
        }
    }

    /** Whether its evidence is a case with a known cause. */
    public boolean hasKnownCause() {
        return !cause.isEmpty();
    }

    /** As the store and the API have it. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("incident", incident);
        json.addProperty("revision", revision);
        json.addProperty("verdict", verdict.id());
        json.addProperty("named", named);
        if (!confidence.isEmpty()) {
            json.addProperty("confidence", confidence);
        }
        if (!cause.isEmpty()) {
            json.addProperty("cause", cause);
        }
        if (!target.isEmpty()) {
            json.addProperty("target", target);
        }
        json.addProperty("at", given.at().toString());
        if (!given.by().isEmpty()) {
            json.addProperty("by", given.by());
        }
        return json;
    }

    static Feedback read(JsonObject json) {
        return new Feedback(
                text(json, "incident"),
                json.get("revision").getAsInt(),
                Verdict.withId(text(json, "verdict")).orElse(Verdict.UNSURE),
                text(json, "named"),
                text(json, "confidence"),
                text(json, "cause"),
                text(json, "target"),
                new Given(Instant.parse(text(json, "at")), text(json, "by")));
    }
}
