package dev.triage502.function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.store.Store;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows why the latest alerts that opened no incident did not. */
public final class IgnoredAlertsFunction {

    private final Supplier<Store> store;

    IgnoredAlertsFunction(Supplier<Store> store) {
        this.store = store;
    }

    /** {@code {"ignored":[{"why","times","first","last"}]}}, the newest first. */
    @FunctionName("ignored-alerts")
    public HttpResponseMessage run(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "ignored-alerts")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            JsonArray ignored = new JsonArray();
            store.get().ignoredAlerts().latest().forEach(each -> ignored.add(each.toJson()));
            JsonObject answer = new JsonObject();
            answer.add("ignored", ignored);
            return HttpAnswers.json(request, HttpStatus.OK, answer);
        });
    }
}
