package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SingleReaders;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.CloudName;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What does Azure say about an incident? Asks all sources at once, except those that must know the gateway's document first. */
public final class Investigation {

    /**
     * What may be done beyond reading.
     *
     * @param allowed of the sources that have an operator's switch, those that are asked
     */
    public record Options(Set<Source> allowed) {

        public Options {
            allowed = Set.copyOf(allowed);
        }

        /** Reading alone. */
        public static Options readOnly() {
            return new Options(Set.of());
        }

        /** Reading, and of the sources that do more than read those that the predicate holds for. */
        public static Options allowing(Predicate<Source> wanted) {
            return new Options(Stream.of(Source.values())
                    .filter(source -> source.operatorSwitch().isPresent())
                    .filter(wanted)
                    .collect(Collectors.toSet()));
        }

        boolean asks(Source source) {
            return source.operatorSwitch().isEmpty() || allowed.contains(source);
        }
    }

    /** As many as there are sources that may be asked at once. */
    private static final int SOURCE_THREADS = Source.values().length;

    private static final int CALL_THREADS = 12;

    private final AzureAccess azure;
    private final List<Source> rest;

    public Investigation(AzureAccess azure, Options options) {
        this.azure = azure;
        this.rest = Stream.of(Source.values())
                .filter(source -> source != Source.GATEWAY && options.asks(source))
                .toList();
    }

    /** Which Azure it asks. */
    public CloudName cloudName() {
        return azure.cloudName();
    }

    /** Each source has its collector here. */
    private SourceCollector collector(Source source) {
        return switch (source) {
            case GATEWAY -> new SingleDocumentCollector(ArmOperation.GATEWAY);
            case BACKEND_HEALTH -> new BackendHealthCollector();
            case ACCESS_LOG -> new AccessLogCollector();
            case METRICS -> new MetricsCollector();
            case ACTIVITY_LOG -> new ActivityLogCollector();
            case RESOURCE_HEALTH -> new ResourceHealthCollector();
            case NETWORK -> new NetworkCollector();
            case DIAGNOSTIC_SETTINGS -> new DiagnosticSettingsCollector();
            case BACKENDS -> new BackendsCollector();
            case ON_DEMAND_HEALTH -> new OnDemandHealthCollector();
            case DIRECT_PROBE ->
                azure.isPretended()
                        ? new SkippedDirectProbes()
                        : new DirectProbeCollector(ProbeOrigin.of(System.getenv()));
        };
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
            rest.forEach(round::announce);
            ParallelCalls fan = new ParallelCalls(calls);
            Map<Source, SourceCollector> collectors = collectors();
            CollectContext before = scene(incident, fan, Reading.notCollected(Source.GATEWAY), round);
            round.ask(Source.GATEWAY, collector(Source.GATEWAY), before, deadline.dividedBy(3));
            ask(collectors, each -> !each.needsGateway(), before, round);
            CollectContext scene = scene(incident, fan, round.await(Source.GATEWAY, end), round);
            ask(collectors, SourceCollector::needsGateway, scene, round);
            return round.documents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp();
        } finally {
            sources.shutdownNow();
            calls.shutdownNow();
        }
    }

    /** Those of all sources but the gateway, in the order in which they are asked. */
    private Map<Source, SourceCollector> collectors() {
        Map<Source, SourceCollector> collectors = new EnumMap<>(Source.class);
        rest.forEach(source -> collectors.put(source, collector(source)));
        return collectors;
    }

    private static void ask(
            Map<Source, SourceCollector> collectors,
            Predicate<SourceCollector> which,
            CollectContext scene,
            CollectionRun round) {
        collectors.forEach((source, collector) -> {
            if (which.test(collector)) {
                round.ask(source, collector, scene, source.longest());
            }
        });
    }

    private CollectContext scene(
            Incident incident, ParallelCalls fan, Reading<JsonElement> document, CollectionRun round) {
        Optional<Gateway> gateway = SingleReaders.gateway(incident, document).toOptional();
        return new CollectContext(incident, azure.arm(), azure.logs(), fan, document, gateway, round);
    }

    private SourceDocuments givenUp() {
        SourceDocuments documents = SourceDocuments.none();
        for (Source source : rest) {
            documents = documents.with(source, Reading.couldNotRead(source, Why.TIMED_OUT, "TimedOut: canceled"));
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
