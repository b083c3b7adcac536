package dev.triage502.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.LargestGateway.Size;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.RunInfo;
import dev.triage502.report.html.IncidentPage;
import dev.triage502.triage.Triage;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to make the page of the largest incident from its document, and how large is it? The gateway is at
 * Azure's limits, every server fails, and the timeline has as many minutes as a document may have, for two pools.
 *
 * <pre>
 * ./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main PageBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC", "-Xmx1g"})
public class PageBenchmark {

    private static final int MOST_MINUTES = 300;
    private static final int POOLS = 2;

    private final DiagnosisDocument document = largest();

    /** The largest incident: of a gateway at Azure's limits of which every server fails. */
    public static DiagnosisDocument largest() {
        DiagnosisDocument document = new Triage()
                .report(
                        LargestGateway.incident(),
                        LargestGateway.documents(Size.LIMITS.withAllFailing()),
                        RunInfo.replay(LargestGateway.incident(), "largest"))
                .document();
        JsonObject json = document.json().deepCopy();
        json.add("timeline", timeline(LargestGateway.incident().to()));
        return DiagnosisDocument.read(json);
    }

    private static JsonObject timeline(Instant end) {
        JsonObject timeline = new JsonObject();
        timeline.addProperty("timeoutSeconds", 30);
        JsonArray minutes = new JsonArray();
        JsonArray pools = new JsonArray();
        for (int pool = 0; pool < POOLS; pool++) {
            JsonObject each = new JsonObject();
            each.addProperty("pool", "pool-" + pool);
            each.add("points", new JsonArray());
            pools.add(each);
        }
        for (int i = 0; i < MOST_MINUTES; i++) {
            String at = end.minusSeconds((MOST_MINUTES - i) * 60L).toString();
            JsonObject minute = new JsonObject();
            minute.addProperty("at", at);
            minute.addProperty("requests", 90_000 + i);
            minute.addProperty("failedByGateway", 40_000 + 7 * i);
            minute.addProperty("failedByBackend", 1_000 + i);
            minute.addProperty("p95Seconds", 29.5);
            minutes.add(minute);
            for (int pool = 0; pool < POOLS; pool++) {
                JsonObject point = new JsonObject();
                point.addProperty("at", at);
                point.addProperty("healthy", 1_200 - i);
                point.addProperty("unhealthy", i);
                pools.get(pool).getAsJsonObject().getAsJsonArray("points").add(point);
            }
        }
        timeline.add("minutes", minutes);
        timeline.add("pools", pools);
        return timeline;
    }

    @Benchmark
    public String page() {
        return IncidentPage.of(document);
    }
}
