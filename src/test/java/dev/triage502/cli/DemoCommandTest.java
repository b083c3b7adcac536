package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The demo as a person sees it in a pipe: everything started, an alert in, a diagnosis out. */
@Timeout(120)
@Isolated("what it prints has the log of the whole process in it")
class DemoCommandTest {

    private final Terminal terminal = new Terminal();

    static List<String> shipped() {
        return CaseFolder.shipped();
    }

    @Test
    void usuallyShowsTheDiagnosisAlone() {
        assertThat(terminal.run("demo")).as(terminal.err()).isZero();

        assertThat(terminal.out().lines().limit(6)).anyMatch(line -> line.contains("Confirmed"));
        assertThat(terminal.out())
                .contains("triage502 demo --verbose")
                .doesNotContain("POST /api/alerts", "Idempotency-Key");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aCaseThatShipsIsShownFromTheAlertToTheWebhook(String name) {
        RecordedCase recorded = CaseFolder.readShipped(name);
        String title = new Triage()
                .report(recorded.incident(), recorded.documents(), RunInfo.replay(recorded.incident(), recorded.id()))
                .title();

        assertThat(terminal.run("demo", "--verbose", "--case", name))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.err()).isEmpty();
        String shown = terminal.out().replaceAll("\\s+", " ");
        assertThat(shown)
                .contains(recorded.title())
                .contains("POST /api/alerts -> 202 in ")
                .contains(title)
                .contains("Cause: " + recorded.expected().orElseThrow().rootCause())
                .contains("Idempotency-Key: " + recorded.gateway().name().toLowerCase(java.util.Locale.ROOT) + "-")
                .contains("{\"schema\":\"triage502/diagnosis/v1\"");
        assertThat(terminal.out().lines()).anyMatch(line -> line.matches(" {2}backend health +\\d+\\.\\d s  .*"));
        assertThat(terminal.out()).doesNotContain("\u001b");
        assertThat(shown.indexOf("202 in")).isLessThan(shown.indexOf("gateway 0"));
    }

    static List<ChannelType> channels() {
        return Channels.ALL;
    }

    /** The webhook is shown without this. */
    @ParameterizedTest
    @MethodSource("channels")
    void everyChannelIsShownOrSaysWhyNot(ChannelType type) {
        int status = terminal.run("demo", "--channel", type.name());

        if (!type.needed().stream().map(ChannelSetting::key).toList().equals(List.of("url"))) {
            assertThat(status).isEqualTo(2);
            assertThat(terminal.err())
                    .contains("the demo cannot show " + type.name() + ", because it needs an account");
        } else {
            assertThat(status).as(terminal.err()).isZero();
            assertThat(terminal.out().contains("The channel " + type.name() + " received:"))
                    .isEqualTo(!type.name().equals("webhook"));
        }
    }

    @Test
    void aCaseOfOnesOwnIsShownFromItsFolder() {
        Path folder = Path.of("src/test/resources/cases/hr-setting-rebuilt");

        assertThat(terminal.run("demo", "--case", folder.toString())).isZero();
        assertThat(terminal.out()).contains("backend-certificate-untrusted");
    }

    @Test
    void theCasesThatShipAreListed() {
        assertThat(terminal.run("demo", "--list")).isZero();
        assertThat(terminal.out().lines()).hasSameSizeAs(shipped());
        shipped().forEach(name -> assertThat(terminal.out()).contains(name + " "));
    }

    @Test
    void aCaseThatThereIsNotIsToldWithThoseThatThereAre() {
        assertThat(terminal.run("demo", "--case", "no-such")).isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("no-such").contains(shipped().get(0));
    }

    /** As the address is printed, it opens the page without a key; once the demo ends, nothing answers there. */
    @Test
    void theIncidentsPageIsKeptUpUntilSomebodyEndsIt() {
        StringWriter out = new StringWriter();
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(out, true), false, false, Map.of());
        List<HttpResponse<String>> pages = new ArrayList<>();
        ServeUntil seen = () -> pages.add(get(pageIn(out.toString())));

        int status = new CommandLine(new DemoCommand(console, seen)).execute("--open");

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Press Enter or Ctrl-C to end the demo.");
        assertThat(pages).singleElement().satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.body()).contains("Do this first").contains("Where the path is broken");
        });
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(to(pageIn(out.toString())), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    private static URI pageIn(String said) {
        Matcher address = Pattern.compile("(?m)^  (http://127\\.0\\.0\\.1:\\d+/api/i/\\S+)$")
                .matcher(said);
        assertThat(address.find()).as(said).isTrue();
        return URI.create(address.group(1));
    }

    private static HttpRequest to(URI address) {
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
    }

    private static HttpResponse<String> get(URI address) throws InterruptedException {
        try {
            return HttpClient.newHttpClient().send(to(address), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void enterEndsAnOpenDemoAndTheEndOfTheInputDoesNot() throws Exception {
        ServeUntil enter =
                ServeUntil.enterOrSignalled(new ByteArrayInputStream("x\n".getBytes(StandardCharsets.UTF_8)));
        Thread waits = new Thread(() -> awaited(enter));
        waits.start();
        waits.join(Duration.ofSeconds(20).toMillis());
        assertThat(waits.isAlive()).isFalse();
        enter.done();

        ServeUntil nothing = ServeUntil.enterOrSignalled(new ByteArrayInputStream(new byte[0]));
        Thread goesOn = new Thread(() -> awaited(nothing));
        goesOn.setDaemon(true);
        goesOn.start();
        goesOn.join(300);
        assertThat(goesOn.isAlive()).isTrue();
        nothing.done();
    }

    private static void awaited(ServeUntil until) {
        try {
            until.stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aMachineWithoutAScreenHasNoBrowser() {
        URI page = URI.create("http://127.0.0.1:1/api/i/token");

        assertThat(new WebBrowser(Map.of("PATH", "/usr/bin"), "Linux").command(page))
                .isEmpty();
        assertThat(new WebBrowser(Map.of("DISPLAY", ":0", "PATH", "/nowhere"), "Linux").command(page))
                .isEmpty();
        assertThat(new WebBrowser(Map.of(), "Mac OS X").command(page)).contains(List.of("open", page.toString()));
    }
}
