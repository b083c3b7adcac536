package dev.triage502.function;

import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.report.html.HtmlPage;

/** What the browser is told of an answer that people look at, beside the answer itself. */
final class PageHeaders {

    private static final String HTML = "text/html; charset=utf-8";

    /** A policy in the page cannot say who may frame it; a header can. */
    private static final String NO_FRAMES = "; frame-ancestors 'none'";

    private PageHeaders() {}

    /** A page that shows an incident, or whose address opens one: it is kept nowhere, and its address goes nowhere. */
    static HttpResponseMessage.Builder page(HttpResponseMessage.Builder answer, HtmlPage page) {
        return unkept(answer.header("Content-Type", HTML)
                        .header("Content-Security-Policy", page.policy() + NO_FRAMES)
                        .header("X-Frame-Options", "DENY"))
                .body(page.html());
    }

    /** A page that is the same for all. */
    static HttpResponseMessage.Builder publicPage(HttpResponseMessage.Builder answer, HtmlPage page) {
        return plain(answer.header("Content-Type", HTML)
                        .header("Content-Security-Policy", page.policy() + NO_FRAMES)
                        .header("X-Frame-Options", "DENY"))
                .body(page.html());
    }

    /** What belongs to an incident and is no page. */
    static HttpResponseMessage.Builder unkept(HttpResponseMessage.Builder answer) {
        return plain(answer).header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex");
    }

    private static HttpResponseMessage.Builder plain(HttpResponseMessage.Builder answer) {
        return answer.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer");
    }
}
