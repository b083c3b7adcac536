package dev.triage502.benchmark;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.local.FailureMode;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How much longer does a collection take than the slowest chain of calls that it cannot do without, how many calls does
 * it make, and how many bytes are answered?
 *
 * <p>Asks the pretend Azure, with the latencies of a middling subscription, about a small gateway and about the largest.
 *
 * <pre>
 * ./mvnw -q -DskipTests package
 * java -cp "target/test-classes:target/azure-functions/triage502/triage502.jar:target/azure-functions/triage502/lib/*:target/cli-lib/*" \
 *     dev.triage502.benchmark.CollectionBenchmark [RUNS [TIMELINE.svg]]
 * </pre>
 */
public final class CollectionBenchmark {

    private static final Path SMALL = Path.of("src/test/resources/cases/two-web-vms-patch-night");

    /** One collection: how long it took, and the calls it made. */
    private record Run(Duration took, List<PretendAzure.Exchange> calls, Chains chains) {

        double ratio() {
            return (double) took.toNanos() / chains.slowest().way().toNanos();
        }
    }

    private CollectionBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        RecordedCase small = CaseFolder.read(SMALL);
        Run median = measure("small", small.incident(), small.documents(), runs);
        measure("largest", LargestGateway.incident(), LargestGateway.documents(12), runs);
        if (arguments.length > 1) {
            Files.writeString(Path.of(arguments[1]), Timeline.svg(median.chains()));
        }
        System.exit(0);
    }

    /** Prints the figures of a gateway; returns the run whose ratio is the median. */
    private static Run measure(String name, Incident incident, SourceDocuments documents, int runs) throws IOException {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i <= runs; i++) {
            all.add(run(incident, documents));
        }
        Run first = all.remove(0);
        List<Run> sorted = all.stream().sorted(Comparator.comparing(Run::ratio)).toList();
        Run median = sorted.get(sorted.size() / 2);
        say(
                "%s: %d calls, %d bytes of answers; first run %.3f (%d ms), then median %.3f of %d runs, %.3f to %.3f",
                name,
                median.calls().size(),
                median.calls().stream()
                        .mapToLong(call -> call.answer().length())
                        .sum(),
                first.ratio(),
                first.took().toMillis(),
                median.ratio(),
                sorted.size(),
                sorted.get(0).ratio(),
                sorted.get(sorted.size() - 1).ratio());
        say(
                "  the median run took %d ms; its slowest chain, %d ms, call by call:",
                median.took().toMillis(), median.chains().slowest().way().toMillis());
        tell(median.chains().slowest());
        return median;
    }

    private static void tell(Chains.Link link) {
        link.after().ifPresent(CollectionBenchmark::tell);
        long between = link.after()
                .map(before -> (link.call().began() - before.call().ended()) / 1_000_000)
                .orElse(0L);
        say(
                "    %5d ms, begun after %d ms%s: %s",
                (link.call().ended() - link.call().began()) / 1_000_000,
                between,
                link.pause().toMillis() < 50 ? "" : " (" + link.pause().toMillis() + " asked for by Azure)",
                Timeline.name(link.call()));
    }

    private static Run run(Incident incident, SourceDocuments documents) throws IOException {
        ConcurrentLinkedQueue<PretendAzure.Exchange> trace = new ConcurrentLinkedQueue<>();
        try (PretendAzure azure = PretendAzure.start(documents, incident.gateway())
                        .misbehave(FailureMode::usualLatency)
                        .watch(trace::add);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            Investigation investigation = new Investigation(access, Investigation.Options.readOnly());
            long began = System.nanoTime();
            investigation.run(incident, Duration.ofSeconds(60), CollectionProgress.none());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            List<PretendAzure.Exchange> calls = List.copyOf(trace);
            return new Run(took, calls, new Chains(calls, incident.gateway()));
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
