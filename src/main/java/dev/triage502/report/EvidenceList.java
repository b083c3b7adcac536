package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The evidence of one document: an id for each finding, in the order in which they are first referred to. */
final class EvidenceList {

    /** What makes two findings the same line of evidence. */
    private record Line(String source, String at, String text) {}

    private final Map<Line, String> ids = new LinkedHashMap<>();
    private final String end;

    /** @param end the end of the incident's window: a time on the same day is written without its date */
    EvidenceList(String end) {
        this.end = end;
    }

    /** The ids of these findings, {@code e1} and so on, each once. */
    JsonArray refer(List<Finding> findings) {
        JsonArray references = new JsonArray();
        findings.stream().map(this::idOf).distinct().forEach(references::add);
        return references;
    }

    JsonArray toJson() {
        JsonArray evidence = new JsonArray();
        ids.forEach((line, id) -> {
            JsonObject item = new JsonObject();
            item.addProperty("id", id);
            item.addProperty("source", line.source());
            DocumentTree.put(item, "at", line.at());
            item.addProperty("text", line.text());
            evidence.add(item);
        });
        return evidence;
    }

    private String idOf(Finding finding) {
        Line line = new Line(
                finding.source().id(),
                finding.at().map(Object::toString).orElse(""),
                ReportPhrases.moments(PlaceholderFiller.plain(finding.text()), end));
        return ids.computeIfAbsent(line, fresh -> "e" + (ids.size() + 1));
    }
}
