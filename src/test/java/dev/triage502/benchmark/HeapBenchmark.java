package dev.triage502.benchmark;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much heap does reading a gateway take, and does it matter how many requests its log holds?
 *
 * <p>The pretend Azure answers in this process. Another one reads, first a small gateway, so that all is loaded, then
 * the one to measure, with less and less heap ({@code -Xmx}) until it is too little: what is needed at the peak is known
 * to the megabyte then, garbage left out. It tells what is in use after a collection in between (idle), and with
 * what was read in hand.
 *
 * <pre>
 * ./mvnw -q -DskipTests package
 * java -cp "target/test-classes:target/azure-functions/triage502/triage502.jar:target/azure-functions/triage502/lib/*:target/cli-lib/*" \
 *     dev.triage502.benchmark.HeapBenchmark
 * </pre>
 */
public final class HeapBenchmark {

    private static final Path SMALL = Path.of("src/test/resources/cases/two-web-vms-patch-night");
    private static final int MOST_MEGABYTES = 192;

    private HeapBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            read(arguments);
            return;
        }
        RecordedCase small = CaseFolder.read(SMALL);
        SourceDocuments large = LargestGateway.documents(12);
        try (PretendAzure first = azure(small.documents(), small.incident())) {
            measure("the small gateway again", first, small.incident(), small.documents());
            measure("the largest gateway", first, LargestGateway.incident(), large);
            measure(
                    "the largest, a log of 10,000 requests",
                    first,
                    LargestGateway.incident(),
                    large.with(Source.ACCESS_LOG, SyntheticLog.of(10_000, 1)));
            measure(
                    "the largest, a log of 10,000,000 requests",
                    first,
                    LargestGateway.incident(),
                    large.with(Source.ACCESS_LOG, SyntheticLog.of(50_000, 200)));
        }
        System.exit(0);
    }

    private static PretendAzure azure(SourceDocuments documents, Incident incident) throws IOException {
        return PretendAzure.start(
                documents, incident.gateway(), PretendAzure.Options.usual().operations(1, Duration.ZERO));
    }

    private static void measure(String name, PretendAzure small, Incident incident, SourceDocuments documents)
            throws Exception {
        try (PretendAzure azure = azure(documents, incident)) {
            int enough = MOST_MEGABYTES;
            String told = reader(small, azure, incident, enough)
                    .orElseThrow(() -> new IllegalStateException(MOST_MEGABYTES + " MB are too little"));
            int tooLittle = 4;
            while (enough - tooLittle > 1) {
                int middle = (enough + tooLittle) / 2;
                Optional<String> said = reader(small, azure, incident, middle);
                told = said.orElse(told);
                enough = said.isPresent() ? middle : enough;
                tooLittle = said.isPresent() ? tooLittle : middle;
            }
            System.out.println(name + ": enough are " + enough + " MB of heap; " + told);
        }
    }

    /** What another process says that reads with so much heap; empty when that was too little. */
    private static Optional<String> reader(PretendAzure small, PretendAzure azure, Incident incident, int megabytes)
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeapBenchmark.class.getName(),
                        small.endpoint().toString(),
                        azure.endpoint().toString(),
                        incident.gateway().toString(),
                        incident.alertedAt().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return Optional.empty();
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    }

    private static void read(String[] arguments) throws InterruptedException {
        RecordedCase small = CaseFolder.read(SMALL);
        Evidence first = evidence(arguments[0], small.incident());
        long idle = inUse();
        Incident incident = Incident.alertedAt(ResourceId.of(arguments[2]), Instant.parse(arguments[3]));
        Evidence evidence = evidence(arguments[1], incident);
        long held = inUse();
        System.out.println(String.format(
                Locale.ROOT,
                "in use after a collection: %.1f MB idle, %.1f MB with its evidence (%d servers)",
                idle / 1e6,
                held / 1e6,
                evidence.backendHealth().toOptional().orElseThrow().servers().size()));
        System.exit(first.gateway().isPresent() ? 0 : 1);
    }

    /** Reads one gateway; ends the process when a source was not read. */
    private static Evidence evidence(String endpoint, Incident incident) {
        try (AzureAccess access = AzureAccess.open(AzureSettings.pretend(URI.create(endpoint)))) {
            SourceDocuments documents = new Investigation(access, Investigation.Options.readOnly())
                    .run(incident, Duration.ofSeconds(50), CollectionProgress.none());
            for (Source source : Source.values()) {
                if (documents
                        .get(source)
                        .unread()
                        .filter(HeapBenchmark::isOfNeed)
                        .isPresent()) {
                    System.exit(2);
                }
            }
            return EvidenceReader.read(incident, documents);
        }
    }

    /** Not one that the case lacks, and not one that nobody asked for. */
    private static boolean isOfNeed(CouldNotRead<?> unread) {
        return unread.why() != Why.FORBIDDEN && unread.why() != Why.NOT_COLLECTED;
    }

    private static long inUse() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
