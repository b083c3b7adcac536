package dev.triage502.function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.HtmlPage;
import dev.triage502.report.html.NoticePage;
import dev.triage502.report.html.PageView.PageLink;
import java.util.List;

/** Why a request is not done: a problem document (RFC 9457) that ends the handling of it. */
final class HttpProblem extends RuntimeException {

    private final HttpStatus status;
    private final transient JsonObject json = new JsonObject();
    private transient List<PageLink> links = List.of();

    HttpProblem(HttpStatus status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        json.addProperty("type", "about:blank");
        json.addProperty("title", title);
        json.addProperty("status", status.value());
        json.addProperty("detail", detail);
    }

    /** 400 for one place of a request: what was found there, and what was expected. */
    static HttpProblem at(String where, String expected, String found) {
        return new HttpProblem(
                        HttpStatus.BAD_REQUEST,
                        "Invalid request",
                        where + ": found " + found + "; expected " + expected)
                .with("where", where)
                .with("expected", expected)
                .with("found", found);
    }

    HttpProblem with(String name, String value) {
        json.addProperty(name, value);
        return this;
    }

    HttpProblem with(String name, List<String> values) {
        JsonArray list = new JsonArray();
        values.forEach(list::add);
        json.add(name, list);
        return this;
    }

    /** For a page: where to go on. */
    HttpProblem leadingTo(List<PageLink> where) {
        links = List.copyOf(where);
        return this;
    }

    HttpStatus status() {
        return status;
    }

    JsonObject toJson() {
        return json;
    }

    /** The same as a page for people. */
    HtmlPage page() {
        return NoticePage.of(
                NoticePage.Kind.REFUSED,
                json.get("title").getAsString(),
                List.of(ReportPhrases.upperFirst(
                        ReportPhrases.sentence(json.get("detail").getAsString()))),
                links);
    }
}
