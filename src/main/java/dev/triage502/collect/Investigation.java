package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What does Azure say about an incident? Asks every source, the gateway first and the rest at once. */
public final class Investigation {

    /**
     * What may be done beyond reading.
     *
     * @param directProbes   whether the backends may be asked from here, past the gateway
     * @param onDemandHealth whether the gateway may be told to probe its backends now
     */
    public record Options(boolean directProbes, boolean onDemandHealth) {

        /** Reading alone. */
        public static Options readOnly() {
            return new Options(false, false);
        }
    }

    /** A source, who asks it, and for how long at most. */
    private record Task(SourceCollector collector, Duration most) {}

    /** As many as there are sources that may be asked at once. */
    private static final int SOURCE_THREADS = Source.values().length;

    private static final int CALL_THREADS = 12;

    private final AzureAccess azure;
    private final Map<Source, Task> tasks = new LinkedHashMap<>();

    public Investigation(AzureAccess azure, Options options) {
        this.azure = azure;
        task(Source.BACKEND_HEALTH, new BackendHealthCollector(), 170);
        task(Source.ACCESS_LOG, new AccessLogCollector(), 120);
        task(Source.METRICS, new MetricsCollector(), 60);
        task(Source.ACTIVITY_LOG, new ActivityLogCollector(), 120);
        task(Source.RESOURCE_HEALTH, new ResourceHealthCollector(), 30);
        task(Source.DIAGNOSTIC_SETTINGS, new DiagnosticSettingsCollector(), 30);
        task(Source.NETWORK, new NetworkCollector(), 60);
        task(Source.BACKENDS, new BackendsCollector(), 90);
        if (options.onDemandHealth()) {
            task(Source.ON_DEMAND_HEALTH, new OnDemandHealthCollector(), 120);
        }
        if (options.directProbes()) {
            task(
                    Source.DIRECT_PROBE,
                    azure.isPretended()
                            ? new SkippedDirectProbes()
                            : new DirectProbeCollector(ProbeOrigin.of(System.getenv())),
                    60);
        }
    }

    private void task(Source source, SourceCollector collector, int seconds) {
        tasks.put(source, new Task(collector, Duration.ofSeconds(seconds)));
    }

    /**
     * The documents of an incident. Never throws for what Azure does: a source that could not be read is a reading
     * that says why, and what was not read by the deadline says so.
     */
    public SourceDocuments run(Incident incident, Duration deadline, CollectionProgress progress) {
        azure.warmUp();
        Deadline end = Deadline.in(deadline);
        ExecutorService sources = threads("source", SOURCE_THREADS);
        ExecutorService calls = threads("call", CALL_THREADS);
        try {
            CollectionRun round = new CollectionRun(sources, end, progress);
            round.announce(Source.GATEWAY);
            tasks.keySet().forEach(round::announce);
            ParallelCalls fan = new ParallelCalls(calls);
            CollectContext before = scene(incident, fan, Reading.notCollected(Source.GATEWAY), round);
            round.ask(Source.GATEWAY, new SingleDocumentCollector(ArmOperation.GATEWAY), before, deadline.dividedBy(3));
            CollectContext scene = scene(incident, fan, round.await(Source.GATEWAY, end), round);
            tasks.forEach((source, task) -> round.ask(source, task.collector(), scene, task.most()));
            return round.documents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp();
        } finally {
            sources.shutdownNow();
            calls.shutdownNow();
        }
    }

    private CollectContext scene(
            Incident incident, ParallelCalls fan, Reading<JsonElement> document, CollectionRun round) {
        Optional<Gateway> gateway = EvidenceReader.read(
                        incident, SourceDocuments.none().with(Source.GATEWAY, document))
                .gateway()
                .toOptional();
        return new CollectContext(incident, azure.arm(), azure.logs(), fan, document, gateway, round);
    }

    private SourceDocuments givenUp() {
        SourceDocuments documents = SourceDocuments.none();
        for (Source source : tasks.keySet()) {
            documents = documents.with(source, Reading.couldNotRead(source, Why.TIMED_OUT, "TimedOut: given up"));
        }
        return documents;
    }

    private static ExecutorService threads(String name, int most) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, "triage502-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
