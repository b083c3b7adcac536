package dev.triage502.benchmark;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.LargestGateway.Size;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to read and to judge what Azure says of the largest gateway that there can be, and does the
 * time grow with each of its dimensions or with the square? One dimension is taken by half, once, twice and four times,
 * the others stay at Azure's limits.
 *
 * <pre>
 * ./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main TriageBenchmark \
 *     -rf json -rff target/triage-benchmark.json
 * python3 src/test/tools/plot-benchmark.py target/triage-benchmark.json docs/largest-gateway.svg
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
public class TriageBenchmark {

    /** What of the gateway grows. */
    public enum Dimension {
        /** Listeners, pools, settings, probes, path maps, and four ways for each. */
        PARTS,
        SERVERS_OF_LARGEST_POOL,
        /** The same, with every server failing. */
        FAILING_SERVERS,
        SECURITY_RULES,
        ROUTES,
        LOG_GROUPS,
        ACTIVITY_LOG_ROWS;

        Size times(double factor) {
            Size limits = Size.LIMITS;
            switch (this) {
                case PARTS:
                    return limits.withParts((int) (limits.parts() * factor));
                case SERVERS_OF_LARGEST_POOL:
                    return limits.withLargestPool((int) (limits.largestPool() * factor));
                case FAILING_SERVERS:
                    return limits.withAllFailing().withLargestPool((int) (limits.largestPool() * factor));
                case SECURITY_RULES:
                    return limits.withSecurityRules((int) (limits.securityRules() * factor));
                case ROUTES:
                    return limits.withRoutes((int) (limits.routes() * factor));
                case LOG_GROUPS:
                    return limits.withLogGroups((int) (limits.logGroups() * factor));
                default:
                    return limits.withOperations((int) (limits.operations() * factor));
            }
        }
    }

    @Param
    public Dimension dimension = Dimension.PARTS;

    @Param({"0.5", "1", "2", "4"})
    public double factor;

    private final Incident incident = LargestGateway.incident();
    private final Diagnostician diagnostician = new Diagnostician(Causes.IN_ORDER);
    private SourceDocuments documents = SourceDocuments.none();
    private Evidence evidence = EvidenceReader.read(incident, documents);

    @Setup
    public void prepare() {
        documents = LargestGateway.documents(dimension.times(factor));
        evidence = EvidenceReader.read(incident, documents);
    }

    @Benchmark
    public Evidence read() {
        return EvidenceReader.read(incident, documents);
    }

    @Benchmark
    public Diagnosis diagnose() {
        return diagnostician.diagnose(incident, evidence);
    }
}
