package dev.triage502.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code ./triage502 serve} as a process of its own, which can be killed as a machine dies. */
final class AppProcess {

    private static final String KEY = "trial";

    private final URI alerts;

    private AppProcess(URI alerts) {
        this.alerts = alerts;
    }

    /**
     * Starts one on a free port; it serves when this returns.
     *
     * @param begun gets the process before it serves
     */
    static AppProcess start(Map<String, String> settings, Path log, Consumer<Process> begun) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                "dev.triage502.cli.Main",
                "serve",
                "--port",
                "0"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
        builder.environment().put("TRIAGE502_HOST_KEY", KEY);
        Process process = builder.start();
        begun.accept(process);
        try {
            URI alerts = CompletableFuture.supplyAsync(() -> alerts(process)).get(60, TimeUnit.SECONDS);
            return new AppProcess(alerts);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where an action group would post to. */
    URI alerts() {
        return alerts;
    }

    /** Where it answers, with the key as a query. */
    URI at(String path) {
        return URI.create(alerts.toString().replaceFirst("/api/alerts.*", path) + "?code=" + KEY);
    }

    private static URI alerts(Process process) {
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("alerts")) {
                    return URI.create(line.substring("alerts".length()).strip());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("it did not start; its log says why");
    }

    /** Of this process, whether Maven or a launcher with a class loader of its own runs it. */
    private static String classPath() {
        ClassLoader loader = AppProcess.class.getClassLoader();
        if (loader instanceof URLClassLoader urls) {
            return Arrays.stream(urls.getURLs()).map(URL::getPath).collect(Collectors.joining(":"));
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
