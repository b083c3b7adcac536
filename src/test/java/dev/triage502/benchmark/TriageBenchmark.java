package dev.triage502.benchmark;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.arm.Documents;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.LargestGateway;
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
 * time grow with the servers or with their square?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TriageBenchmark {

    /** Servers in each pool but the first, which has 1,200: 1,299, 2,388 and 13,080 servers in all. */
    @Param({"1", "12", "120"})
    public int serversInOtherPools;

    private final Incident incident = LargestGateway.incident();
    private final Diagnostician diagnostician = new Diagnostician(Causes.IN_ORDER);
    private Documents documents = Documents.none();
    private Evidence evidence = EvidenceReader.read(incident, documents);

    @Setup
    public void prepare() {
        documents = LargestGateway.documents(serversInOtherPools);
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
