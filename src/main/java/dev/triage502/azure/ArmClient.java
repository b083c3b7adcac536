package dev.triage502.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.ResourceId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What does Azure Resource Manager say? Documents as it gave them, fields that nobody here knows included.
 *
 * <p>Every answer is a reading: a refusal, a throttle, a silence or a text that is no JSON is why the document could
 * not be read, in Azure's own words. No method throws for what Azure does.
 */
public final class ArmClient {

    /** So many pages of one list are read; a list that goes on is not one that can be told to the end. */
    static final int MOST_PAGES = 40;

    private final HttpPipeline pipeline;
    private final ServiceEndpoints endpoints;

    ArmClient(HttpPipeline pipeline, ServiceEndpoints endpoints) {
        this.pipeline = pipeline;
        this.endpoints = endpoints;
    }

    /** One document. */
    public Reading<JsonElement> get(CallContext ask, ArmOperation operation, ResourceId on, Map<String, String> query) {
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(
                        versioned(operation, url -> document(send(ask, operation, url, null)), on, query)));
    }

    /** All pages of a list as one document, {@code {"value":[…]}}. */
    public Reading<JsonElement> list(
            CallContext ask, ArmOperation operation, ResourceId on, Map<String, String> query) {
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(versioned(operation, url -> pages(ask, operation, url), on, query)));
    }

    /**
     * A list of which a part is of use by itself, newest first, as far as it could be read: what came before a page
     * that could not be read, or before too many pages, is kept.
     */
    public Reading<PartialList> listAsFarAsRead(
            CallContext ask, ArmOperation operation, ResourceId on, Map<String, String> query) {
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(versioned(operation, url -> asFarAsRead(ask, operation, url), on, query)));
    }

    /** The result of an action, waited for when Azure takes it as a long-running operation. */
    public Reading<JsonElement> post(
            CallContext ask, ArmOperation operation, ResourceId on, @Nullable JsonElement body) {
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(versioned(
                        operation,
                        url -> StrictJson.parse(new LongRunningOperation(pipeline, ask.deadline(), context(ask))
                                .result(request(operation, url, body))),
                        on,
                        Map.of())));
    }

    /**
     * The rows that Resource Graph has for a query, over all pages; resources that the caller may not read are left out
     * of them without a word.
     */
    public Reading<JsonArray> graph(CallContext ask, String query, Set<String> subscriptions) {
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(versioned(
                        ArmOperation.RESOURCE_GRAPH,
                        url -> graphPages(ask, url, query, subscriptions),
                        ResourceId.of(""),
                        Map.of())));
    }

    /**
     * What stands in for something that is not Azure's to say, where Azure is pretended; a path that no Azure has.
     * See {@link AzureAccess#isPretended}.
     */
    public Reading<JsonElement> pretended(CallContext ask) {
        URI url = URI.create(endpoints.arm() + "/pretended/" + ask.source().hyphenated());
        return GuardedCall.of(
                ask.source(),
                () -> Reading.present(
                        document(pipeline.sendSync(new HttpRequest(HttpMethod.GET, url.toString()), context(ask)))));
    }

    /** A call that may throw what {@link GuardedCall} understands. */
    private interface Call<T> {
        T at(URI url) throws Exception;
    }

    private <T> T versioned(ArmOperation operation, Call<T> call, ResourceId on, Map<String, String> query)
            throws Exception {
        try {
            return call.at(url(operation, operation.version(), on, query));
        } catch (RefusedCall refused) {
            Optional<String> other = OtherVersion.after(refused, operation);
            if (other.isPresent()) {
                return call.at(url(operation, other.get(), on, query));
            }
            throw refused;
        }
    }

    private JsonElement pages(CallContext ask, ArmOperation operation, URI first) throws StrictJson.Malformed {
        JsonArray all = new JsonArray();
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(first);
        while (next.isPresent()) {
            next = page(ask, operation, next.get(), seen, all);
        }
        JsonObject document = new JsonObject();
        document.add("value", all);
        return document;
    }

    private PartialList asFarAsRead(CallContext ask, ArmOperation operation, URI first) throws StrictJson.Malformed {
        JsonArray all = new JsonArray();
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = page(ask, operation, first, seen, all);
        while (next.isPresent()) {
            URI asked = next.get();
            Reading<Optional<URI>> more =
                    GuardedCall.of(ask.source(), () -> Reading.present(page(ask, operation, asked, seen, all)));
            if (more.unread().isPresent()) {
                return new PartialList(all, more.unread().<CouldNotRead<?>>map(refused -> refused));
            }
            next = more.toOptional().flatMap(link -> link);
        }
        return new PartialList(all, Optional.empty());
    }

    /** Adds a page's elements and returns where the next one is; empty after the last. */
    private Optional<URI> page(CallContext ask, ArmOperation operation, URI at, Set<URI> seen, JsonArray all)
            throws StrictJson.Malformed {
        if (seen.size() == MOST_PAGES || !seen.add(at)) {
            throw endless("page " + seen.size() + " of the list leads to yet another");
        }
        JsonElement page = document(send(ask, operation, at, null));
        if (!(page instanceof JsonObject object) || !(object.get("value") instanceof JsonArray value)) {
            throw new RefusedCall(
                    Why.MALFORMED, "MalformedAnswer", "a page of a list without \"value\": " + beginning(page));
        }
        all.addAll(value);
        return nextLink(object);
    }

    private JsonArray graphPages(CallContext ask, URI url, String query, Set<String> subscriptions)
            throws StrictJson.Malformed {
        JsonArray rows = new JsonArray();
        String token = "";
        for (int page = 1; ; page++) {
            JsonElement answer = document(
                    send(ask, ArmOperation.RESOURCE_GRAPH, url, ResourceGraphQuery.body(query, subscriptions, token)));
            if (!(answer instanceof JsonObject object) || !(object.get("data") instanceof JsonArray data)) {
                throw new RefusedCall(
                        Why.MALFORMED, "MalformedAnswer", "an answer without \"data\": " + beginning(answer));
            }
            rows.addAll(data);
            String next = ResourceGraphQuery.skipToken(object);
            if (next.isEmpty()) {
                return rows;
            }
            if (next.equals(token) || page == MOST_PAGES) {
                throw endless("page " + page + " of the query's answer leads to yet another");
            }
            token = next;
        }
    }

    private static RefusedCall endless(String message) {
        return new RefusedCall(Why.MALFORMED, "MalformedEndlessList", message);
    }

    private Optional<URI> nextLink(JsonObject page) {
        JsonElement link = page.get("nextLink");
        if (link == null || !link.isJsonPrimitive() || link.getAsString().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(link.getAsString().strip().replace(" ", "%20")));
        } catch (IllegalArgumentException e) {
            throw new RefusedCall(Why.MALFORMED, "MalformedLink", "nextLink is no URL: " + link.getAsString());
        }
    }

    private static JsonElement document(HttpResponse response) throws StrictJson.Malformed {
        return StrictJson.parse(response.getBodyAsBinaryData().toBytes());
    }

    private HttpResponse send(CallContext ask, ArmOperation operation, URI url, @Nullable JsonElement body) {
        return pipeline.sendSync(request(operation, url, body), context(ask));
    }

    private static HttpRequest request(ArmOperation operation, URI url, @Nullable JsonElement body) {
        HttpRequest request = new HttpRequest(
                operation.method() == ArmOperation.Method.GET ? HttpMethod.GET : HttpMethod.POST, url.toString());
        request.setHeader(HttpHeaderName.ACCEPT, "application/json");
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
            request.setBody(body.toString());
        }
        return request;
    }

    private Context context(CallContext ask) {
        return new Context(BlockingPolicy.DEADLINE, ask.deadline()).addData(BlockingPolicy.SCOPE, endpoints.armScope());
    }

    private URI url(ArmOperation operation, String version, ResourceId on, Map<String, String> query) {
        StringBuilder url = new StringBuilder(endpoints.arm().toString());
        for (String segment : List.of((on + operation.suffix()).split("/", -1))) {
            url.append(segment.isEmpty() ? "" : "/" + encoded(segment));
        }
        url.append("?api-version=").append(version);
        query.forEach((name, value) ->
                url.append('&').append(encoded(name)).append('=').append(encoded(value)));
        return URI.create(url.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%24", "$");
    }

    private static String beginning(JsonElement document) {
        String text = document.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
