package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.incident.CloudName;
import dev.triage502.json.JsonTree;

/**
 * The diagnosis as the one JSON document that replay, webhook, HTTP and store share; its shape is
 * {@code schema/diagnosis-v1.json} in the jar.
 *
 * <p>Within v1 fields may be added; none goes or changes its meaning.
 */
public record DiagnosisDocument(JsonObject json) {

    /** The id of the shape. */
    public static final String SCHEMA = "triage502/diagnosis/v1";

    /**
     * A document that was stored.
     *
     * @throws IllegalArgumentException if it is another kind of document
     */
    public static DiagnosisDocument read(JsonObject json) {
        String schema = JsonTree.text(json, "schema");
        if (!schema.equals(SCHEMA)) {
            throw new IllegalArgumentException("schema is \"" + schema + "\"; a diagnosis has \"" + SCHEMA + "\"");
        }
        return new DiagnosisDocument(json);
    }

    /** The incident's id. */
    public String incident() {
        return JsonTree.text(json, "incident");
    }

    /** The gateway's ARM id. */
    public String gateway() {
        return JsonTree.text(json, "gateway");
    }

    /** The gateway's page in the portal of its cloud. */
    public String portal() {
        return CloudName.of(JsonTree.text(json, "cloud"))
                .orElse(CloudName.PUBLIC)
                .portal(gateway());
    }

    public String headline() {
        return JsonTree.text(json, "headline");
    }

    /** The id of the root cause, or of the conclusion in its place. */
    public String rootCause() {
        return JsonTree.text(JsonTree.object(json, "rootCause"), "id");
    }

    /** {@code confirmed}, {@code likely}, {@code possible}; an empty string for a conclusion. */
    public String confidence() {
        return JsonTree.text(JsonTree.object(json, "rootCause"), "confidence");
    }

    /** This document, with where its incident is in its life, as a message carries it. */
    public DiagnosisDocument with(JsonObject life) {
        JsonObject copy = json.deepCopy();
        copy.add("life", life);
        return new DiagnosisDocument(copy);
    }

    /** This document, with where its reader can go on, as a message carries it. */
    public DiagnosisDocument with(IncidentLinks links) {
        JsonObject copy = json.deepCopy();
        copy.add("links", links.toJson());
        return new DiagnosisDocument(copy);
    }

    /** The document on one line. */
    @Override
    public String toString() {
        return json.toString();
    }
}
