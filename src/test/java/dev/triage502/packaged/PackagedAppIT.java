package dev.triage502.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.MetricAlert;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.WebhookReceiver;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app as it is deployed, loaded as Azure's worker loads it: finds clashes of libraries before Azure does. */
class PackagedAppIT {

    private static final Path APP = Path.of("target/azure-functions/triage502");
    private static final long LARGEST = 16L * 1024 * 1024;

    @TempDir
    private Path folder;

    @BeforeAll
    static void isPackaged() {
        boolean there = Files.exists(APP.resolve("triage502.jar"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(APP + " has the packaged app").isTrue();
        }
        assumeTrue(there, APP + " is made by the phase package");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyEntryPointRunsWhateverTheOrderOfTheJars(long seed) throws Exception {
        RecordedCase recorded = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        Path alert = Files.writeString(
                folder.resolve("alert.json"), MetricAlert.fired(recorded.gateway(), recorded.alertedAt()));
        PretendAzure.Options quick = PretendAzure.Options.usual().operations(1, Duration.ZERO);
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), quick);
                WebhookReceiver webhook = WebhookReceiver.answering(202)) {
            List<String> said = run(
                    azure,
                    webhook,
                    List.of(
                            APP.toString(),
                            coreLibrary(),
                            String.valueOf(seed),
                            folder.resolve("store").toString(),
                            alert.toString(),
                            recorded.gateway().toString()));

            assertThat(said).anyMatch(line -> line.startsWith("alerts 202 {\"incidents\":[{"));
            assertThat(said)
                    .contains(
                            "triage done",
                            "deliver done",
                            "watch done",
                            "triage-given-up done",
                            "deliver-given-up done",
                            "slack-answer done");
            assertThat(said).anyMatch(line -> line.startsWith("diagnose 200 {\"schema\":\"triage502/diagnosis/v1\""));
            assertThat(said).anyMatch(line -> line.startsWith("diagnoses 404"));
            assertThat(said).anyMatch(line -> line.startsWith("incidents 200 {\"incidents\":[{"));
            assertThat(said).anyMatch(line -> line.startsWith("accuracy 200"));
            assertThat(said).anyMatch(line -> line.startsWith("ignored-alerts 200"));
            assertThat(said).anyMatch(line -> line.startsWith("feedback 404"));
            assertThat(said).anyMatch(line -> line.startsWith("incident 404"));
            assertThat(said).anyMatch(line -> line.startsWith("incident-evidence 404"));
            assertThat(said).anyMatch(line -> line.startsWith("causes 200 <!doctype html>"));
            assertThat(said).anyMatch(line -> line.startsWith("cause 404 "));
            assertThat(said).anyMatch(line -> line.startsWith("channels 200 "));
            assertThat(said).anyMatch(line -> line.startsWith("slack-action 404 "));
            assertThat(said)
                    .filteredOn(line -> line.startsWith("incident-link"))
                    .hasSize(5)
                    .allMatch(line -> line.contains(" 404 "));
            assertThat(said)
                    .filteredOn(line -> line.startsWith("view"))
                    .hasSize(4)
                    .allMatch(line -> line.contains(" 401 "));
            assertThat(said).anyMatch(line -> line.startsWith("doctor 200"));
            assertThat(said).noneMatch(line -> line.contains(" threw "));
            String posted = new String(webhook.all().get(0).body(), StandardCharsets.UTF_8);
            assertThat(posted).contains(recorded.expected().orElseThrow().rootCause());
        }
    }

    @Test
    void everyFunctionOfTheAppIsCalledHere() throws Exception {
        assertThat(Worker.functionsIn(APP))
                .containsExactly(
                        "accuracy",
                        "alerts",
                        "cause",
                        "causes",
                        "channels",
                        "deliver",
                        "deliver-given-up",
                        "diagnose",
                        "diagnoses",
                        "doctor",
                        "feedback",
                        "ignored-alerts",
                        "incident",
                        "incident-evidence",
                        "incident-link",
                        "incident-link-feedback",
                        "incident-link-file",
                        "incident-links",
                        "incident-links-revoke",
                        "incidents",
                        "slack-action",
                        "slack-answer",
                        "triage",
                        "triage-given-up",
                        "view",
                        "view-diagnose",
                        "view-feedback",
                        "view-file",
                        "watch");
    }

    @Test
    void isSmallEnoughForAQuickStart() throws IOException {
        try (Stream<Path> files = Files.walk(APP)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThanOrEqualTo(LARGEST);
        }
    }

    private List<String> run(PretendAzure azure, WebhookReceiver webhook, List<String> arguments) throws Exception {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                locationOf(Worker.class),
                                Worker.class.getName()),
                        arguments.stream())
                .toList());
        builder.environment().put("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString());
        builder.environment().put("TRIAGE502_WEBHOOK_URL", webhook.uri().toString());
        builder.environment().put("TRIAGE502_STORE", folder.resolve("store").toString());
        builder.environment().put("TRIAGE502_DIRECT_PROBES", "off");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(output);
            assertThat(ended).as("ended; it said " + lines).isTrue();
            assertThat(process.exitValue()).as("exit code; it said " + lines).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the worker brings itself and the app's folder does not hold. */
    private static String coreLibrary() throws URISyntaxException, ClassNotFoundException {
        return locationOf(Class.forName("com.microsoft.azure.functions.ExecutionContext"));
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
