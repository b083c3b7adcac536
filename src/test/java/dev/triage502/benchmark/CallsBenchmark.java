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
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many calls does a collection make, pages and polls counted, and how many of them are queries of Resource Graph? Of
 * each recorded case, and of the largest gateway.
 *
 * <pre>
 * ./mvnw -q -DskipTests package
 * java -cp "target/test-classes:target/azure-functions/triage502/triage502.jar:target/azure-functions/triage502/lib/*:target/cli-lib/*" \
 *     dev.triage502.benchmark.CallsBenchmark
 * </pre>
 */
public final class CallsBenchmark {

    /** Of one collection. */
    private record Calls(int all, int ofGraph) {}

    private CallsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/cases"))) {
            folders = all.filter(Files::isDirectory).sorted().toList();
        }
        Calls[] made = new Calls[folders.size()];
        for (int i = 0; i < made.length; i++) {
            RecordedCase recorded = CaseFolder.read(folders.get(i));
            made[i] = calls(recorded.incident(), recorded.documents());
        }
        System.out.println(made.length + " cases: calls "
                + spread(Stream.of(made).mapToInt(Calls::all)) + "; of them to Resource Graph "
                + spread(Stream.of(made).mapToInt(Calls::ofGraph)));
        System.out.println("the largest gateway: " + calls(LargestGateway.incident(), LargestGateway.documents(12)));
        System.exit(0);
    }

    private static Calls calls(Incident incident, SourceDocuments documents) throws IOException {
        PretendAzure.Options quick = PretendAzure.Options.usual().operations(1, Duration.ZERO);
        try (PretendAzure azure = PretendAzure.start(documents, incident.gateway(), quick);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            new Investigation(access, Investigation.Options.readOnly())
                    .run(incident, Duration.ofSeconds(60), CollectionProgress.none());
            long ofGraph = azure.requests().stream()
                    .filter(request -> request.contains("ResourceGraph"))
                    .count();
            return new Calls(azure.calls(), (int) ofGraph);
        }
    }

    private static String spread(IntStream values) {
        int[] sorted = values.sorted().toArray();
        return sorted[0] + " to " + sorted[sorted.length - 1] + ", median " + sorted[sorted.length / 2];
    }
}
