package dev.triage502.function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.report.Report;
import dev.triage502.store.IncidentFilter;
import dev.triage502.store.IncidentIndex.Listing;
import dev.triage502.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows incidents: a list of them, one with every decision on it, and the evidence of one as a case. */
public final class IncidentsFunction {

    private final Supplier<Store> store;
    private final IncidentViews views;
    private final IncidentFiles files;

    IncidentsFunction(Supplier<Store> store, IncidentViews views) {
        this.store = store;
        this.views = views;
        this.files = new IncidentFiles(store);
    }

    /** {@code {"incidents":[…],"next":"…"}}, the newest first; {@code next} is where {@code after} goes on. */
    @FunctionName("incidents")
    public HttpResponseMessage list(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            IncidentFilter filter = filter(request.getQueryParameters());
            Listing page = store.get().incidents().list(filter);
            JsonObject answer = new JsonObject();
            JsonArray incidents = new JsonArray();
            page.summaries().forEach(incidents::add);
            answer.add("incidents", incidents);
            page.next().ifPresent(next -> answer.addProperty("next", next));
            return HttpAnswers.json(request, HttpStatus.OK, answer);
        });
    }

    /** For programs with every decision on it; for people as a page, and in the other forms of a report. */
    @FunctionName("incident")
    public HttpResponseMessage one(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents/{id}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            ResponseFormat format = ResponseFormat.accepted(HttpAnswers.header(request, "Accept"));
            if (format == ResponseFormat.HTML && views.knows(id)) {
                return views.page(request, id, views.byKey(id));
            }
            JsonObject incident = incident(id);
            Optional<Report> report = views.report(id);
            if (format != ResponseFormat.JSON && report.isPresent()) {
                return views.answer(request, report.get());
            }
            JsonObject links = new JsonObject();
            links.addProperty("diagnosis", HttpAnswers.at(id));
            links.addProperty("evidence", "/api/incidents/" + id + "/evidence.zip");
            incident.add("links", links);
            return HttpAnswers.json(request, HttpStatus.OK, incident);
        });
    }

    /** The evidence of the investigation that found the cause, as a folder that {@code replay} reads; redacted. */
    @FunctionName("incident-evidence")
    public HttpResponseMessage evidence(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents/{id}/evidence.zip")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            JsonObject incident = incident(id);
            int revision = revision(request.getQueryParameters().get("revision"), incident);
            return IncidentViews.download(request, files.evidence(id, revision));
        });
    }

    private JsonObject incident(String id) {
        return store.get()
                .incidents()
                .find(id)
                .orElseThrow(
                        () -> new HttpProblem(HttpStatus.NOT_FOUND, "No such incident", "no incident with this id"));
    }

    private static int revision(@Nullable String asked, JsonObject incident) {
        if (asked == null) {
            return IncidentFiles.revision(incident);
        }
        if (!asked.matches("[1-9][0-9]{0,5}")) {
            throw HttpProblem.at("revision", "the number of an investigation, from 1", "\"" + asked + "\"");
        }
        return Integer.parseInt(asked);
    }

    private static IncidentFilter filter(Map<String, String> query) {
        try {
            return IncidentFilter.of(query);
        } catch (IllegalArgumentException wrong) {
            throw new HttpProblem(HttpStatus.BAD_REQUEST, "Cannot be read", String.valueOf(wrong.getMessage()));
        }
    }
}
