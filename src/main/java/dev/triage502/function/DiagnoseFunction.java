package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.incident.Incident;
import dev.triage502.redaction.LogRedaction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Diagnoses a gateway for somebody who waits: at once, and if that takes longer than they wait, in the queue, where the
 * answer says to look for it.
 */
public final class DiagnoseFunction {

    private final GatewayLookup gateways;
    private final RequestedDiagnosis diagnoses;
    private final RequestDesk requests;
    private final IncidentViews views;
    private final Clock clock;

    DiagnoseFunction(
            GatewayLookup gateways,
            RequestedDiagnosis diagnoses,
            RequestDesk requests,
            IncidentViews views,
            Clock clock) {
        this.gateways = gateways;
        this.diagnoses = diagnoses;
        this.requests = requests;
        this.views = views;
        this.clock = clock;
    }

    @FunctionName("diagnose")
    public HttpResponseMessage run(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET, HttpMethod.POST},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "diagnose")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            DiagnoseRequest question =
                    DiagnoseRequest.read(request, clock.instant().truncatedTo(ChronoUnit.SECONDS));
            Incident incident = question.incident(gateways.find(question.gateway()));
            return diagnoses
                    .make(incident, question.patience(), LogRedaction.on(context.getLogger()))
                    .map(report -> views.answer(request, report))
                    .orElseGet(() -> queue(request, incident));
        });
    }

    private HttpResponseMessage queue(HttpRequestMessage<?> request, Incident incident) {
        requests.queue(incident);
        return HttpAnswers.pending(request, incident.id(), incident.gateway().toString());
    }
}
