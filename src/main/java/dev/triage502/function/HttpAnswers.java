package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.StoreFailure;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * HttpAnswers over HTTP; errors are {@code application/problem+json} (RFC 9457) in our own words. The host's own answer to
 * an exception is 500 without a body, so none may get that far.
 */
final class HttpAnswers {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String PROBLEM = "application/problem+json; charset=utf-8";

    /** Azure Monitor waits as long itself before it comes again. */
    static final String SOON = "5";

    private HttpAnswers() {}

    /** Where a diagnosis is found. */
    static String at(String incident) {
        return "/api/diagnoses/" + incident;
    }

    /** What {@code answering} answers, or the problem that kept it from that: as a page for a browser, else as JSON. */
    static HttpResponseMessage guard(
            HttpRequestMessage<?> request, ExecutionContext context, Supplier<HttpResponseMessage> answering) {
        boolean asPage = ResponseFormat.accepted(header(request, "Accept")) == ResponseFormat.HTML;
        return guard(request, context, asPage, answering);
    }

    /** As {@link #guard}, with a page for everybody. */
    static HttpResponseMessage guardPage(
            HttpRequestMessage<?> request, ExecutionContext context, Supplier<HttpResponseMessage> answering) {
        return guard(request, context, true, answering);
    }

    private static HttpResponseMessage guard(
            HttpRequestMessage<?> request,
            ExecutionContext context,
            boolean asPage,
            Supplier<HttpResponseMessage> answering) {
        Logger log = LogRedaction.on(context.getLogger());
        try {
            return answering.get();
        } catch (HttpProblem problem) {
            log.warning(problem.status().value() + ": " + problem.getMessage());
            return problem(request, problem, asPage);
        } catch (WrongSetting wrong) {
            log.severe("invalid setting: " + wrong.getMessage());
            return problem(
                    request,
                    unavailable("The app has a missing or invalid setting", String.valueOf(wrong.getMessage())),
                    asPage);
        } catch (StoreFailure failure) {
            log.log(Level.SEVERE, "the store failed: " + failure.getMessage(), failure);
            return problem(
                    request, unavailable("The store is not available", String.valueOf(failure.getMessage())), asPage);
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            log.log(Level.SEVERE, "internal error: " + fault, fault);
            return problem(
                    request,
                    new HttpProblem(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "Internal error",
                            "internal error in triage502; see the log of invocation " + context.getInvocationId()),
                    asPage);
        }
    }

    static HttpResponseMessage json(HttpRequestMessage<?> request, HttpStatus status, JsonObject body) {
        return text(request, status, JSON, body.toString());
    }

    static HttpResponseMessage text(HttpRequestMessage<?> request, HttpStatus status, String type, String body) {
        return request.createResponseBuilder(status)
                .header("Content-Type", type)
                .body(body)
                .build();
    }

    /** 202: it is not ready, and where it will be. */
    static HttpResponseMessage pending(HttpRequestMessage<?> request, String incident, String gateway) {
        JsonObject body = new JsonObject();
        body.addProperty("id", incident);
        body.addProperty("gateway", gateway);
        body.addProperty("state", "pending");
        return request.createResponseBuilder(HttpStatus.ACCEPTED)
                .header("Content-Type", JSON)
                .header("Location", at(incident))
                .header("Retry-After", SOON)
                .body(body.toString())
                .build();
    }

    private static HttpProblem unavailable(String title, String detail) {
        return new HttpProblem(HttpStatus.SERVICE_UNAVAILABLE, title, detail);
    }

    private static HttpResponseMessage problem(HttpRequestMessage<?> request, HttpProblem problem, boolean asPage) {
        HttpResponseMessage.Builder answer = request.createResponseBuilder(problem.status());
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header("Retry-After", SOON);
        }
        return asPage
                ? PageHeaders.page(answer, problem.page()).build()
                : answer.header("Content-Type", PROBLEM)
                        .body(problem.toJson().toString())
                        .build();
    }

    /** The value of a header, however its name is spelled. */
    static String header(HttpRequestMessage<?> request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
