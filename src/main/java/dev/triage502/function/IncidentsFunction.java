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
import dev.triage502.collect.CaseFolder;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.IncidentFilter;
import dev.triage502.store.IncidentIndex.Listing;
import dev.triage502.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Shows incidents: a list of them, one with every decision on it, and the evidence of one as a case. */
public final class IncidentsFunction {

    private final Supplier<Store> store;

    IncidentsFunction(Supplier<Store> store) {
        this.store = store;
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
            JsonObject incident = incident(id);
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
            Map<String, String> files = store.get().cases().read(id, revision, CaseFolder.fileNames());
            if (files.isEmpty()) {
                throw new HttpProblem(
                        HttpStatus.NOT_FOUND,
                        "No such evidence",
                        "no evidence of investigation " + revision + " is kept: " + AppSetting.KEEP_EVIDENCE.key()
                                + " may be off, or it is older than evidence is kept");
            }
            return request.createResponseBuilder(HttpStatus.OK)
                    .header("Content-Type", "application/zip")
                    .header("Content-Disposition", "attachment; filename=\"" + id + "-" + revision + ".zip\"")
                    .body(zip(id, labelled(id, revision, files)))
                    .build();
        });
    }

    /** With the true cause, where somebody said it. */
    private Map<String, String> labelled(String id, int revision, Map<String, String> files) {
        return store.get().feedback().all().stream()
                .filter(each -> each.incident().equals(id) && each.revision() == revision && each.hasKnownCause())
                .findFirst()
                .map(each -> FeedbackStore.labelled(files, each))
                .orElse(files);
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
            return incident.has("cause")
                    ? incident.getAsJsonObject("cause").get("revision").getAsInt()
                    : incident.get("revision").getAsInt();
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

    private static byte[] zip(String id, Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(id + "/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
