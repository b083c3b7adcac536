package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotChecked.Kind;
import dev.triage502.diagnosis.RequestPath;
import dev.triage502.diagnosis.RequestTimeline;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.CloudName;
import dev.triage502.redaction.SecretRedaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** The document, for whoever keeps no log. */
    public DiagnosisDocument write(Diagnosis diagnosis, RunInfo told) {
        return write(diagnosis, told, (part, defect) -> {});
    }

    /**
     * The document; the same diagnosis gives the same one, byte for byte. A part that a defect keeps from being written is
     * listed as one, the listener hears of it, and the rest stands.
     */
    public DiagnosisDocument write(Diagnosis diagnosis, RunInfo told, GuardedChecks.Listener listener) {
        GuardedChecks parts = new GuardedChecks(listener);
        String end = diagnosis.incident().to().toString();
        EvidenceList evidence = new EvidenceList(end);
        JsonObject json = new JsonObject();
        json.addProperty("schema", DiagnosisDocument.SCHEMA);
        json.addProperty("producer", producer);
        told.caseId().ifPresent(id -> json.addProperty("case", id));
        json.addProperty("incident", diagnosis.incident().id());
        json.addProperty("gateway", diagnosis.incident().gateway().toString());
        told.cloud()
                .or(() ->
                        Optional.ofNullable(diagnosis.gateway().get("location")).map(CloudName::ofRegion))
                .filter(cloud -> cloud != CloudName.PUBLIC)
                .ifPresent(cloud -> json.addProperty("cloud", cloud.id()));
        JsonObject tags = tags(diagnosis.gatewayTags());
        if (tags.size() > 0) {
            json.add("gatewayTags", tags);
        }
        diagnosis.incident().severity().ifPresent(severity -> json.addProperty("severity", severity));
        JsonObject window = new JsonObject();
        window.addProperty("from", diagnosis.incident().from().toString());
        window.addProperty("to", end);
        json.add("window", window);
        if (diagnosis.incident().severity().isPresent()
                || diagnosis
                        .incident()
                        .alertedAt()
                        .isBefore(diagnosis.incident().to())) {
            json.addProperty("alertedAt", diagnosis.incident().alertedAt().toString());
        }
        json.addProperty("diagnosedAt", told.diagnosedAt().toString());
        NamedCause root = diagnosis.root();
        json.addProperty(
                "headline",
                parts.check(
                        "headline",
                        () -> Headline.of(diagnosis, pages.page(root.id())),
                        () -> Headline.withoutPage(diagnosis)));
        JsonObject rootCause = named("root-cause", diagnosis, root, evidence, parts);
        if (!diagnosis.against().isEmpty()) {
            rootCause.add("against", parts.check("against", () -> evidence.refer(diagnosis.against()), JsonArray::new));
        }
        json.add("rootCause", rootCause);
        JsonArray contributing = new JsonArray();
        diagnosis.contributing().forEach(each -> contributing.add(named(each.id(), diagnosis, each, evidence, parts)));
        json.add("contributing", contributing);
        json.add("ruledOut", list("ruled-out", parts, diagnosis.ruledOut(), each -> ruledOut(each, evidence, end)));
        json.add("couldNotTell", list("could-not-tell", parts, diagnosis.couldNotTell(), this::untold));
        if (!diagnosis.toCheck().isEmpty()) {
            json.add("toCheck", list("to-check", parts, diagnosis.toCheck(), each -> next(diagnosis, each)));
        }
        JsonArray notChecked = new JsonArray();
        json.add("notChecked", notChecked);
        if (!diagnosis.notModelled().isEmpty()) {
            json.add(
                    "notModelled",
                    list("not-modelled", parts, diagnosis.notModelled(), each -> notModelled(diagnosis, each)));
        }
        json.add("next", list("next", parts, diagnosis.next(), each -> next(diagnosis, each)));
        json.add(
                "impact",
                parts.<JsonElement>check(
                        "impact",
                        () -> diagnosis
                                .impact()
                                .<JsonElement>map(DocumentWriter::impact)
                                .orElse(JsonNull.INSTANCE),
                        () -> JsonNull.INSTANCE));
        diagnosis.poolHealth().ifPresent(health -> json.add("poolHealth", poolHealth(health)));
        diagnosis.recovery().ifPresent(recovery -> json.add("recovery", recovery(recovery)));
        if (!diagnosis.differences().isEmpty()) {
            json.add("differences", list("differences", parts, diagnosis.differences(), DocumentWriter::difference));
        }
        diagnosis.path().ifPresent(path -> json.add("path", path(path)));
        diagnosis.timeline().ifPresent(timeline -> json.add("timeline", timeline(timeline)));
        json.add("changes", list("changes", parts, diagnosis.changes(), DocumentWriter::change));
        json.add("evidence", parts.check("evidence", evidence::toJson, JsonArray::new));
        json.add("evidenceRead", list("evidence-read", parts, diagnosis.evidenceRead(), each -> read(each, told)));
        diagnosis.notChecked().forEach(each -> notChecked.add(notChecked(each)));
        parts.failures()
                .forEach(each ->
                        notChecked.add(notChecked(new Diagnosis.NotChecked(each.check(), Kind.REPORT, each.words()))));
        if (notChecked.isEmpty()) {
            json.remove("notChecked");
        }
        return new DiagnosisDocument(OutgoingTexts.of(json));
    }

    /** In the order of their names; without one that holds a secret, which its value alone would not show. */
    private static JsonObject tags(Map<String, String> tags) {
        JsonObject json = new JsonObject();
        new TreeMap<>(tags).forEach((name, value) -> {
            String whole = name + "=" + value;
            if (SecretRedaction.of(whole).equals(whole)) {
                json.addProperty(name, value);
            }
        });
        return json;
    }

    private JsonObject named(
            String part, Diagnosis diagnosis, NamedCause named, EvidenceList evidence, GuardedChecks parts) {
        return parts.check(
                part, () -> named(diagnosis, named, evidence), () -> withoutPage(part, named, evidence, parts));
    }

    /** What stands in the place of a cause whose page could not be filled in: what it is, where, and what shows it. */
    private static JsonObject withoutPage(String part, NamedCause named, EvidenceList evidence, GuardedChecks parts) {
        JsonObject json = new JsonObject();
        json.addProperty("id", named.id());
        json.addProperty("title", named.id());
        confidence(json, named);
        json.addProperty(
                "summary",
                "What this is and what to do could not be written (internal error in triage502). The page " + named.id()
                        + ".md has both.");
        named.target().ifPresent(target -> json.add("target", target(target)));
        json.add("alsoAt", list(part, parts, named.alsoAt(), DocumentWriter::target));
        named.share().ifPresent(share -> json.addProperty("failedRequests", share));
        json.add("evidence", parts.check(part, () -> evidence.refer(named.findings()), JsonArray::new));
        JsonObject remedy = new JsonObject();
        remedy.add("steps", new JsonArray());
        remedy.addProperty("verify", "");
        remedy.addProperty("page", named.id() + ".md");
        json.add("remedy", remedy);
        return json;
    }

    private JsonObject named(Diagnosis diagnosis, NamedCause named, EvidenceList evidence) {
        CausePage page = pages.page(named.id());
        PlaceholderFiller fill = new PlaceholderFiller(PlaceholderValues.of(diagnosis, named));
        JsonObject json = new JsonObject();
        json.addProperty("id", named.id());
        json.addProperty("title", page.title());
        confidence(json, named);
        json.addProperty("summary", fill.prose(page.summary()).text());
        named.target().ifPresent(target -> json.add("target", target(target)));
        JsonArray alsoAt = new JsonArray();
        named.alsoAt().forEach(each -> alsoAt.add(target(each)));
        json.add("alsoAt", alsoAt);
        named.share().ifPresent(share -> json.addProperty("failedRequests", share));
        json.add("evidence", evidence.refer(named.findings()));
        json.add("remedy", Remedy.of(page, fill));
        return json;
    }

    private static void confidence(JsonObject json, NamedCause named) {
        named.confidence().ifPresent(confidence -> json.addProperty("confidence", confidence.id()));
        named.reason().ifPresent(reason -> json.addProperty("confidenceReason", reason.id()));
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

    private JsonObject ruledOut(Diagnosis.RuledOut ruledOut, EvidenceList evidence, String end) {
        JsonObject json = new JsonObject();
        json.addProperty("id", ruledOut.id());
        DocumentTree.put(json, "title", title(ruledOut.id()));
        json.addProperty("because", ReportPhrases.moments(PlaceholderFiller.plain(ruledOut.because()), end));
        json.add("evidence", evidence.refer(ruledOut.findings()));
        return json;
    }

    private JsonObject untold(Diagnosis.Undecided untold) {
        JsonObject json = new JsonObject();
        json.addProperty("id", untold.id());
        DocumentTree.put(json, "title", title(untold.id()));
        json.add(
                "missing",
                DocumentTree.array(untold.missing().stream().map(Source::id).toList()));
        if (untold.couldExplainRoot()) {
            json.addProperty("couldExplainRoot", true);
        }
        return json;
    }

    /** The title of a cause's page; empty where the page cannot be read. */
    private String title(String id) {
        try {
            return pages.page(id).title();
        } catch (MalformedPage unreadable) {
            return "";
        }
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
        SourcePages.SourcePage page = sources.page(next.page());
        json.addProperty("text", fill.prose(next.text()).text());
        DocumentTree.put(json, "how", Remedy.text(page.text(), page.command(), fill));
        if (!page.command().isEmpty()) {
            Remedy.putCommand(json, page.command(), page.effect(), fill);
        }
        Remedy.putUndo(json, page.undo(), fill);
        json.add("decides", DocumentTree.array(next.decides()));
        return json;
    }

    private JsonObject notModelled(Diagnosis diagnosis, Diagnosis.NotModelled passed) {
        Map<String, String> values = new HashMap<>(PlaceholderValues.of(diagnosis, diagnosis.root()));
        values.putAll(passed.values());
        PlaceholderFiller fill = new PlaceholderFiller(values);
        SourcePages.SourcePage page = sources.page("unchecked-" + passed.kind());
        JsonObject json = new JsonObject();
        json.addProperty("kind", passed.kind());
        json.addProperty("what", passed.what());
        json.addProperty("text", passed.text());
        json.addProperty("source", passed.source().id());
        DocumentTree.put(json, "how", Remedy.text(page.text(), page.command(), fill));
        if (!page.command().isEmpty()) {
            Remedy.putCommand(json, page.command(), page.effect(), fill);
        }
        return json;
    }

    private static JsonObject impact(Diagnosis.Impact impact) {
        JsonObject json = new JsonObject();
        json.addProperty("failedRequests", impact.count().failed());
        json.addProperty("totalRequests", impact.count().total());
        json.addProperty("countedBy", impact.count().by().id());
        impact.count().logEnds().ifPresent(end -> json.addProperty("logEnds", end.toString()));
        impact.count().quietSince().ifPresent(last -> json.addProperty("quietSince", last.toString()));
        impact.since().ifPresent(since -> json.addProperty("since", since.toString()));
        impact.until().ifPresent(until -> json.addProperty("until", until.toString()));
        json.add("listeners", DocumentTree.array(impact.listeners()));
        json.add("hosts", DocumentTree.array(impact.hosts()));
        json.add("servers", DocumentTree.array(impact.servers()));
        JsonArray byHost = new JsonArray();
        impact.byHost().forEach(host -> byHost.add(host(host)));
        json.add("byHost", byHost);
        json.add(
                "notAffected",
                DocumentTree.array(impact.notAffected().stream()
                        .map(PlaceholderFiller::plain)
                        .toList()));
        return json;
    }

    private static JsonObject host(Diagnosis.Impact.HostImpact host) {
        JsonObject json = new JsonObject();
        json.addProperty("host", PlaceholderFiller.plain(host.host()));
        json.addProperty("failedRequests", host.failed());
        json.addProperty("totalRequests", host.total());
        json.addProperty("since", host.since().toString());
        json.addProperty("until", host.until().toString());
        host.totalSince().ifPresent(total -> json.addProperty("totalRequestsSince", total));
        return json;
    }

    private static JsonObject poolHealth(Diagnosis.PoolHealth health) {
        JsonObject json = new JsonObject();
        json.addProperty("pool", PlaceholderFiller.plain(health.pool()));
        json.addProperty("healthyServers", health.healthy());
        json.addProperty("totalServers", health.servers());
        return json;
    }

    private static JsonObject recovery(Diagnosis.RecoveryFacts recovery) {
        JsonObject json = new JsonObject();
        recovery.during().ifPresent(host -> {
            JsonObject during = new JsonObject();
            during.addProperty("host", PlaceholderFiller.plain(host.host()));
            during.addProperty("failedRequests", host.failed());
            during.addProperty("totalRequests", host.total());
            json.add("during", during);
        });
        JsonArray pools = new JsonArray();
        recovery.pools().forEach(pool -> pools.add(poolHealth(pool)));
        json.add("pools", pools);
        JsonArray changes = new JsonArray();
        recovery.changes().forEach(change -> changes.add(change(change)));
        json.add("changes", changes);
        return json;
    }

    private static JsonObject path(RequestPath path) {
        JsonObject json = new JsonObject();
        json.add("hops", hops(path.hops()));
        if (!path.others().isEmpty()) {
            JsonArray others = new JsonArray();
            for (RequestPath.WorkingPath each : path.others()) {
                JsonObject other = new JsonObject();
                other.addProperty("name", PlaceholderFiller.plain(each.name()));
                other.addProperty("why", each.why());
                other.add("hops", hops(each.hops()));
                others.add(other);
            }
            json.add("others", others);
            json.addProperty("moreOthers", path.more());
        }
        return json;
    }

    private static JsonArray hops(List<RequestPath.Hop> path) {
        JsonArray hops = new JsonArray();
        for (RequestPath.Hop each : path) {
            JsonObject hop = new JsonObject();
            hop.addProperty("kind", each.kind());
            hop.addProperty("name", each.name());
            DocumentTree.put(hop, "detail", each.detail());
            hop.addProperty("state", each.state().id());
            DocumentTree.put(hop, "word", each.word());
            DocumentTree.put(hop, "place", each.place());
            hops.add(hop);
        }
        return hops;
    }

    private static JsonObject timeline(RequestTimeline timeline) {
        JsonObject json = new JsonObject();
        json.addProperty("countedBy", timeline.countedBy().id());
        timeline.timeoutSeconds().ifPresent(timeout -> json.addProperty("timeoutSeconds", timeout));
        JsonArray all = new JsonArray();
        for (Diagnosis.Minute each : timeline.minutes()) {
            JsonObject minute = new JsonObject();
            minute.addProperty("at", each.at().toString());
            minute.addProperty("requests", each.requests());
            minute.addProperty("failedByGateway", each.failedByGateway());
            minute.addProperty("failedByBackend", each.failedByBackend());
            each.p95Seconds().ifPresent(p95 -> minute.addProperty("p95Seconds", p95));
            all.add(minute);
        }
        json.add("minutes", all);
        if (!timeline.pools().isEmpty()) {
            JsonArray pools = new JsonArray();
            timeline.pools().forEach(each -> pools.add(pool(each)));
            json.add("pools", pools);
        }
        return json;
    }

    private static JsonObject pool(RequestTimeline.PoolMinutes pool) {
        JsonObject json = new JsonObject();
        json.addProperty("pool", PlaceholderFiller.plain(pool.pool()));
        JsonArray points = new JsonArray();
        for (RequestTimeline.HealthPoint each : pool.points()) {
            JsonObject point = new JsonObject();
            point.addProperty("at", each.at().toString());
            point.addProperty("healthy", each.healthy());
            point.addProperty("unhealthy", each.unhealthy());
            points.add(point);
        }
        json.add("points", points);
        return json;
    }

    private static JsonObject difference(Diagnosis.Difference difference) {
        JsonObject json = new JsonObject();
        DocumentTree.put(json, "pool", difference.pool());
        json.addProperty("dimension", difference.dimension().id());
        json.add(
                "values",
                DocumentTree.array(difference.values().stream()
                        .map(PlaceholderFiller::plain)
                        .toList()));
        json.addProperty("failedRequests", difference.failed());
        json.add("with", share(difference.with()));
        json.add("elsewhere", share(difference.elsewhere()));
        json.addProperty("text", PlaceholderFiller.plain(difference.text()));
        return json;
    }

    private static JsonObject share(Diagnosis.Difference.Share share) {
        JsonObject json = new JsonObject();
        json.addProperty("failedRequests", share.failed());
        json.addProperty("totalRequests", share.requests());
        return json;
    }

    private static JsonObject change(Diagnosis.Change change) {
        JsonObject json = new JsonObject();
        json.addProperty("at", change.at().toString());
        json.addProperty("text", PlaceholderFiller.plain(change.text()));
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

    /** Those of the items that could be written. */
    private static <T> JsonArray list(String part, GuardedChecks parts, List<T> items, Function<T, JsonObject> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> parts.check(part, () -> Optional.of(write.apply(item)), Optional::<JsonObject>empty)
                .ifPresent(array::add));
        return array;
    }
}
