package dev.triage502.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.local.PretendAzure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What does a log of ten million requests cost the function, and what one of ten thousand? Rows and bytes of the answer
 * to the log query, which the pretend Azure groups as the query says, and the time from the answer to its rows as JSON.
 *
 * <pre>
 * ./mvnw -q -DskipTests package
 * java -cp "target/test-classes:target/azure-functions/triage502/triage502.jar:target/azure-functions/triage502/lib/*:target/cli-lib/*" \
 *     dev.triage502.benchmark.LogBenchmark [RUNS]
 * </pre>
 */
public final class LogBenchmark {

    private LogBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        // Once for the engine to warm up, and then to be told.
        measure(SyntheticLog.of(10_000, 1), runs);
        say("10,000 requests", measure(SyntheticLog.of(10_000, 1), runs));
        say("10,000,000 requests", measure(SyntheticLog.of(50_000, 200), runs));
        System.exit(0);
    }

    /** What came of one log. */
    private record Cost(int rows, int bytes, List<Double> milliseconds) {}

    private static void say(String name, Cost cost) {
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d rows, %d bytes; from the answer to its rows, median %.1f ms of %d runs, %.1f to %.1f",
                name,
                cost.rows(),
                cost.bytes(),
                cost.milliseconds().get(cost.milliseconds().size() / 2),
                cost.milliseconds().size(),
                cost.milliseconds().get(0),
                cost.milliseconds().get(cost.milliseconds().size() - 1)));
    }

    private static Cost measure(JsonArray log, int runs) throws Exception {
        // Without the rest of the evidence, whose reading would take the same processors at the same time.
        SourceDocuments documents = SourceDocuments.none().with(Source.ACCESS_LOG, log);
        BlockingQueue<PretendAzure.Exchange> answers = new LinkedBlockingQueue<>();
        List<Double> took = new ArrayList<>();
        int rows = 0;
        int bytes = 0;
        try (PretendAzure azure = PretendAzure.start(
                        documents, LargestGateway.incident().gateway())
                .watch(exchange -> {
                    if (exchange.target().endsWith("/query")) {
                        answers.add(exchange);
                    }
                })) {
            for (int i = 0; i < runs; i++) {
                Watch watch = new Watch();
                try (AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
                    SourceDocuments read = new Investigation(access, Investigation.Options.readOnly())
                            .run(LargestGateway.incident(), Duration.ofSeconds(60), watch);
                    rows = read.get(Source.ACCESS_LOG)
                            .toOptional()
                            .orElseThrow()
                            .getAsJsonArray()
                            .size();
                }
                PretendAzure.Exchange answer = answers.take();
                bytes = answer.answer().getBytes(StandardCharsets.UTF_8).length;
                took.add(Math.max(0, watch.read - answer.ended()) / 1e6);
            }
        }
        Collections.sort(took);
        return new Cost(rows, bytes, took);
    }

    /** When the log had been read. */
    private static final class Watch implements CollectionProgress {

        private volatile long read;

        @Override
        public void started(Source source) {}

        @Override
        public void read(Source source, Reading<JsonElement> reading, Duration time) {
            if (source == Source.ACCESS_LOG) {
                read = System.nanoTime();
            }
        }
    }
}
