package dev.triage502.azure.recorded;

import static dev.triage502.azure.recorded.CaseResources.lower;
import static dev.triage502.azure.recorded.CaseResources.objects;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Azure's resource manager and log queries over a loopback socket, answering from a case folder the way that public
 * recordings and specifications show them to answer.
 *
 * <p>It was written from those alone and shares nothing with the product: where the two disagree, look up which one is
 * right. A resource that the case does not hold is refused as to a caller without the right.
 */
final class RecordedArm implements AutoCloseable {

    /** One call as it came. */
    record Call(String method, String uri, String body, Map<String, String> headers, int status) {}

    private record Answer(
            int status,
            Map<String, String> headers,
            @Nullable JsonElement body,
            boolean none) {
        static Answer of(int status, JsonElement body) {
            return new Answer(status, new LinkedHashMap<>(), body, false);
        }

        Answer with(String name, String value) {
            headers.put(name, value);
            return this;
        }
    }

    /** A call that ends in an error; what Azure says of it. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient Answer answer;

        Failed(int status, JsonElement body) {
            this.answer = Answer.of(status, body);
        }
    }

    private static final class Operation {
        final JsonElement result;
        int polls;

        Operation(JsonElement result) {
            this.result = result;
        }
    }

    private static final String CLIENT = "aaaa0001-0000-4000-8000-000000000001";
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final JsonObject FACTS = facts();

    private final CaseResources recorded;
    private final Set<Habit> habits;
    private final Instant alertedAt;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, List<JsonObject>> pages = new ConcurrentHashMap<>();
    private final Set<String> throttled = ConcurrentHashMap.newKeySet();

    RecordedArm(Path folder, Set<Habit> habits) throws IOException {
        this.recorded = new CaseResources(folder);
        this.habits = habits;
        JsonObject about = (JsonObject) Objects.requireNonNull(recorded.file("case"));
        this.alertedAt =
                OffsetDateTime.parse(about.get("alertedAt").getAsString()).toInstant();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Where it listens, without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    // ---- the wire

    private void serve(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        try {
            answer = answer(exchange, uri, body);
        } catch (Failed failed) {
            answer = failed.answer;
        } catch (RuntimeException e) {
            e.printStackTrace();
            answer = Answer.of(500, error("InternalServerError", "The second ARM of the tests broke: " + e));
        }
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), String.join(",", values)));
        calls.add(new Call(exchange.getRequestMethod(), uri, body, headers, answer.status));
        answer.headers.forEach(exchange.getResponseHeaders()::add);
        exchange.getResponseHeaders().add("x-ms-request-id", UUID.randomUUID().toString());
        exchange.getResponseHeaders().add("x-ms-ratelimit-remaining-subscription-global-reads", "3749");
        exchange.getResponseHeaders().add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        if (answer.none) {
            exchange.sendResponseHeaders(answer.status, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        byte[] bytes = GSON.toJson(answer.body).getBytes(StandardCharsets.UTF_8);
        if (headers.getOrDefault("accept-encoding", "").contains("gzip")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            bytes = packed.toByteArray();
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(answer.status, habits.contains(Habit.CHUNKED) ? 0 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange, String uri, String body) {
        if (!Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "")
                .startsWith("Bearer ")) {
            throw new Failed(
                    401,
                    error("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."));
        }
        String path = lower(decoded(exchange.getRequestURI().getRawPath()));
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String method = exchange.getRequestMethod();
        if (path.startsWith("/v1/") && path.endsWith("/query")) {
            return logs(exchange, path, body);
        }
        if (!query.containsKey("api-version")) {
            throw new Failed(
                    400,
                    error(
                            "MissingApiVersionParameter",
                            "The api-version query parameter (?api-version=) is required for all requests."));
        }
        if (pages.containsKey(uri)) {
            return page(path, query, Objects.requireNonNull(pages.get(uri)), ids());
        }
        if (path.contains("/operationresults/") || path.contains("/operations/")) {
            return poll(uri, path);
        }
        checkVersion(path, query);
        throttle(path, method);
        if (method.equals("POST")) {
            return post(path, query, body);
        }
        return get(path, query);
    }

    private void throttle(String path, String method) {
        String kind = method + type(path);
        if (!habits.contains(Habit.THROTTLES) || !throttled.add(kind)) {
            return;
        }
        if (path.contains("microsoft.resourcegraph")) {
            JsonObject error = error(
                    "RateLimiting",
                    "Please provide below info when asking for support: timestamp = " + alertedAt
                            + ", correlationId = aaaa0003-0000-4000-8000-000000000003.");
            throw graph(429, error);
        }
        Failed failed = new Failed(
                429,
                error(
                        "SubscriptionRequestsThrottled",
                        "Number of 'read' requests for subscription 'aaaa0002-0000-4000-8000-000000000002' actor '"
                                + CLIENT + "' exceeded. Please try again after '1' seconds."));
        failed.answer.with("Retry-After", "0"); // as recorded; the test need not wait
        throw failed;
    }

    private static Failed graph(int status, JsonElement body) {
        Failed failed = new Failed(status, body);
        failed.answer
                .with("x-ms-user-quota-remaining", status == 429 ? "0" : "12")
                .with("x-ms-user-quota-resets-after", "00:00:00")
                .with("x-ms-ratelimit-remaining-tenant-resource-requests", "12");
        return failed;
    }

    // ---- api-versions

    private void checkVersion(String path, Map<String, String> query) {
        String type = type(path);
        String version = Objects.requireNonNull(query.get("api-version"));
        List<String> known = new ArrayList<>(versions(type));
        if (known.isEmpty()) {
            return;
        }
        if (habits.contains(Habit.OLD_VERSIONS)) {
            known.removeIf(v -> v.compareTo("2024") >= 0);
        }
        if (!known.contains(version)) {
            String[] names = type.split("/", 2);
            throw new Failed(
                    400,
                    error(
                            "NoRegisteredProviderFound",
                            "No registered resource provider found for location 'westeurope' and API version '"
                                    + version
                                    + "' for type '" + (names.length > 1 ? names[1] : type)
                                    + "'. The supported api-versions are '"
                                    + String.join(", ", known)
                                    + "'. The supported locations are 'westeurope, northeurope'."));
        }
    }

    private static List<String> versions(String type) {
        List<String> versions = new ArrayList<>();
        JsonObject published = FACTS.getAsJsonObject("apiVersions");
        String known = published.has(type)
                ? type
                : type.startsWith("microsoft.network/privatednszones/") ? "microsoft.network/privatednszones" : "";
        if (!known.isEmpty()) {
            published.getAsJsonArray(known).forEach(v -> versions.add(v.getAsString()));
        }
        switch (type) {
            case "microsoft.insights/metrics" ->
                versions.addAll(List.of("2018-01-01", "2019-07-01", "2021-05-01", "2023-10-01", "2024-02-01"));
            case "microsoft.insights/eventtypes" -> versions.add("2015-04-01");
            case "microsoft.insights/diagnosticsettings" ->
                versions.addAll(List.of("2017-05-01-preview", "2021-05-01-preview"));
            case "microsoft.resourcehealth/availabilitystatuses" ->
                versions.addAll(List.of(
                        "2015-01-01",
                        "2017-07-01",
                        "2018-07-01",
                        "2020-05-01",
                        "2022-10-01",
                        "2023-10-01-preview",
                        "2024-02-01",
                        "2025-05-01"));
            case "microsoft.resourcegraph/resources" ->
                versions.addAll(List.of("2019-04-01", "2021-03-01", "2022-10-01", "2024-04-01"));
            default -> {}
        }
        return versions;
    }

    /** The type in an address: what follows the last provider, every other segment. */
    private static String type(String path) {
        int at = path.lastIndexOf("/providers/");
        if (at < 0) {
            return path.contains("/resourcegroups/")
                    ? "microsoft.resources/resourcegroups"
                    : "microsoft.resources/subscriptions";
        }
        String[] parts = path.substring(at + 11).split("/");
        StringBuilder type = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            type.append('/').append(parts[i]);
        }
        String whole = type.toString();
        for (String action :
                List.of("/backendhealth", "/getbackendhealthondemand", "/effectiveroutetable", "/instanceview")) {
            whole = whole.endsWith(action) ? whole.substring(0, whole.length() - action.length()) : whole;
        }
        return whole.startsWith("microsoft.insights/eventtypes") ? "microsoft.insights/eventtypes" : whole;
    }

    // ---- reading

    private Answer get(String path, Map<String, String> query) {
        if (path.endsWith("/providers/microsoft.insights/metrics")) {
            return metrics(path, query);
        }
        if (path.endsWith("/eventtypes/management/values")) {
            return activity(path, query);
        }
        if (path.endsWith("/providers/microsoft.insights/diagnosticsettings")) {
            return Answer.of(
                    200,
                    ids().apply(document(path, "diagnostic-settings", "microsoft.insights/diagnosticSettings/read")));
        }
        if (path.endsWith("/providers/microsoft.resourcehealth/availabilitystatuses/current")) {
            JsonObject status = document(path, "resource-health", "Microsoft.ResourceHealth/availabilityStatuses/read")
                    .getAsJsonObject()
                    .deepCopy();
            status.addProperty("type", "Microsoft.ResourceHealth/AvailabilityStatuses");
            return Answer.of(200, ids().apply(status));
        }
        if (path.endsWith("/providers/microsoft.resourcehealth/events")) {
            JsonElement events = document(path, "service-health", "Microsoft.ResourceHealth/events/read");
            return Answer.of(200, events);
        }
        if (path.contains("/locations/") && path.contains("/servicetag")) {
            return serviceTags(path, query);
        }
        if (path.endsWith("/instanceview")
                && recorded.instanceViews.containsKey(path.substring(0, path.length() - 13))) {
            return Answer.of(
                    200, Objects.requireNonNull(recorded.instanceViews.get(path.substring(0, path.length() - 13))));
        }
        List<JsonObject> list = recorded.lists.get(path);
        if (list != null) {
            return page(path, query, list.stream().map(one -> shown(one, query)).toList(), ids());
        }
        JsonObject resource = recorded.resources.get(path);
        if (resource == null) {
            throw forbidden(path, actionOf(path));
        }
        return Answer.of(200, ids().apply(shown(resource, query)));
    }

    /** A resource as this api-version and these parameters show it. */
    private JsonObject shown(JsonObject resource, Map<String, String> query) {
        JsonObject shown = resource.deepCopy();
        String id = lower(resource.get("id").getAsString());
        JsonObject view = recorded.instanceViews.get(id);
        if (view != null && query.getOrDefault("$expand", "").equalsIgnoreCase("instanceView")) {
            shown.getAsJsonObject("properties").add("instanceView", view);
        }
        if (id.contains("/containerapps/")
                && query.getOrDefault("api-version", "9").compareTo("2025-01-01") < 0
                && shown.get("properties") instanceof JsonObject properties) {
            properties.remove("runningStatus");
        }
        return shown;
    }

    private JsonElement document(String path, String name, String action) {
        JsonObject refused = recorded.error(name);
        if (refused != null) {
            throw new Failed(status(refused), refused);
        }
        JsonElement document = recorded.file(name);
        if (document == null) {
            throw forbidden(path, action);
        }
        return document;
    }

    private static int status(JsonObject refused) {
        return switch (refused.getAsJsonObject("error").get("code").getAsString()) {
            case "AuthorizationFailed", "InsufficientAccessError" -> 403;
            case "TooManyRequests", "RetryableErrorDueToAnotherOperation" -> 429;
            case "GatewayTimeout", "ServerTimeout" -> 504;
            case "SubscriptionNotFound", "ResourceNotFound", "ResourceGroupNotFound" -> 404;
            default -> 400;
        };
    }

    private static String actionOf(String path) {
        return type(path)
                + (path.endsWith("/backendhealth") || path.endsWith("/effectiveroutetable")
                        ? path.substring(path.lastIndexOf('/')) + "/action"
                        : "/read");
    }

    private Failed forbidden(String path, String action) {
        JsonObject refused = null;
        if (type(path).startsWith("microsoft.network/") && !path.contains("/applicationgateways/")) {
            refused = recorded.error("network");
        } else if (path.endsWith(lower(gateway()))) {
            refused = recorded.error("gateway");
        } else if (path.contains("/microsoft.compute/")
                || path.contains("/microsoft.web/")
                || path.contains("/microsoft.app/")) {
            refused = recorded.error("backends");
        }
        if (refused != null) {
            return new Failed(status(refused), refused);
        }
        return new Failed(
                403,
                error(
                        "AuthorizationFailed",
                        "The client '" + CLIENT + "' with object id '" + CLIENT
                                + "' does not have authorization to perform action '" + action + "' over scope '" + path
                                + "' or the scope is invalid. If access was recently granted, please refresh your"
                                + " credentials."));
    }

    private String gateway() {
        return recorded.file("gateway") instanceof JsonObject gateway && gateway.has("id")
                ? gateway.get("id").getAsString()
                : "/none";
    }

    private Answer serviceTags(String path, Map<String, String> query) {
        if (!(recorded.part("network", "serviceTags") instanceof JsonArray tags)) {
            throw forbidden(path, "Microsoft.Network/locations/serviceTags/read");
        }
        String asked = query.getOrDefault("tagName", "");
        JsonArray values = new JsonArray();
        tags.forEach(tag -> {
            if (asked.isEmpty()
                    || tag.getAsJsonObject().get("name").getAsString().equals(asked)) {
                values.add(tag);
            }
        });
        JsonObject answer = new JsonObject();
        answer.add(path.contains("servicetagdetails") ? "value" : "values", values);
        return Answer.of(200, answer);
    }

    // ---- pages

    private Answer page(String path, Map<String, String> query, List<JsonObject> all, Ids ids) {
        int most = habits.contains(Habit.SMALL_PAGES) ? 2 : 1000;
        JsonObject answer = new JsonObject();
        JsonArray value = new JsonArray();
        all.stream().limit(most).forEach(one -> value.add(ids.apply(one)));
        answer.add("value", value);
        if (all.size() > most) {
            StringBuilder next = new StringBuilder(path).append("?api-version=").append(query.get("api-version"));
            query.forEach((name, text) -> {
                if (!name.equals("api-version") && !name.startsWith("$skip") && !name.equals("s")) {
                    next.append('&').append(name).append('=').append(text);
                }
            });
            next.append("&$skiptoken=")
                    .append(UUID.randomUUID())
                    .append("%2B%2F%3D&s=")
                    .append("A".repeat(43))
                    .append("%3D");
            String raw = next.toString();
            // Kept as a client has to send it: a blank cannot stand in a request line.
            pages.put(raw.replace(" ", "%20"), all.subList(most, all.size()));
            pages.put(raw.replace(" ", "%20").replace("'", "%27"), all.subList(most, all.size()));
            pages.put(raw.replace(" ", "+"), all.subList(most, all.size()));
            answer.addProperty("nextLink", address() + raw);
        }
        return Answer.of(200, answer);
    }

    // ---- activity log

    private static final Pattern ACTIVITY =
            Pattern.compile("eventTimestamp ge '([^']+)' and eventTimestamp le '([^']+)'"
                    + "(?: and (resourceGroupName|resourceUri|resourceProvider|correlationId) eq '([^']+)')?");

    private Answer activity(String path, Map<String, String> query) {
        JsonElement log = document(path, "activity-log", "microsoft.insights/eventtypes/values/read");
        Matcher filter = ACTIVITY.matcher(query.getOrDefault("$filter", ""));
        if (!filter.matches()) {
            throw new Failed(400, error("BadRequest", "The provided filter is not supported: " + query.get("$filter")));
        }
        Instant from = OffsetDateTime.parse(filter.group(1)).toInstant();
        Instant until = OffsetDateTime.parse(filter.group(2)).toInstant();
        String field = filter.group(3);
        String wanted = Objects.requireNonNullElse(filter.group(4), "");
        Set<String> select = new LinkedHashSet<>(
                Arrays.asList(query.getOrDefault("$select", "").split("\\s*,\\s*")));
        select.remove("");
        List<JsonObject> rows = new ArrayList<>();
        for (JsonObject row : objects(log.getAsJsonObject().get("value"))) {
            Instant time = Instant.parse(row.get("eventTimestamp").getAsString());
            String id = row.has("resourceId") ? row.get("resourceId").getAsString() : "";
            boolean match = field == null
                    || switch (field) {
                        case "resourceGroupName" ->
                            lower(id).contains("/resourcegroups/" + lower(wanted) + "/")
                                    || lower(id).endsWith("/resourcegroups/" + lower(wanted));
                        case "resourceUri" -> id.equalsIgnoreCase(wanted);
                        case "correlationId" ->
                            row.has("correlationId")
                                    && row.get("correlationId").getAsString().equals(wanted);
                        default -> lower(id).contains("/providers/" + lower(wanted) + "/");
                    };
            if (match
                    && !time.isBefore(from)
                    && !time.isAfter(until)
                    && subscription(path).equals(subscription(lower(id)))) {
                JsonObject shown = row.deepCopy();
                if (!select.isEmpty()) {
                    shown.keySet().removeIf(name -> !select.contains(name) && !name.equals("id"));
                }
                rows.add(shown);
            }
        }
        rows.sort(Comparator.comparing((JsonObject row) ->
                        row.has("eventTimestamp") ? row.get("eventTimestamp").getAsString() : "")
                .reversed());
        Map<String, String> repeated = new LinkedHashMap<>(query);
        return page(path, repeated, rows, ids());
    }

    private static String subscription(String path) {
        String[] parts = path.split("/");
        return parts.length > 2 && parts[1].equals("subscriptions") ? parts[2] : "";
    }

    // ---- metrics

    private Answer metrics(String path, Map<String, String> query) {
        JsonObject document =
                document(path, "metrics", "microsoft.insights/metrics/read").getAsJsonObject();
        JsonObject published = FACTS.getAsJsonObject("metrics");
        List<String> aggregations =
                List.of(query.getOrDefault("aggregation", "Average").split(","));
        Map<String, String> filter = filter(query.getOrDefault("$filter", ""));
        String[] span = query.getOrDefault("timespan", "").split("/");
        if (span.length != 2) {
            throw topError("BadRequest", "Invalid time span: " + query.get("timespan"));
        }
        Instant from = OffsetDateTime.parse(span[0]).toInstant();
        Instant until = OffsetDateTime.parse(span[1]).toInstant();
        JsonArray value = new JsonArray();
        for (String name : query.getOrDefault("metricnames", "").split(",")) {
            JsonObject definition = published.getAsJsonObject(name);
            if (definition == null) {
                throw topError(
                        "BadRequest",
                        "Failed to find metric configuration for provider: Microsoft.Network, resource Type: "
                                + "applicationGateways, metric: " + name + ", Valid metrics: "
                                + String.join(",", published.keySet()));
            }
            for (String dimension : filter.keySet()) {
                boolean has =
                        texts(definition.getAsJsonArray("dimensions")).stream().anyMatch(dimension::equalsIgnoreCase);
                if (!has && !query.getOrDefault("ValidateDimensions", "true").equals("false")) {
                    throw topError(
                            "BadRequest",
                            "Metric: " + name + " does not support requested dimension combination: "
                                    + lower(dimension) + ", supported ones are: "
                                    + lower(String.join(",", texts(definition.getAsJsonArray("dimensions")))));
                }
            }
            List<String> supported = texts(definition.getAsJsonArray("aggregations"));
            String lacking = aggregations.stream()
                    .filter(a -> supported.stream().noneMatch(a::equalsIgnoreCase))
                    .findFirst()
                    .orElse("");
            if (!lacking.isEmpty() && habits.contains(Habit.REFUSES_AGGREGATIONS)) {
                throw topError(
                        "BadRequest",
                        "Metric: " + name + " does not support requested aggregation: " + lacking
                                + ", supported ones are: " + String.join(",", supported));
            }
            JsonObject metric = new JsonObject();
            metric.addProperty("id", path + "/" + name);
            metric.addProperty("type", "Microsoft.Insights/metrics");
            JsonObject called = new JsonObject();
            called.addProperty("value", name);
            called.addProperty("localizedValue", name);
            metric.add("name", called);
            metric.addProperty("unit", definition.get("unit").getAsString());
            if (!lacking.isEmpty()) {
                metric.add("timeseries", new JsonArray());
                metric.addProperty(
                        "errorMessage",
                        "Sampling type is not found. Metric:ShoeboxGateway,AzureMonitor," + name
                                + ", SamplingType:Nullable" + lacking + ".");
                metric.addProperty("errorCode", "InvalidSamplingType");
            } else {
                metric.add(
                        "timeseries",
                        series(
                                document,
                                name,
                                filter,
                                aggregations,
                                from,
                                until,
                                Integer.parseInt(query.getOrDefault("top", "10"))));
                if (!habits.contains(Habit.BARE_METRICS)) {
                    metric.addProperty("errorCode", "Success");
                }
            }
            value.add(metric);
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("cost", 59);
        answer.addProperty("timespan", query.get("timespan"));
        answer.addProperty("interval", query.getOrDefault("interval", "PT1M"));
        answer.add("value", value);
        answer.addProperty("namespace", "Microsoft.Network/applicationGateways");
        answer.addProperty("resourceregion", "westeurope");
        return Answer.of(200, answer);
    }

    private static Failed topError(String code, String message) {
        JsonObject body = new JsonObject();
        body.addProperty("code", code);
        body.addProperty("message", message);
        return new Failed(400, body);
    }

    private static Map<String, String> filter(String text) {
        Map<String, String> filter = new LinkedHashMap<>();
        Matcher matcher = Pattern.compile("(\\w+) eq '([^']*)'").matcher(text);
        while (matcher.find()) {
            filter.put(matcher.group(1), matcher.group(2));
        }
        return filter;
    }

    private JsonArray series(
            JsonObject document,
            String name,
            Map<String, String> filter,
            List<String> aggregations,
            Instant from,
            Instant until,
            int top) {
        Map<Map<String, String>, Map<String, Map<String, double[]>>> groups = new LinkedHashMap<>();
        for (JsonObject metric : objects(document.get("value"))) {
            if (!metric.getAsJsonObject("name").get("value").getAsString().equalsIgnoreCase(name)) {
                continue;
            }
            for (JsonObject series : objects(metric.get("timeseries"))) {
                Map<String, String> dimensions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                objects(series.get("metadatavalues"))
                        .forEach(d -> dimensions.put(
                                d.getAsJsonObject("name").get("value").getAsString(),
                                d.get("value").getAsString()));
                boolean match = filter.entrySet().stream()
                        .allMatch(f -> f.getValue().equals("*")
                                || !dimensions.containsKey(f.getKey())
                                || f.getValue().equalsIgnoreCase(dimensions.get(f.getKey())));
                if (!match) {
                    continue;
                }
                Map<String, String> key = new LinkedHashMap<>();
                filter.keySet().stream()
                        .filter(dimensions::containsKey)
                        .forEach(d -> key.put(lower(d), Objects.requireNonNull(dimensions.get(d))));
                Map<String, Map<String, double[]>> points = groups.computeIfAbsent(key, k -> new TreeMap<>());
                for (JsonObject point : objects(series.get("data"))) {
                    Instant time = Instant.parse(point.get("timeStamp").getAsString());
                    if (time.isBefore(from) || time.isAfter(until)) {
                        continue;
                    }
                    Map<String, double[]> values =
                            points.computeIfAbsent(point.get("timeStamp").getAsString(), k -> new TreeMap<>());
                    for (String aggregation : aggregations) {
                        JsonElement given = point.get(lower(aggregation));
                        if (given != null && !given.isJsonNull()) {
                            double[] sum = values.computeIfAbsent(lower(aggregation), k -> new double[2]);
                            sum[0] += given.getAsDouble();
                            sum[1]++;
                        }
                    }
                }
            }
        }
        JsonArray all = new JsonArray();
        groups.entrySet().stream()
                .limit(filter.isEmpty() ? Long.MAX_VALUE : top)
                .forEach(group -> {
                    JsonObject series = new JsonObject();
                    JsonArray metadata = new JsonArray();
                    group.getKey().forEach((dimension, text) -> {
                        JsonObject one = new JsonObject();
                        JsonObject called = new JsonObject();
                        called.addProperty("value", dimension);
                        called.addProperty("localizedValue", dimension);
                        one.add("name", called);
                        one.addProperty("value", text);
                        metadata.add(one);
                    });
                    series.add("metadatavalues", metadata);
                    JsonArray data = new JsonArray();
                    group.getValue().forEach((time, values) -> {
                        JsonObject point = new JsonObject();
                        point.addProperty("timeStamp", time);
                        values.forEach((aggregation, sum) -> point.addProperty(
                                aggregation, aggregation.equals("average") ? sum[0] / sum[1] : sum[0]));
                        data.add(point);
                    });
                    series.add("data", data);
                    all.add(series);
                });
        return all;
    }

    // ---- long calls

    private Answer post(String path, Map<String, String> query, String body) {
        if (path.endsWith("/providers/microsoft.resourcegraph/resources")) {
            return resourceGraph(body);
        }
        if (path.endsWith("/backendhealth")) {
            JsonElement health =
                    document(path, "backend-health", "Microsoft.Network/applicationGateways/backendhealth/action");
            return begun(path, query, ids().apply(health));
        }
        if (path.endsWith("/getbackendhealthondemand")) {
            return begun(
                    path,
                    query,
                    ids().apply(onDemand(path, JsonParser.parseString(body).getAsJsonObject())));
        }
        if (path.endsWith("/effectiveroutetable")) {
            String nic = path.substring(0, path.lastIndexOf('/'));
            for (JsonObject routes : objects(recorded.part("network", "effectiveRoutes"))) {
                if (routes.get("networkInterface") instanceof JsonObject of
                        && lower(of.get("id").getAsString()).equals(nic)) {
                    JsonObject answer = new JsonObject();
                    answer.add("value", routes.get("value"));
                    return begun(path, query, answer);
                }
            }
            throw forbidden(path, "Microsoft.Network/networkInterfaces/effectiveRouteTable/action");
        }
        for (String part : List.of("securityAdminRules", "connectivityConfigurations")) {
            if (path.endsWith(
                    part.equals("securityAdminRules")
                            ? "/listnetworkmanagereffectivesecurityadminrules"
                            : "/listnetworkmanagereffectiveconnectivityconfigurations")) {
                return inEffect(path, part);
            }
        }
        throw new Failed(404, error("InvalidResourceType", "The resource type could not be found: " + path));
    }

    /** What a network manager has in effect in a network; nothing where the case has no network manager. */
    private Answer inEffect(String path, String part) {
        String vnet = path.substring(0, path.lastIndexOf('/'));
        JsonObject answer = new JsonObject();
        answer.add("value", new JsonArray());
        for (JsonObject each : objects(recorded.part("network", part))) {
            boolean refused =
                    each.has("error") && lower(each.get("id").getAsString()).equals(vnet);
            if (refused) {
                throw forbidden(
                        path,
                        "Microsoft.Network/virtualNetworks/" + path.substring(path.lastIndexOf('/') + 1) + "/action");
            }
            if (each.get("virtualNetwork") instanceof JsonObject of
                    && lower(of.get("id").getAsString()).equals(vnet)) {
                answer.add("value", each.get("value"));
            }
        }
        return Answer.of(200, ids().apply(answer));
    }

    private JsonElement onDemand(String path, JsonObject asked) {
        JsonElement answers = document(
                path, "on-demand-health", "Microsoft.Network/applicationGateways/getBackendHealthOnDemand/action");
        JsonObject refused = null;
        for (JsonObject answer : objects(answers)) {
            JsonObject request = answer.getAsJsonObject("request");
            boolean same = List.of("backendAddressPool", "backendHttpSettings").stream()
                            .allMatch(part -> request.get(part) != null
                                    && asked.get(part) != null
                                    && lower(request.getAsJsonObject(part)
                                                    .get("id")
                                                    .getAsString())
                                            .equals(lower(asked.getAsJsonObject(part)
                                                    .get("id")
                                                    .getAsString())))
                    && text(request, "path").equals(text(asked, "path"));
            if (same) {
                JsonObject shown = answer.deepCopy();
                shown.remove("request");
                return shown;
            }
        }
        throw new Failed(
                400,
                Objects.requireNonNullElse(refused, error("InvalidRequest", "The probe could not be carried out.")));
    }

    private static String text(JsonObject of, String name) {
        return of.get(name) instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    private Answer begun(String path, Map<String, String> query, JsonElement result) {
        if (!habits.contains(Habit.LOCATION_ONLY)
                && !habits.contains(Habit.SIGNED_OPERATIONS)
                && !habits.contains(Habit.OPERATION_ONLY)) {
            return Answer.of(200, result);
        }
        String base = "/subscriptions/" + subscription(path) + "/providers/Microsoft.Network/locations/westeurope/";
        String end = UUID.randomUUID() + "?api-version=" + query.get("api-version");
        Operation operation = new Operation(result);
        String status = base + "operations/" + end + signature("1");
        String location = base + "operationResults/" + end + signature("2");
        operations.put(status, operation);
        operations.put(location, operation);
        Answer answer = Answer.of(202, JsonNull.INSTANCE).with("Retry-After", "0");
        if (!habits.contains(Habit.LOCATION_ONLY)) {
            answer.with("Azure-AsyncOperation", address() + status);
        }
        if (!habits.contains(Habit.OPERATION_ONLY)) {
            answer.with("Location", address() + location);
        }
        return answer;
    }

    private String signature(String which) {
        return habits.contains(Habit.SIGNED_OPERATIONS)
                ? "&t=638972091388266008&c=MII" + "A".repeat(2575) + "&s=" + which + "B".repeat(341) + "&h="
                        + "C".repeat(43)
                : "";
    }

    private Answer poll(String uri, String path) {
        Operation operation = operations.get(uri);
        if (operation == null) {
            throw new Failed(
                    404, error("NotFound", "The operation was not found; the address is not the one that was given."));
        }
        if (path.contains("/operations/")) {
            JsonObject status = new JsonObject();
            boolean running = operation.polls++ < 1;
            status.addProperty("status", running ? "InProgress" : "Succeeded");
            if (!running && habits.contains(Habit.OPERATION_ONLY)) {
                status.add("properties", operation.result);
            }
            return running ? Answer.of(200, status).with("Retry-After", "0") : Answer.of(200, status);
        }
        if (habits.contains(Habit.LOCATION_ONLY) && operation.polls++ < 1) {
            return Answer.of(202, JsonNull.INSTANCE)
                    .with("Location", address() + uri)
                    .with("Retry-After", "0");
        }
        return Answer.of(200, operation.result)
                .with("Location", address() + uri)
                .with("Retry-After", "0");
    }

    // ---- Resource Graph

    private static final List<String> GRAPH_COLUMNS = List.of(
            "id",
            "name",
            "type",
            "tenantId",
            "kind",
            "location",
            "resourceGroup",
            "subscriptionId",
            "managedBy",
            "sku",
            "plan",
            "properties",
            "tags",
            "identity",
            "zones",
            "extendedLocation");

    private Answer resourceGraph(String body) {
        JsonObject asked = JsonParser.parseString(body).getAsJsonObject();
        String query = asked.get("query").getAsString();
        JsonObject options = asked.get("options") instanceof JsonObject given ? given : new JsonObject();
        Set<String> subscriptions = new LinkedHashSet<>();
        if (asked.get("subscriptions") instanceof JsonArray array) {
            array.forEach(s -> subscriptions.add(lower(s.getAsString())));
        }
        int skip = 0;
        Matcher token = Pattern.compile("token-(\\d+)").matcher(text(options, "$skipToken"));
        if (token.matches()) {
            skip = Integer.parseInt(token.group(1));
        }
        KustoEngine.Table answer;
        try {
            KustoEngine.Table resources = inventory(subscriptions);
            answer = KustoEngine.run(query, Map.of("resources", resources, "Resources", resources), alertedAt);
        } catch (KustoEngine.Refused refused) {
            throw graph(400, invalid(refused.code, refused.getMessage()));
        }
        JsonArray data = new JsonArray();
        int most = habits.contains(Habit.SMALL_PAGES) ? 2 : 1000;
        boolean pageable = !query.matches("(?s).*\\|\\s*(take|limit|sample)\\b.*")
                && answer.columns().contains("id");
        List<Map<String, @Nullable Object>> rows = answer.rows();
        int end = pageable ? Math.min(rows.size(), skip + most) : Math.min(rows.size(), 1000);
        for (Map<String, @Nullable Object> row : rows.subList(Math.min(skip, end), end)) {
            JsonObject one = new JsonObject();
            row.forEach((name, value) -> one.add(name, KustoEngine.json(value)));
            data.add(ids().apply(one));
        }
        JsonObject result = new JsonObject();
        result.addProperty("totalRecords", rows.size());
        result.addProperty("count", data.size());
        if (text(options, "resultFormat").equalsIgnoreCase("objectArray")) {
            result.add("data", data);
        } else {
            result.add("data", columnsAndRows(answer));
        }
        result.add("facets", new JsonArray());
        result.addProperty("resultTruncated", end < rows.size() && !pageable ? "true" : "false");
        if (end < rows.size() && pageable) {
            result.addProperty("$skipToken", "token-" + end);
        }
        return Answer.of(200, result)
                .with("x-ms-user-quota-remaining", "14")
                .with("x-ms-user-quota-resets-after", "00:00:05")
                .with("x-ms-resource-graph-request-duration", "0:00:00:00.0562327");
    }

    private static JsonObject columnsAndRows(KustoEngine.Table table) {
        JsonObject data = new JsonObject();
        JsonArray columns = new JsonArray();
        JsonArray rows = new JsonArray();
        for (String name : table.columns()) {
            JsonObject column = new JsonObject();
            column.addProperty("name", name);
            column.addProperty("type", "string");
            columns.add(column);
        }
        for (Map<String, @Nullable Object> row : table.rows()) {
            JsonArray cells = new JsonArray();
            table.columns().forEach(name -> cells.add(KustoEngine.json(row.get(name))));
            rows.add(cells);
        }
        data.add("columns", columns);
        data.add("rows", rows);
        return data;
    }

    private static JsonObject invalid(String code, @Nullable String message) {
        JsonObject body = error(
                "BadRequest",
                "Please provide below info when asking for support: timestamp = "
                        + "2021-04-01T08:01:45.5776189Z, correlationId = aaaa0003-0000-4000-8000-000000000003.");
        JsonArray details = new JsonArray();
        for (String[] detail : new String[][] {
            {
                "InvalidQuery",
                "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix "
                        + "the error before retrying."
            },
            {code, Objects.requireNonNullElse(message, "")}
        }) {
            JsonObject one = new JsonObject();
            one.addProperty("code", detail[0]);
            one.addProperty("message", detail[1]);
            details.add(one);
        }
        body.getAsJsonObject("error").add("details", details);
        return body;
    }

    private KustoEngine.Table inventory(Set<String> subscriptions) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        recorded.resources.forEach((id, resource) -> {
            String type = type(id);
            boolean top = type.chars().filter(c -> c == '/').count() == 1;
            if (!top || !subscriptions.isEmpty() && !subscriptions.contains(subscription(id))) {
                return;
            }
            JsonObject shown = shown(resource, Map.of());
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (String column : GRAPH_COLUMNS) {
                JsonElement value = shown.get(column);
                boolean bag = Set.of("properties", "sku", "tags", "plan", "identity", "zones", "extendedLocation")
                        .contains(column);
                row.put(
                        column,
                        value == null || value.isJsonNull() ? bag ? null : "" : bag ? value : value.getAsString());
            }
            row.put("type", type);
            row.put("resourceGroup", id.split("/")[4]);
            row.put("subscriptionId", subscription(id));
            JsonObject view = recorded.instanceViews.get(id);
            if (view != null && shown.get("properties") instanceof JsonObject properties) {
                properties.add("extended", extended(view));
            }
            rows.add(row);
        });
        return KustoEngine.Table.of(GRAPH_COLUMNS, rows);
    }

    private static JsonObject extended(JsonObject view) {
        JsonObject power = new JsonObject();
        objects(view.get("statuses")).stream()
                .filter(s -> text(s, "code").startsWith("PowerState/"))
                .forEach(s -> {
                    power.addProperty("code", text(s, "code"));
                    power.addProperty("displayStatus", text(s, "displayStatus"));
                });
        JsonObject instance = new JsonObject();
        instance.add("powerState", power);
        JsonObject extended = new JsonObject();
        extended.add("instanceView", instance);
        return extended;
    }

    // ---- log queries

    private Answer logs(HttpExchange exchange, String path, String body) {
        JsonObject refused = recorded.error("access-log");
        if (refused != null) {
            throw new Failed(status(refused), refused);
        }
        if (recorded.file("access-log") == null) {
            throw new Failed(
                    403,
                    error(
                            "InsufficientAccessError",
                            "The provided credentials have insufficient access to perform the requested operation"));
        }
        if (!Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), "")
                .contains("application/json")) {
            return new Answer(200, new LinkedHashMap<>(), new JsonObject(), false);
        }
        if (habits.contains(Habit.THROTTLES) && throttled.add("logs")) {
            Failed failed = new Failed(429, error("TooManyRequestsError", "The request was throttled."));
            failed.answer.with("Retry-After", "0"); // as recorded; the test need not wait
            throw failed;
        }
        String prefer = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Prefer"), "");
        if (!prefer.matches("(\\s*(wait=\\d+|(include|ai)-?[A-Za-z.-]+=[^,]*)\\s*,?)*")) {
            throw new Failed(400, error("BadArgumentError", "The header Prefer is malformed: " + prefer));
        }
        JsonObject asked = JsonParser.parseString(body).getAsJsonObject();
        Instant[] span = timespan(text(asked, "timespan"));
        Map<String, KustoEngine.Table> tables = RecordedLog.tables(
                recorded.file("access-log"), logColumns(), path.substring(3, path.length() - 6), span[0], span[1]);
        if (habits.contains(Habit.NO_CONTENT)
                && tables.values().stream().allMatch(t -> t.rows().isEmpty())) {
            return new Answer(204, new LinkedHashMap<>(), null, true);
        }
        KustoEngine.Table table;
        try {
            table = KustoEngine.run(text(asked, "query"), tables, alertedAt);
        } catch (KustoEngine.Refused e) {
            throw new Failed(400, semantic(e.code, e.getMessage()));
        } catch (RuntimeException e) {
            if (KustoEngine.isMissingTable(e)) {
                throw new Failed(
                        400, semantic("SEM0100", KustoEngine.missing(e, "take").getMessage()));
            }
            throw e;
        }
        JsonObject answer = new JsonObject();
        JsonArray all = new JsonArray();
        all.add(primary(table));
        answer.add("tables", all);
        if (prefer.contains("include-statistics=true")) {
            answer.add("statistics", new JsonObject());
        }
        if (prefer.contains("include-permissions=true")) {
            JsonObject permissions = new JsonObject();
            JsonArray sources = new JsonArray();
            JsonObject source = new JsonObject();
            source.addProperty(
                    "resourceId",
                    "/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/rg-logs/providers/"
                            + "microsoft.operationalinsights/workspaces/log-recorded");
            source.add("denyTables", new JsonArray());
            sources.add(source);
            permissions.add("dataSources", sources);
            permissions.add("resources", new JsonArray());
            answer.add("permissions", permissions);
        }
        if (habits.contains(Habit.PARTIAL_LOG)) {
            answer.add("error", partial());
        }
        return Answer.of(200, answer);
    }

    private static JsonObject partial() {
        JsonObject inner = new JsonObject();
        inner.addProperty("code", "-2133196797");
        inner.addProperty(
                "message",
                "The results of this query exceed the set limit of 64000000 bytes, so not all records were returned "
                        + "(E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).");
        inner.addProperty("severity", 2);
        inner.addProperty("severityName", "Error");
        JsonObject detail = new JsonObject();
        detail.addProperty("code", "EngineError");
        detail.addProperty("message", "Something went wrong processing your query on the server.");
        detail.add("innererror", inner);
        JsonArray details = new JsonArray();
        details.add(detail);
        JsonObject error = new JsonObject();
        error.addProperty("code", "PartialError");
        error.addProperty("message", "There were some errors when processing your query.");
        error.add("details", details);
        return error;
    }

    private static JsonObject semantic(String code, @Nullable String message) {
        JsonObject innermost = new JsonObject();
        innermost.addProperty("code", code);
        innermost.addProperty("message", message);
        JsonObject inner = new JsonObject();
        inner.addProperty("code", code.startsWith("SYN") ? "SyntaxError" : "SemanticError");
        inner.addProperty(
                "message", code.startsWith("SYN") ? "A syntax error occurred." : "A semantic error occurred.");
        inner.add("innererror", innermost);
        JsonObject body = error("BadArgumentError", "The request had some invalid properties");
        body.getAsJsonObject("error").add("innererror", inner);
        return body;
    }

    private Map<String, String> logColumns() {
        String date = habits.contains(Habit.OLD_LOG_COLUMNS) ? "2024-02-18" : "2026-07-27";
        Map<String, String> columns = new LinkedHashMap<>();
        for (JsonObject table : objects(FACTS.get("tables"))) {
            if (text(table, "date").equals(date)) {
                table.getAsJsonObject("columns")
                        .entrySet()
                        .forEach(c -> columns.put(c.getKey(), c.getValue().getAsString()));
            }
        }
        return columns;
    }

    private Instant[] timespan(String text) {
        if (text.startsWith("P")) {
            return new Instant[] {alertedAt.minus(Duration.parse(text)), alertedAt};
        }
        String[] ends = text.split("/");
        if (ends.length != 2) {
            return new Instant[] {Instant.MIN, Instant.MAX};
        }
        Instant from = OffsetDateTime.parse(ends[0]).toInstant();
        return new Instant[] {
            from,
            ends[1].startsWith("P")
                    ? from.plus(Duration.parse(ends[1]))
                    : OffsetDateTime.parse(ends[1]).toInstant()
        };
    }

    private JsonObject primary(KustoEngine.Table table) {
        JsonObject primary = new JsonObject();
        primary.addProperty("name", "PrimaryResult");
        JsonArray columns = new JsonArray();
        for (String name : table.columns()) {
            JsonObject column = new JsonObject();
            column.addProperty("name", name);
            column.addProperty(
                    "type",
                    table.rows().stream()
                            .map(r -> r.get(name))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .map(KustoEngine::type)
                            .orElse("string"));
            columns.add(column);
        }
        primary.add("columns", columns);
        JsonArray rows = new JsonArray();
        for (Map<String, @Nullable Object> row : table.rows()) {
            JsonArray cells = new JsonArray();
            for (String name : table.columns()) {
                JsonElement cell = KustoEngine.json(row.get(name));
                boolean quoted = cell.isJsonArray()
                        || cell.isJsonObject()
                        || row.get(name) instanceof Long && habits.contains(Habit.QUOTED_NUMBERS);
                cells.add(quoted ? new JsonPrimitive(cell.toString()) : cell);
            }
            rows.add(cells);
        }
        primary.add("rows", rows);
        return primary;
    }

    // ---- ids

    private interface Ids {
        JsonElement apply(JsonElement document);
    }

    private Ids ids() {
        if (habits.contains(Habit.LOWER_CASE_IDS)) {
            return document -> spelt(document, CaseResources::lower);
        }
        if (habits.contains(Habit.MIXED_CASE_IDS)) {
            return document -> spelt(document, RecordedArm::mixed);
        }
        return document -> document;
    }

    private interface Spelling {
        String of(String id);
    }

    private static JsonElement spelt(JsonElement document, Spelling spelling) {
        if (document instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(e -> out.add(spelt(e, spelling)));
            return out;
        }
        if (document instanceof JsonObject object) {
            JsonObject out = new JsonObject();
            object.entrySet().forEach(e -> out.add(e.getKey(), spelt(e.getValue(), spelling)));
            return out;
        }
        boolean id = document instanceof JsonPrimitive primitive
                && primitive.isString()
                && primitive.getAsString().matches("(?i)/subscriptions/[^ ]*");
        return id ? new JsonPrimitive(spelling.of(document.getAsString())) : document;
    }

    private static String mixed(String id) {
        String[] parts = id.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            if (parts[i - 1].equalsIgnoreCase("resourceGroups")) {
                parts[i] = parts[i].toUpperCase(Locale.ROOT);
            } else if (parts[i - 1].equalsIgnoreCase("providers")) {
                parts[i] = lower(parts[i]);
            }
        }
        return String.join("/", parts);
    }

    // ---- small things

    private static JsonObject error(String code, String message) {
        JsonObject inner = new JsonObject();
        inner.addProperty("code", code);
        inner.addProperty("message", message);
        JsonObject body = new JsonObject();
        body.add("error", inner);
        return body;
    }

    private static List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        array.forEach(e -> texts.add(e.getAsString()));
        return texts;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String part : Objects.requireNonNullElse(raw, "").split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        decoded(part.substring(0, equals)),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static JsonObject facts() {
        try (InputStream in = RecordedArm.class.getResourceAsStream("/azure/published/service-facts.json")) {
            return JsonParser.parseReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
