package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.collect.AccessDoctor;
import dev.triage502.collect.DoctorReport;
import dev.triage502.collect.Investigation;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.Incident;
import dev.triage502.incident.Wording;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.triage.SourceReliance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Says whether the app can read all that a diagnosis of a gateway may need, and what repairs it. */
public final class DoctorFunction {

    /** Well below the 230 s that an HTTP answer may take. */
    private static final Duration DEADLINE = Duration.ofSeconds(100);

    private final GatewayLookup gateways;
    private final Supplier<Investigation> investigation;
    private final Clock clock;

    DoctorFunction(GatewayLookup gateways, Supplier<Investigation> investigation, Clock clock) {
        this.gateways = gateways;
        this.investigation = investigation;
        this.clock = clock;
    }

    @FunctionName("doctor")
    public HttpResponseMessage run(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "doctor")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Incident incident = Incident.alertedAt(gateways.find(gateway(request)), now);
            SourceLog log = new SourceLog("doctor " + incident.gateway().name(), LogRedaction.on(context.getLogger()));
            SourceDocuments documents = investigation.get().run(incident, DEADLINE, log);
            SourceReliance reliance = SourceReliance.on(incident, documents, log.defects());
            DoctorReport report = new DoctorReport(
                    incident.gateway(),
                    now,
                    AccessDoctor.examine(incident, documents, reliance.untold(), reliance.used()));
            boolean text = Wording.of(HttpAnswers.header(request, "Accept")).startWith("text/");
            return text
                    ? HttpAnswers.text(request, HttpStatus.OK, "text/plain; charset=utf-8", report.text())
                    : HttpAnswers.json(request, HttpStatus.OK, report.json());
        });
    }

    private static GatewayText gateway(HttpRequestMessage<?> request) {
        GatewayText gateway = new GatewayText(request.getQueryParameters().getOrDefault("gateway", ""));
        gateway.fault().ifPresent(fault -> {
            throw HttpProblem.at("gateway", DiagnoseRequest.GATEWAY, fault);
        });
        return gateway;
    }
}
