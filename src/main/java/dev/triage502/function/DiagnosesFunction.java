package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.report.Report;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.Store;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows a diagnosis by the id of its incident: 200 when there is one, 202 while it is being made. */
public final class DiagnosesFunction {

    private final Supplier<Store> store;
    private final IncidentViews views;

    DiagnosesFunction(Supplier<Store> store, IncidentViews views) {
        this.store = store;
        this.views = views;
    }

    @FunctionName("diagnoses")
    public HttpResponseMessage run(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "diagnoses/{id}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            State state = store.get()
                    .reports()
                    .state(id)
                    .orElseThrow(() ->
                            new HttpProblem(HttpStatus.NOT_FOUND, "Diagnosis not found", "no diagnosis with this ID"));
            Optional<Report> report = state.isKept() ? store.get().reports().find(id) : Optional.empty();
            return report.map(kept -> views.answer(request, kept))
                    .orElseGet(() -> HttpAnswers.pending(
                            request, id, state.incident().gateway().toString()));
        });
    }
}
