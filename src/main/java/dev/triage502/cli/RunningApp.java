package dev.triage502.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A running app that somebody names with {@code --app}; its key is in the URL or in {@code TRIAGE502_HOST_KEY}. */
final class RunningApp {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final String url;
    private final Console console;

    RunningApp(String url, Console console) {
        this.url = url;
        this.console = console;
    }

    /** A value as it stands in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What it answers to a GET.
     *
     * @param expected a field that every answer of ours has there
     * @throws CommandFailed saying why it did not, and what to check
     */
    JsonObject get(String path, String expected) throws InterruptedException {
        return ask(path, HttpRequest.newBuilder(), expected);
    }

    /**
     * What it answers to a POST.
     *
     * @param expected a field that every answer of ours has there
     * @throws CommandFailed saying why it did not, and what to check
     */
    JsonObject post(String path, JsonObject body, String expected) throws InterruptedException {
        return ask(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body.toString())), expected);
    }

    private JsonObject ask(String path, HttpRequest.Builder request, String expected) throws InterruptedException {
        try {
            URI base = URI.create(url);
            String root = base.getScheme() + "://" + base.getAuthority();
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            request.uri(URI.create(root + path))
                                    .header("x-functions-key", key(base))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString());
            return read(answer, expected);
        } catch (IOException e) {
            throw new CommandFailed(
                    "no response from the app at this URL. Check --app, and that the app is running", e);
        } catch (JsonParseException | IllegalStateException notOurs) {
            throw new CommandFailed("the response is not from triage502. Check --app", notOurs);
        } catch (IllegalArgumentException noUrl) {
            throw CommandFailed.wrongUsage("--app is not a URL; use e.g. http://127.0.0.1:7071");
        }
    }

    private String key(URI base) {
        return base.getQuery() != null && base.getQuery().startsWith("code=")
                ? base.getQuery().substring("code=".length())
                : console.variable("TRIAGE502_HOST_KEY").orElse("");
    }

    private static JsonObject read(HttpResponse<String> answer, String expected) {
        if (answer.statusCode() == UNAUTHORIZED) {
            throw CommandFailed.wrongUsage("the app requires its key: set TRIAGE502_HOST_KEY");
        }
        JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
        if (answer.statusCode() == OK) {
            if (!body.has(expected)) {
                throw new IllegalStateException(expected);
            }
            return body;
        }
        String why = body.has("detail") ? body.get("detail").getAsString() : "the app returned " + answer.statusCode();
        throw answer.statusCode() == BAD_REQUEST ? CommandFailed.wrongUsage(why) : new CommandFailed(why);
    }
}
