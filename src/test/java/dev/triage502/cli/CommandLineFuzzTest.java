package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the arguments: an exit code that is documented, and no word of Java's. */
class CommandLineFuzzTest {

    /** A class of Java's or of ours, a frame of a stack trace, or an enum constant in a list of them. */
    private static final Pattern JAVA =
            Pattern.compile("\\b(?:java|javax|picocli|com\\.(?:azure|google)|dev\\.triage502)\\.[a-z]|[a-z]Exception\\b"
                    + "|\\bat [\\w.$]+\\([\\w]+\\.java|\\b[A-Z]+, [A-Z]+, [A-Z]+\\b|a defect of triage502");

    private static final List<String> COMMANDS = List.of(
            "diagnose", "doctor", "record", "replay", "evaluate", "demo", "serve", "pretend-azure", "help", "nonsense");

    private static final List<String> OPTIONS = List.of(
            "--gateway",
            "--since",
            "--until",
            "--format",
            "--out",
            "--case",
            "--port",
            "--probe",
            "--ablate",
            "--json",
            "--list",
            "--hide-names",
            "--unredacted",
            "--nonsense",
            "--",
            "-",
            "-h");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\u0000",
            "\n",
            "-1",
            "0",
            "70000",
            "99999999999999999999",
            "PT256204778801521H",
            "+999999999-12-31T23:59:59Z",
            "2999-01-01T00:00:00Z",
            "../../..",
            "/dev/null",
            "/subscriptions/s/resourceGroups/../providers/Microsoft.Network/applicationGateways/a",
            "https://portal.azure.com/%zz",
            "%2e%2e",
            "@no-such-file",
            "=",
            "${env:PATH}",
            "名前-ключ-\uD83D\uDE00\uD83D",
            "x".repeat(100_000),
            "json",
            "yaml");

    @TempDir
    private Path home;

    private HttpServer azure;

    /** Nothing leaves this machine. What refuses everything stands for all of Azure: it is not asked again, as one that is down is. */
    @BeforeEach
    void start() throws IOException {
        azure = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        azure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        azure.start();
    }

    @AfterEach
    void stop() {
        azure.stop(0);
    }

    private String run(List<String> given) {
        List<String> args = new ArrayList<>(given);
        if (args.get(0).equals("demo")) {
            args.add("--nonsense"); // else it may show a whole incident
        }
        // Without Azure it does not begin to serve, and so does not wait for somebody to end it.
        int port = args.get(0).equals("serve") ? 1 : azure.getAddress().getPort();
        Map<String, String> environment = Map.of(
                "TRIAGE502_AZURE_ENDPOINT",
                "http://127.0.0.1:" + port,
                "TRIAGE502_STORE",
                home.resolve("store").toString());
        Terminal terminal = new Terminal(false, environment);

        int code = terminal.run(args.toArray(String[]::new));

        assertThat(code).as("%s: %s", args, terminal.err()).isBetween(0, 2);
        assertThat(terminal.err()).as("%s", args).doesNotContainPattern(JAVA);
        if (code != 0) {
            assertThat(terminal.err()).as("%s", args).isNotBlank().hasSizeLessThan(2_000);
        }
        return terminal.err();
    }

    @Test
    void everyCommandWithEveryOptionAndSomeOddValue() {
        int next = 0;
        for (String command : COMMANDS) {
            for (String option : OPTIONS) {
                run(List.of(command, option));
                run(List.of(command, option + "=" + VALUES.get(next++ % VALUES.size())));
            }
        }
    }

    @Test
    @Tag("thorough")
    void everyCommandWithEveryOddValueOfEveryOption() {
        for (String command : COMMANDS) {
            for (String option : OPTIONS) {
                run(List.of(command, option, option));
                for (String value : VALUES) {
                    run(List.of(command, option + "=" + value));
                    run(List.of(command, option, value, option, value));
                }
            }
        }
    }

    @Test
    @Tag("thorough")
    void anyArgumentsInAnyOrder() {
        Random random = new Random(502);
        for (int round = 0; round < 20_000; round++) {
            List<String> args = new ArrayList<>(List.of(COMMANDS.get(random.nextInt(COMMANDS.size()))));
            for (int i = random.nextInt(5); i >= 0; i--) {
                args.add(
                        random.nextBoolean()
                                ? OPTIONS.get(random.nextInt(OPTIONS.size()))
                                : VALUES.get(random.nextInt(VALUES.size())));
            }
            if (random.nextBoolean()) {
                args.add("--nonsense");
            }
            run(args);
        }
    }
}
