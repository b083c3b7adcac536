package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads who is not signed in, or not so that Azure would answer. */
class SignInTest {

    private static final String ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop"
            + "/providers/Microsoft.Network/applicationGateways/agw-shop";

    @TempDir
    private Path folder;

    /** What az prints in each situation, and the sentence that a person is told. */
    static Stream<Arguments> situations() {
        return Stream.of(
                Arguments.of(
                        "ERROR: Please run 'az login' to setup account.", "Not signed in to Azure. Run `az login`."),
                Arguments.of(
                        "ERROR: AADSTS700082: The refresh token has expired due to inactivity. Interactive"
                                + " authentication is needed. Please run:\n"
                                + "az login --scope https://management.core.windows.net//.default",
                        "The Azure login has expired or needs to be confirmed. Run `az login`."),
                Arguments.of(
                        "ERROR: AADSTS50020: User account 'ops@shop.example' from identity provider 'live.com' does not"
                                + " exist in tenant 'Contoso' and cannot access the application.",
                        "This Azure login is not known in the tenant. Run `az account list --query"
                                + " \"[].tenantId\"` to see yours, or `az login`."),
                Arguments.of(
                        "ERROR: No subscription found. Run 'az account set' to select a subscription.",
                        "This Azure login has no subscription. Run `az account list --refresh`, or `az login --tenant"
                                + " TENANT` for another tenant."),
                Arguments.of(
                        "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded"
                                + " with url: /common/oauth2/v2.0/token (Caused by NewConnectionError('Failed to"
                                + " resolve'))",
                        "Azure could not be reached to sign in. Check the network, HTTPS_PROXY and REQUESTS_CA_BUNDLE,"
                                + " then run `az account get-access-token` to see the error."),
                Arguments.of(
                        "ERROR: The command failed with an unexpected error.",
                        "The Azure CLI gave no token: The command failed with an unexpected error. Run `az login`."));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void eachSituationHasItsOwnSentence(String printed, String sentence) throws IOException {
        StubbedAz az = StubbedAz.failing(folder, printed);
        Terminal terminal = new Terminal(false, Map.of("PATH", az.path()));

        Instant begin = Instant.now();
        assertThat(terminal.run("diagnose", "--gateway", ID)).isEqualTo(1);

        assertThat(terminal.err()).isEqualTo("triage502 diagnose: " + sentence + System.lineSeparator());
        assertThat(terminal.out()).isEmpty();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void withoutAzItIsSaidWhatToInstall() {
        Terminal terminal = new Terminal(false, Map.of("PATH", folder.toString()));

        assertThat(terminal.run("doctor", "--gateway", ID)).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo("triage502 doctor: Not signed in to Azure. Install the Azure CLI (az), which is not on the"
                        + " PATH, and run `az login`." + System.lineSeparator());
    }

    @Test
    void theTenantIsHandedToAz() throws IOException {
        StubbedAz az = StubbedAz.failing(folder, "ERROR: AADSTS90002: Tenant 'contoso.example' not found.");
        Terminal terminal = new Terminal(false, Map.of("PATH", az.path()));

        terminal.run(
                "record", "--gateway", ID, "--out", folder.resolve("new").toString(), "--tenant", "contoso.example");

        assertThat(terminal.err())
                .contains("not known in the tenant contoso.example", "az login --tenant contoso.example");
    }

    /** The sign-in begins before the command line is read, and must not be to the tenant that az happens to be in. */
    @ParameterizedTest
    @ValueSource(strings = {"--tenant=contoso.example", "--tenant"})
    void noOtherTenantIsSignedInTo(String option) throws IOException {
        StubbedAz az = StubbedAz.signedIn(folder);
        Map<String, String> env = Map.of("PATH", az.path() + ":/usr/bin:/bin", "HTTPS_PROXY", "http://127.0.0.1:9");
        List<String> tenant = option.contains("=") ? List.of(option) : List.of(option, "contoso.example");

        new Terminal(false, env)
                .run(Stream.concat(Stream.of("diagnose", "--gateway", "agw-shop"), tenant.stream())
                        .toArray(String[]::new));

        assertThat(az.calls().lines())
                .isNotEmpty()
                .allMatch(call -> call.endsWith("--tenant contoso.example"), az.calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--version", "-V"})
    void helpSignsNobodyIn(String option) throws IOException {
        StubbedAz az = StubbedAz.signedIn(folder);

        assertThat(new Terminal(false, Map.of("PATH", az.path())).run("diagnose", option))
                .isZero();

        assertThat(folder.resolve("calls")).doesNotExist();
    }

    /** Cloud Shell and Arc name an endpoint of an identity, and a person is signed in there. */
    @Test
    void anIdentityEndpointAloneDoesNotHideThePerson() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer identity = identity(asked);
        try {
            StubbedAz az = StubbedAz.signedIn(folder);
            Map<String, String> env = environment(az.path(), identity);

            run(env);

            // What is read first needs this one; the Azure CLI is slow, and not asked for two at once.
            assertThat(az.calls())
                    .startsWith("account get-access-token --output json --scope https://management.azure.com/.default");
            assertThat(asked).isEmpty();
        } finally {
            identity.stop(0);
        }
    }

    /** Every call goes to a proxy that nobody is at, so that no test asks Azure. */
    private static Terminal run(Map<String, String> env) {
        Map<String, String> all = new HashMap<>(env);
        all.put("HTTPS_PROXY", "http://127.0.0.1:9");
        Terminal terminal = new Terminal(false, all);
        terminal.run("diagnose", "--gateway", "agw-shop");
        assertThat(terminal.err())
                .contains("could not look up gateway agw-shop", "through proxy 127.0.0.1:9 (HTTPS_PROXY)");
        return terminal;
    }

    private static Map<String, String> environment(String path, HttpServer identity) {
        return Map.of(
                "PATH",
                path,
                "IDENTITY_ENDPOINT",
                "http://127.0.0.1:" + identity.getAddress().getPort() + "/msi/token",
                "IDENTITY_HEADER",
                "secret");
    }

    private static HttpServer identity(List<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = "{\"access_token\":\"a.b.c\",\"expires_on\":\"4102444800\",\"token_type\":\"Bearer\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
