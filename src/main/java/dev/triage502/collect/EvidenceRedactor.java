package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.Map;
import java.util.Optional;

/**
 * Takes out of evidence what is nobody's business who reads it later: clients' addresses, query strings, values of
 * authorisation and cookie headers, what a container or a machine is given as configuration, and the names of those who
 * made changes. What is compared with something else is replaced alike everywhere, so that a diagnosis finds what it
 * would have found.
 */
public final class EvidenceRedactor {

    /** Deeper than Azure nests; what is deeper is treated as text. */
    private static final int DEEPEST_INNER_DOCUMENT = 64;

    private final boolean hidesNames;

    private EvidenceRedactor(boolean hidesNames) {
        this.hidesNames = hidesNames;
    }

    /** What is always taken out. */
    public static EvidenceRedactor standard() {
        return new EvidenceRedactor(false);
    }

    /** As well: subscriptions' ids and host names, each replaced by a name of its own. */
    public static EvidenceRedactor hidingNames() {
        return new EvidenceRedactor(true);
    }

    /** The case without it; the gateway is named as the documents name it afterwards. */
    public RecordedCase redact(RecordedCase recorded) {
        SourceDocuments clean = each(recorded.documents(), new RedactionRules());
        if (!hidesNames) {
            return new RecordedCase(
                    recorded.id(),
                    recorded.title(),
                    recorded.gateway(),
                    recorded.alertedAt(),
                    recorded.expected(),
                    clean,
                    recorded.window());
        }
        NameMasking names = new NameMasking(recorded.gateway(), clean);
        return new RecordedCase(
                names.hide(recorded.id()),
                names.hide(recorded.title()),
                ResourceId.of(names.hide(recorded.gateway().toString())),
                recorded.alertedAt(),
                recorded.expected(),
                each(clean, names),
                recorded.window());
    }

    /** Something done to every text of a document. */
    interface Change {

        /** The text to stand in place of another, found in an object under a name; {@code in} is that object. */
        String text(JsonObject in, String name, String text);

        /** Whether what stands under a name is to go as a whole. */
        boolean drops(JsonObject in, String name);

        /** The text to stand in place of the value of a resource's tag. */
        default String tag(String name, String text) {
            return text(new JsonObject(), name, text);
        }
    }

    private static SourceDocuments each(SourceDocuments documents, Change change) {
        SourceDocuments changed = SourceDocuments.none();
        for (Source source : Source.values()) {
            Reading<JsonElement> reading = documents.get(source);
            if (reading instanceof CouldNotRead<JsonElement> unread) {
                String detail = change.text(new JsonObject(), "detail", unread.detail());
                changed = changed.with(source, Reading.couldNotRead(source, unread.why(), detail));
            } else {
                changed = changed.with(source, reading.map(document -> walked(document, change)));
            }
        }
        return changed;
    }

    private static JsonElement walked(JsonElement element, Change change) {
        return walked(new JsonObject(), "", element, change);
    }

    private static JsonElement walked(JsonObject in, String name, JsonElement element, Change change) {
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(walked(in, name, each, change)));
            return copy;
        }
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                if (entry.getKey().equalsIgnoreCase("tags") && entry.getValue() instanceof JsonObject tags) {
                    copy.add(entry.getKey(), tags(tags, change));
                } else if (!change.drops(object, entry.getKey())) {
                    copy.add(entry.getKey(), walked(object, entry.getKey(), entry.getValue(), change));
                }
            }
            return copy;
        }
        boolean isText = element instanceof JsonPrimitive primitive && primitive.isString();
        return isText ? new JsonPrimitive(text(in, name, element.getAsString(), change)) : element;
    }

    /** Azure writes documents into texts: what was asked for, what an inner error said. They are changed like any other. */
    private static String text(JsonObject in, String name, String text, Change change) {
        Optional<JsonElement> inner = document(text);
        if (inner.isEmpty()) {
            return change.text(in, name, text);
        }
        JsonElement changed = walked(in, name, inner.get(), change);
        return changed.equals(inner.get()) ? text : changed.toString();
    }

    private static JsonObject tags(JsonObject tags, Change change) {
        JsonObject copy = new JsonObject();
        tags.entrySet()
                .forEach(tag -> copy.add(
                        tag.getKey(),
                        tag.getValue().isJsonPrimitive()
                                ? new JsonPrimitive(
                                        change.tag(tag.getKey(), tag.getValue().getAsString()))
                                : walked(tags, tag.getKey(), tag.getValue(), change)));
        return copy;
    }

    /** How deep brackets nest; those in texts count too, which errs on the safe side. */
    private static int deepest(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static Optional<JsonElement> document(String text) {
        String bare = text.strip();
        boolean mayBe = bare.startsWith("{") || bare.startsWith("[");
        if (!mayBe || deepest(bare) > DEEPEST_INNER_DOCUMENT) {
            return Optional.empty();
        }
        try {
            JsonElement inner = JsonParser.parseString(bare);
            return inner.isJsonPrimitive() ? Optional.empty() : Optional.of(inner);
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }
}
