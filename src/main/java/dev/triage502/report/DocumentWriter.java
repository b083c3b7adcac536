package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.function.Function;

/** Tells a diagnosis as the one JSON document, the pages' remedies filled in. */
public final class DocumentWriter {

    private final CausePages pages;
    private final SourcePages sources;
    private final String producer;

    /**
     * @param pages    where titles, summaries and remedies come from
     * @param producer who says it: {@code triage502 0.1.0}
     */
    public DocumentWriter(CausePages pages, String producer) {
        this(pages, SourcePages.bundled(), producer);
    }

    /** The same; {@code sources} has the commands that fetch what is missing. */
    DocumentWriter(CausePages pages, SourcePages sources, String producer) {
        this.pages = pages;
        this.sources = sources;
        this.producer = producer;
    }

    /** The document; the same diagnosis gives the same one, byte for byte. */
    public DiagnosisDocument write(Diagnosis diagnosis, RunInfo told) {
        EvidenceList evidence = new EvidenceList();
        JsonObject json = new JsonObject();
        json.addProperty("schema", DiagnosisDocument.SCHEMA);
        json.addProperty("producer", producer);
        told.caseId().ifPresent(id -> json.addProperty("case", id));
        json.addProperty("incident", diagnosis.incident().id());
        json.addProperty("gateway", diagnosis.incident().gateway().toString());
        JsonObject window = new JsonObject();
        window.addProperty("from", diagnosis.incident().from().toString());
        window.addProperty("to", diagnosis.incident().to().toString());
        json.add("window", window);
        json.addProperty("diagnosedAt", told.diagnosedAt().toString());
        json.addProperty(
                "headline", Headline.of(diagnosis, pages.page(diagnosis.root().id())));
        json.add("rootCause", named(diagnosis, diagnosis.root(), evidence));
        json.add("contributing", list(diagnosis.contributing(), each -> named(diagnosis, each, evidence)));
        json.add("ruledOut", list(diagnosis.ruledOut(), each -> ruledOut(each, evidence)));
        json.add("couldNotTell", list(diagnosis.couldNotTell(), DocumentWriter::untold));
        if (!diagnosis.notChecked().isEmpty()) {
            json.add("notChecked", list(diagnosis.notChecked(), DocumentWriter::notChecked));
        }
        json.add("next", list(diagnosis.next(), each -> next(diagnosis, each)));
        json.add(
                "impact",
                diagnosis
                        .impact()
                        .<com.google.gson.JsonElement>map(DocumentWriter::impact)
                        .orElse(JsonNull.INSTANCE));
        json.add("changes", list(diagnosis.changes(), DocumentWriter::change));
        json.add("evidence", evidence.toJson());
        json.add("evidenceRead", list(diagnosis.evidenceRead(), each -> read(each, told)));
        return new DiagnosisDocument(json);
    }

    private JsonObject named(Diagnosis diagnosis, NamedCause named, EvidenceList evidence) {
        CausePage page = pages.page(named.id());
        PlaceholderFiller fill = new PlaceholderFiller(PlaceholderValues.of(diagnosis, named));
        JsonObject json = new JsonObject();
        json.addProperty("id", named.id());
        json.addProperty("title", page.title());
        named.confidence().ifPresent(confidence -> json.addProperty("confidence", confidence.id()));
        json.addProperty("summary", fill.prose(page.summary()).text());
        named.target().ifPresent(target -> json.add("target", target(target)));
        json.add("alsoAt", list(named.alsoAt(), DocumentWriter::target));
        named.share().ifPresent(share -> json.addProperty("failedRequests", share));
        json.add("evidence", evidence.refer(named.findings()));
        json.add("remedy", Remedy.of(page, fill));
        return json;
    }

    static JsonObject target(Target target) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", target.kind().id());
        json.addProperty("name", PlaceholderFiller.plain(target.name()));
        DocumentTree.put(json, "id", target.id());
        JsonObject on = new JsonObject();
        target.on().forEach((place, where) -> on.addProperty(place.id(), PlaceholderFiller.plain(where)));
        json.add("on", on);
        return json;
    }

    private static JsonObject ruledOut(Diagnosis.RuledOut ruledOut, EvidenceList evidence) {
        JsonObject json = new JsonObject();
        json.addProperty("id", ruledOut.id());
        json.addProperty("because", PlaceholderFiller.plain(ruledOut.because()));
        json.add("evidence", evidence.refer(ruledOut.findings()));
        return json;
    }

    private static JsonObject untold(Diagnosis.Undecided untold) {
        JsonObject json = new JsonObject();
        json.addProperty("id", untold.id());
        json.add(
                "missing",
                DocumentTree.array(untold.missing().stream().map(Source::id).toList()));
        if (untold.couldExplainRoot()) {
            json.addProperty("couldExplainRoot", true);
        }
        return json;
    }

    private static JsonObject notChecked(Diagnosis.NotChecked failed) {
        JsonObject json = new JsonObject();
        json.addProperty("id", failed.id());
        json.addProperty("kind", failed.kind().id());
        json.addProperty("because", failed.because());
        return json;
    }

    private JsonObject next(Diagnosis diagnosis, Diagnosis.Next next) {
        PlaceholderFiller fill = new PlaceholderFiller(PlaceholderValues.of(diagnosis, diagnosis.root()));
        JsonObject json = new JsonObject();
        json.addProperty("text", fill.prose(next.text()).text());
        DocumentTree.put(
                json, "command", fill.command(sources.command(next.page())).text());
        json.add("decides", DocumentTree.array(next.decides()));
        return json;
    }

    private static JsonObject impact(Diagnosis.Impact impact) {
        JsonObject json = new JsonObject();
        json.addProperty("failedRequests", impact.failed());
        json.addProperty("totalRequests", impact.total());
        impact.since().ifPresent(since -> json.addProperty("since", since.toString()));
        impact.until().ifPresent(until -> json.addProperty("until", until.toString()));
        json.add("listeners", DocumentTree.array(impact.listeners()));
        json.add("hosts", DocumentTree.array(impact.hosts()));
        json.add("servers", DocumentTree.array(impact.servers()));
        return json;
    }

    private static JsonObject change(Diagnosis.Change change) {
        JsonObject json = new JsonObject();
        json.addProperty("at", change.at().toString());
        json.addProperty("what", PlaceholderFiller.plain(change.what()));
        json.addProperty("who", PlaceholderFiller.plain(change.who()));
        json.addProperty("resource", change.resource());
        json.addProperty("failed", change.failed());
        return json;
    }

    private static JsonObject read(Diagnosis.SourceRead read, RunInfo told) {
        JsonObject json = new JsonObject();
        json.addProperty("source", read.source().id());
        json.addProperty("state", read.state().id());
        read.why().ifPresent(why -> json.addProperty("why", why.id()));
        DocumentTree.put(json, "detail", PlaceholderFiller.plain(read.detail()));
        if (told.took().get(read.source()) != null) {
            json.addProperty("tookMs", told.took().get(read.source()).toMillis());
        }
        return json;
    }

    private static <T> JsonArray list(List<T> items, Function<T, JsonObject> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }
}
