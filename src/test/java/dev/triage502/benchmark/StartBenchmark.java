package dev.triage502.benchmark;

import dev.triage502.cli.StubbedAz;
import dev.triage502.cli.TlsEndingProxy;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.FailureMode;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.PretendAzure.Exchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long does the whole process of {@code diagnose} take, and how much of it is not the slowest chain of Azure's answers, nor
 * the run of {@code az} for the token that this chain begins with?
 * Compares two programs that are run in turn: {@code triage502} of two checkouts, or of a checkout and a release.
 *
 * <p>The pretend Azure answers in this process, on the same machine. Three ways: at once and without a sign-in; at once through
 * TLS with tokens from a stand-in for {@code az} that takes some time; and so with the latencies of a middling subscription.
 *
 * <pre>
 * ./mvnw -q -DskipTests package
 * java -cp "target/test-classes:target/azure-functions/triage502/triage502.jar:target/azure-functions/triage502/lib/*:target/cli-lib/*" \
 *     dev.triage502.benchmark.StartBenchmark PAIRS ../before/triage502 ./triage502 [AT_ONCE|SIGNED_IN|USUAL]
 * </pre>
 */
public final class StartBenchmark {

    private static final Path CASE = Path.of("src/test/resources/cases/two-web-vms-patch-night");

    /** The Azure CLI is a Python program: it keeps a processor busy for about this long before it answers. */
    private static final String AZ_WORKS =
            "python3 -S -c 'import time; e = time.process_time() + 0.5\n" + "while time.process_time() < e: pass'\n";

    /** How Azure is asked. */
    private enum Way {
        AT_ONCE("answers at once", false, false),
        SIGNED_IN("TLS and tokens, answers at once", true, false),
        USUAL("TLS and tokens, usual latencies", true, true);

        private final String words;
        private final boolean signsIn;
        private final boolean takesTime;

        Way(String words, boolean signsIn, boolean takesTime) {
            this.words = words;
            this.signsIn = signsIn;
            this.takesTime = takesTime;
        }
    }

    /**
     * One process.
     *
     * @param took   from its start to its end, in seconds
     * @param chain  the slowest chain of calls that it made, in seconds
     * @param signIn how long {@code az} ran for the token that the chain begins with, in seconds
     */
    private record Run(double took, double chain, double signIn) {}

    private final RecordedCase recorded = CaseFolder.read(CASE);
    private final Path folder;

    private StartBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[0]);
        StartBenchmark benchmark = new StartBenchmark(Files.createTempDirectory("start"));
        for (Way way : Way.values()) {
            if (arguments.length < 4 || arguments[3].equals(way.name())) {
                benchmark.compare(way, pairs, arguments[1], arguments[2]);
            }
        }
        System.exit(0);
    }

    private void compare(Way way, int pairs, String before, String after) throws Exception {
        List<Run> first = new ArrayList<>();
        List<Run> second = new ArrayList<>();
        for (int i = 0; i <= pairs; i++) {
            Run one = run(way, before);
            Run other = run(way, after);
            if (i > 0) {
                first.add(one);
                second.add(other);
            }
        }
        System.out.println(way.words + ":");
        say("before", first);
        say("after", second);
    }

    private static void say(String name, List<Run> runs) {
        System.out.println(String.format(
                Locale.ROOT,
                "  %-6s whole process %s; of it beside the slowest chain %s; without az before it %s",
                name,
                spread(runs.stream().map(Run::took).toList()),
                spread(runs.stream().map(run -> run.took() - run.chain()).toList()),
                spread(runs.stream()
                        .map(run -> run.took() - run.chain() - run.signIn())
                        .toList())));
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.2f s (%.2f to %.2f, %d runs)",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    private Run run(Way way, String program) throws Exception {
        ConcurrentLinkedQueue<Exchange> trace = new ConcurrentLinkedQueue<>();
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), options(way))) {
            if (way.takesTime) {
                azure.misbehave(FailureMode::usualLatency);
            }
            azure.watch(trace::add);
            double took = way.signsIn ? throughTls(azure, program) : timed(program, direct(azure.endpoint()));
            double chain = new Chains(List.copyOf(trace), recorded.gateway())
                            .slowest()
                            .way()
                            .toNanos()
                    / 1e9;
            return new Run(took, chain, way.signsIn ? firstSignIn() : 0);
        }
    }

    /** The first az that ran: its first and its last stamp. */
    private double firstSignIn() throws IOException {
        List<String> stamps = Files.readAllLines(folder.resolve("stamps"));
        Files.delete(folder.resolve("stamps"));
        return Double.parseDouble(stamps.get(1)) - Double.parseDouble(stamps.get(0));
    }

    /** Where Azure answers at once, it asks for no pause between two looks at an operation either. */
    private static PretendAzure.Options options(Way way) {
        PretendAzure.Options usual = PretendAzure.Options.usual();
        return way.takesTime ? usual : usual.operations(1, Duration.ZERO);
    }

    private double throughTls(PretendAzure azure, String program) throws Exception {
        try (TlsEndingProxy proxy = new TlsEndingProxy(folder, azure.endpoint(), "")) {
            String stamp = "date +%s.%N >> '" + folder.resolve("stamps") + "'\n";
            String az = StubbedAz.signedIn(folder, stamp + AZ_WORKS + stamp).path();
            Map<String, String> environment = new HashMap<>(Map.of(
                    "HTTPS_PROXY", "http://127.0.0.1:" + proxy.port(),
                    "TRIAGE502_CA_FILE", proxy.authority().toString(),
                    "PATH", az + ":" + System.getenv("PATH")));
            return timed(program, environment);
        }
    }

    private static Map<String, String> direct(URI endpoint) {
        return Map.of("TRIAGE502_AZURE_ENDPOINT", endpoint.toString());
    }

    private double timed(String program, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        program,
                        "diagnose",
                        "--gateway",
                        recorded.gateway().toString(),
                        "--until",
                        recorded.alertedAt().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(program + ": " + Files.readString(output));
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
