package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.IncidentDocument;
import dev.triage502.ledger.IncidentMessage;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.report.html.IncidentPage;
import dev.triage502.report.html.NoticePage;
import dev.triage502.report.html.PageLinks;
import dev.triage502.report.html.PageLinks.EarlierIncident;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What people see of an incident in a browser, whichever way they got there. */
final class IncidentViews {

    private static final int MOST_EARLIER = 5;

    private final Supplier<Store> store;
    private final SignedLinks links;
    private final AppAddresses addresses;
    private final IncidentFiles files;
    private final CausePages causes = CausePages.bundled();

    IncidentViews(Supplier<Store> store, SignedLinks links, AppAddresses addresses) {
        this.store = store;
        this.links = links;
        this.addresses = addresses;
        this.files = new IncidentFiles(store);
    }

    /**
     * Where the page of an incident leads.
     *
     * @param app      what addresses in the app begin with: {@code …/api}
     * @param incident what addresses of this incident begin with; empty where there are none to give
     * @param actions  what else whoever looks at it may do
     * @param others   the address of another incident's page, by its id; empty where whoever looks may not open it
     */
    record Way(
            String app, Optional<String> incident, List<PageLink> actions, Function<String, Optional<String>> others) {

        /** The page of the incident. */
        PageLink page() {
            return new PageLink("Back to the incident", incident.orElse(app));
        }
    }

    /** For whoever looks at it with a key, which no page repeats: what belongs to it is reached by a link. */
    Way byKey(String id) {
        Function<String, Optional<String>> linked =
                each -> links.tokenIfAny(each).map(addresses::byLink);
        return new Way(addresses.api(), linked.apply(id), List.of(), linked);
    }

    /** A report for whoever asked with a key, in the form that they like best. */
    HttpResponseMessage answer(HttpRequestMessage<?> request, Report report) {
        ResponseFormat format = ResponseFormat.accepted(HttpAnswers.header(request, "Accept"));
        return format == ResponseFormat.HTML
                ? page(request, report.document(), byKey(report.document().incident()))
                : format.answer(request, report);
    }

    /** Whether the app knows of an incident, or was asked for a diagnosis, with this id. */
    boolean knows(String id) {
        return store.get().reports().state(id).isPresent();
    }

    /** The gateway of an incident that it knows of. */
    ResourceId gateway(String id) {
        return store.get().reports().state(id).orElseThrow().incident().gateway();
    }

    /** The latest report of an incident, with where it is in its life; empty while there is none. */
    Optional<Report> report(String id) {
        return store.get()
                .reports()
                .find(id)
                .map(report -> life(id).map(life -> Report.of(report.document().with(life)))
                        .orElse(report));
    }

    /** What the last message said of its life, in the state that it is in now. */
    private Optional<JsonObject> life(String id) {
        Optional<LedgerEntry> entry = store.get().incidents().find(id).map(IncidentDocument::read);
        return entry.flatMap(known -> {
            List<IncidentMessage> messages = known.speech().messages();
            if (messages.isEmpty()) {
                return Optional.empty();
            }
            JsonObject life = IncidentDocument.life(known, messages.get(messages.size() - 1));
            life.addProperty("state", known.state().id());
            return Optional.of(life);
        });
    }

    /** The page of an incident; while there is no diagnosis, one that says so. */
    HttpResponseMessage page(HttpRequestMessage<?> request, String id, Way way) {
        Optional<Report> report = report(id);
        return report.isPresent()
                ? page(request, report.get().document(), way)
                : PageHeaders.page(
                                request.createResponseBuilder(HttpStatus.ACCEPTED)
                                        .header("Retry-After", HttpAnswers.SOON),
                                NoticePage.of(
                                        NoticePage.Kind.WAITING,
                                        "Still investigating",
                                        List.of("The data is being read from Azure. This usually takes less than a"
                                                + " minute. Reload this page then."),
                                        List.of(new PageLink(
                                                "Reload", way.page().url()))))
                        .build();
    }

    HttpResponseMessage page(HttpRequestMessage<?> request, DiagnosisDocument document, Way way) {
        return PageHeaders.page(
                        request.createResponseBuilder(HttpStatus.OK).header("Vary", "Accept"),
                        IncidentPage.of(document, leads(document, way), files.excerpts(document)))
                .build();
    }

    private PageLinks leads(DiagnosisDocument document, Way way) {
        List<PageLink> cause = causes.text(document.rootCause()).isPresent()
                ? List.of(new PageLink("About this cause", way.app() + "/causes/" + document.rootCause()))
                : List.of();
        return new PageLinks(
                cause,
                way.incident().map(IncidentViews::feedback).orElse(List.of()),
                way.actions(),
                way.incident().map(at -> downloads(at, document)).orElse(List.of()),
                earlier(document, way));
    }

    /** What the same gateway had before; nothing for a diagnosis that somebody asked for, which is no incident. */
    private List<EarlierIncident> earlier(DiagnosisDocument document, Way way) {
        return store.get()
                .incidents()
                .find(document.incident())
                .map(incident -> store
                        .get()
                        .incidents()
                        .before(
                                ResourceId.of(document.gateway()),
                                Instant.parse(incident.get("openedAt").getAsString()),
                                MOST_EARLIER)
                        .stream()
                        .map(each -> earlier(each, way))
                        .toList())
                .orElse(List.of());
    }

    private static EarlierIncident earlier(JsonObject summary, Way way) {
        String id = summary.get("id").getAsString();
        String cause = summary.has("cause")
                ? summary.getAsJsonObject("cause").get("headline").getAsString()
                : "";
        return new EarlierIncident(
                id, summary.get("openedAt").getAsString(), cause, way.others().apply(id));
    }

    private static List<PageLink> feedback(String at) {
        return List.of(
                new PageLink("This was right", at + "/feedback?verdict=right"),
                new PageLink("This was wrong", at + "/feedback?verdict=wrong"));
    }

    private static List<PageLink> downloads(String at, DiagnosisDocument document) {
        return IncidentFiles.of(document).stream()
                .map(name -> new PageLink(name, at + "/" + name))
                .toList();
    }

    /** A file of an incident. */
    HttpResponseMessage file(HttpRequestMessage<?> request, String id, String name) {
        Report report = report(id)
                .orElseThrow(() -> new HttpProblem(
                        HttpStatus.NOT_FOUND, "Not diagnosed yet", "The investigation has not finished."));
        return download(request, files.file(id, report, name));
    }

    static HttpResponseMessage download(HttpRequestMessage<?> request, IncidentFiles.Download file) {
        return PageHeaders.unkept(request.createResponseBuilder(HttpStatus.OK)
                        .header("Content-Type", file.type())
                        .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox"))
                .body(file.body())
                .build();
    }
}
