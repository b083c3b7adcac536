package dev.triage502.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microsoft's storage emulator, from npm: started for a test class, on ports that are free. */
public final class Azurite implements AutoCloseable {

    private static final Pattern LISTENING =
            Pattern.compile("Azurite (Blob|Queue|Table) service is successfully listening at (\\S+)");

    /** Public and the same everywhere. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private final Process process;
    private final Map<String, String> endpoints;

    private Azurite(Process process, Map<String, String> endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** Starts it; the test that asks is skipped where it is not installed, but never where CI is true. */
    public static Azurite start() throws Exception {
        String tools = System.getenv().getOrDefault("TRIAGE502_TOOLS", "target/tools");
        Path script = Path.of(tools, "node_modules", "azurite", "dist", "src", "azurite.js");
        boolean there = Files.isRegularFile(script);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("azurite in " + tools).isTrue();
        }
        assumeTrue(there, "azurite is not in " + tools);
        Process process = new ProcessBuilder(List.of(
                        "node",
                        script.toString(),
                        "--silent",
                        "--inMemoryPersistence",
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--blobPort",
                        "0",
                        "--queuePort",
                        "0",
                        "--tablePort",
                        "0"))
                .redirectErrorStream(true)
                .start();
        try {
            return new Azurite(
                    process,
                    CompletableFuture.supplyAsync(() -> listen(process)).get(60, TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                + ";BlobEndpoint=" + endpoints.get("Blob") + "/" + ACCOUNT
                + ";QueueEndpoint=" + endpoints.get("Queue") + "/" + ACCOUNT
                + ";TableEndpoint=" + endpoints.get("Table") + "/" + ACCOUNT + ";";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> listen(Process process) {
        Map<String, String> endpoints = new HashMap<>();
        StringBuilder said = new StringBuilder();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    endpoints.put(matcher.group(1), matcher.group(2));
                }
                if (endpoints.size() == 3) {
                    return endpoints;
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        throw new IllegalStateException("azurite did not start: " + said);
    }
}
