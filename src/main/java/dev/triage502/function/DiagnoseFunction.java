package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.function.DiagnosisService.Look;
import dev.triage502.incident.Incident;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.report.Report;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Diagnoses a gateway for somebody who waits: at once, and if that takes longer than they wait, in the queue, where the
 * answer says to look for it.
 */
public final class DiagnoseFunction {

    private final Supplier<Store> store;
    private final GatewayLookup gateways;
    private final DiagnosisService workshop;
    private final EvidenceArchive archive;
    private final RequestDesk requests;
    private final IncidentViews views;
    private final Clock clock;

    DiagnoseFunction(
            Supplier<Store> store,
            GatewayLookup gateways,
            DiagnosisService workshop,
            EvidenceArchive archive,
            RequestDesk requests,
            IncidentViews views,
            Clock clock) {
        this.store = store;
        this.gateways = gateways;
        this.workshop = workshop;
        this.archive = archive;
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
            return look(incident, question.patience(), LogRedaction.on(context.getLogger()))
                    .map(report -> views.answer(request, report))
                    .orElseGet(() -> queue(request, incident));
        });
    }

    /** The report, unless time ran out: what was not read by then may be what matters. */
    private Optional<Report> look(Incident incident, Duration wait, Logger log) {
        if (wait.isZero()) {
            return Optional.empty();
        }
        boolean last = wait.compareTo(DiagnosisService.DEADLINE) >= 0;
        Look look = workshop.look(incident, last ? DiagnosisService.DEADLINE : wait, new SourceLog(incident.id(), log));
        if (!last && !look.inTime()) {
            return Optional.empty();
        }
        log.info(incident.id() + ": " + look.report().headline());
        keep(incident, look.report(), log);
        archive.keep(incident, 1, look.documents(), log);
        return Optional.of(look.report());
    }

    /** Whoever asked has the report in hand, so they get it even if it cannot be kept. */
    private void keep(Incident incident, Report report, Logger log) {
        try {
            store.get().requests().asked(incident.id(), clock.instant());
            store.get().reports().keep(incident, 1, report);
        } catch (RuntimeException e) {
            log.warning(incident.id() + ": could not store the report: " + e.getMessage());
        }
    }

    private HttpResponseMessage queue(HttpRequestMessage<?> request, Incident incident) {
        requests.queue(incident);
        return HttpAnswers.pending(request, incident.id(), incident.gateway().toString());
    }
}
