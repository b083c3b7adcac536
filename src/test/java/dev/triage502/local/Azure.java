package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A pretend Azure of one case and a plain HTTP client of it, which knows nothing of our own code. */
final class Azure implements AutoCloseable {

    final RecordedCase recorded;
    final PretendAzure server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Azure(RecordedCase recorded, PretendAzure.Options options) throws IOException {
        this.recorded = recorded;
        this.server = PretendAzure.start(recorded.documents(), recorded.gateway(), options);
    }

    static RecordedCase recorded(String name) {
        return CaseFolder.read(Path.of("src/test/resources/cases", name));
    }

    static Azure of(String name) throws IOException {
        return of(recorded(name));
    }

    static Azure of(RecordedCase recorded) throws IOException {
        return of(recorded, PretendAzure.Options.usual().operations(1, Duration.ZERO));
    }

    static Azure of(RecordedCase recorded, PretendAzure.Options options) throws IOException {
        return new Azure(recorded, options);
    }

    /** The same, with one document more. */
    static Azure of(String name, Source source, String document) throws IOException {
        RecordedCase base = recorded(name);
        return of(new RecordedCase(
                base.id(),
                base.title(),
                base.gateway(),
                base.alertedAt(),
                base.expected(),
                base.documents().with(source, JsonParser.parseString(document))));
    }

    String gateway() {
        return recorded.gateway().toString();
    }

    HttpResponse<String> get(String pathAndQuery) throws Exception {
        return send(request(pathAndQuery).GET());
    }

    HttpResponse<String> post(String pathAndQuery, String body) throws Exception {
        return send(
                request(pathAndQuery).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String pathAndQuery) {
        URI uri = pathAndQuery.startsWith("http")
                ? URI.create(pathAndQuery)
                : URI.create(server.endpoint() + pathAndQuery);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + tokenFor("https://management.azure.com/"));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    static String tokenFor(String audience) {
        return part("{\"alg\":\"none\"}") + "." + part("{\"aud\":\"" + audience + "\"}") + ".";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static JsonElement json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body());
    }

    static String errorCode(HttpResponse<String> response) {
        JsonObject error = json(response).getAsJsonObject().getAsJsonObject("error");
        return error.get("code").getAsString();
    }

    @Override
    public void close() {
        server.close();
    }
}
