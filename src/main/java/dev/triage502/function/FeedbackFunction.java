package dev.triage502.function;

import static dev.triage502.json.JsonTree.text;

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
import dev.triage502.function.FeedbackDesk.Answer;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes in whether a diagnosis was right, and shows how often that is so here. */
public final class FeedbackFunction {

    private static final String EXPECTED = "{\"verdict\":\"right|wrong|unsure\",\"cause\":\"…\",\"target\":\"…\"}";

    /** Who said it: whoever has a key need not be signed in. */
    private static final String BY_KEY = "key";

    private final Supplier<Store> store;
    private final FeedbackDesk desk;

    FeedbackFunction(Supplier<Store> store, FeedbackDesk desk) {
        this.store = store;
        this.desk = desk;
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
            JsonObject given = body(request.getBody().orElse(""));
            Answer answer = new Answer(
                    text(given, "verdict").strip(),
                    text(given, "cause").strip(),
                    text(given, "target").strip(),
                    BY_KEY);
            return HttpAnswers.json(
                    request, HttpStatus.OK, desk.record(id, answer).toJson());
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
}
