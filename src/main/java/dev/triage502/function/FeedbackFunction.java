package dev.triage502.function;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.report.CausePages;
import dev.triage502.store.Feedback;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes in whether a diagnosis was right, and shows how often that is so here. */
public final class FeedbackFunction {

    private static final String EXPECTED = "{\"verdict\":\"right|wrong|unsure\",\"cause\":\"…\",\"target\":\"…\"}";

    private final Supplier<Store> store;
    private final Clock clock;

    FeedbackFunction(Supplier<Store> store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @FunctionName("feedback")
    public HttpResponseMessage give(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.POST},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents/{id}/feedback")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            JsonObject incident = store.get()
                    .incidents()
                    .find(id)
                    .orElseThrow(() ->
                            new HttpProblem(HttpStatus.NOT_FOUND, "No such incident", "no incident with this id"));
            JsonObject given = body(request.getBody().orElse(""));
            String cause = text(given, "cause");
            if (!cause.isEmpty() && CausePages.bundled().text(cause).isEmpty()) {
                throw HttpProblem.at("cause", "the id of a cause", "one that is not known");
            }
            try {
                Feedback feedback = FeedbackStore.on(
                        incident, text(given, "verdict"), cause, text(given, "target"), clock.instant());
                store.get().feedback().put(feedback);
                return HttpAnswers.json(request, HttpStatus.OK, feedback.toJson());
            } catch (IllegalArgumentException wrong) {
                throw new HttpProblem(HttpStatus.BAD_REQUEST, "Cannot be read", String.valueOf(wrong.getMessage()));
            }
        });
    }

    @FunctionName("accuracy")
    public HttpResponseMessage accuracy(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "accuracy")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(
                request,
                context,
                () -> HttpAnswers.json(
                        request,
                        HttpStatus.OK,
                        FeedbackStore.accuracy(store.get().feedback().all())));
    }

    private static JsonObject body(String body) {
        try {
            if (JsonParser.parseString(body) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException notJson) {
            // said below
        }
        throw HttpProblem.at("the body", EXPECTED, "something else");
    }

    private static String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString().strip() : "";
    }
}
