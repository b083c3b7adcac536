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

/**
 * HttpAnswers over HTTP; errors are {@code application/problem+json} (RFC 9457) in our own words. The host's own answer to
 * an exception is 500 without a body, so none may get that far.
 */
final class HttpAnswers {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String PROBLEM = "application/problem+json; charset=utf-8";

    /** Azure Monitor waits as long itself before it comes again. */
    private static final String SOON = "5";

    private HttpAnswers() {}

    /** Where a diagnosis is found. */
    static String at(String incident) {
        return "/api/diagnoses/" + incident;
    }

    /** What {@code answering} answers, or the problem that kept it from that. */
    static HttpResponseMessage guard(
            HttpRequestMessage<?> request, ExecutionContext context, Supplier<HttpResponseMessage> answering) {
        try {
            return answering.get();
        } catch (HttpProblem problem) {
            LogRedaction.on(context.getLogger()).warning(problem.status().value() + ": " + problem.getMessage());
            return problem(request, problem);
        } catch (WrongSetting wrong) {
            LogRedaction.on(context.getLogger()).severe("invalid setting: " + wrong.getMessage());
            return unavailable(request, "The app has a missing or invalid setting", String.valueOf(wrong.getMessage()));
        } catch (StoreFailure failure) {
            LogRedaction.on(context.getLogger())
                    .log(Level.SEVERE, "the store failed: " + failure.getMessage(), failure);
            return unavailable(request, "The store is not available", String.valueOf(failure.getMessage()));
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            LogRedaction.on(context.getLogger()).log(Level.SEVERE, "internal error: " + fault, fault);
            return problem(
                    request,
                    new HttpProblem(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "Internal error",
                            "internal error in triage502; see the log of invocation " + context.getInvocationId()));
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

    private static HttpResponseMessage unavailable(HttpRequestMessage<?> request, String title, String detail) {
        return request.createResponseBuilder(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Content-Type", PROBLEM)
                .header("Retry-After", SOON)
                .body(new HttpProblem(HttpStatus.SERVICE_UNAVAILABLE, title, detail)
                        .toJson()
                        .toString())
                .build();
    }

    private static HttpResponseMessage problem(HttpRequestMessage<?> request, HttpProblem problem) {
        return text(request, problem.status(), PROBLEM, problem.toJson().toString());
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
