package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Opens pages in Chromium, as the scripts in {@code src/test/tools} do. */
public final class PageCheck {

    private PageCheck() {}

    /**
     * What is wrong with some pages, one line each; skips the test where there is no browser.
     *
     * @param views {@code few} or {@code all}: how many widths and colours are looked at
     */
    static List<String> problems(List<Path> pages, String views) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-", views));
        pages.forEach(page -> arguments.add(page.toString()));
        return problems("page-check.mjs", arguments, "checked " + pages.size());
    }

    /**
     * What a script finds wrong, one line each; skips the test where there is no browser.
     *
     * @param end what the script says last
     */
    public static List<String> problems(String script, List<String> arguments, String end)
            throws IOException, InterruptedException {
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        Optional<String> chromium = Stream.of(
                        "/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
                .filter(each -> Files.isExecutable(Path.of(each)))
                .findFirst();
        boolean there = Files.isDirectory(tools.resolve("node_modules/playwright-core")) && chromium.isPresent();
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(
                    there,
                    "needs Chromium, and playwright-core and axe-core from src/test/tools; .ci/run installs them");
        }
        List<String> command = new ArrayList<>(List.of("node", "src/test/tools/" + script));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        builder.environment().put("TRIAGE502_CHROMIUM", chromium.orElse("chromium"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        List<String> lines = said.lines().toList();
        assertThat(lines).as(said).contains(end);
        return lines.stream().filter(line -> !line.equals(end)).toList();
    }
}
