package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.PretendAzure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of a live diagnosis through a proxy that ends TLS with an authority of its own. */
class ProxyTest {

    private final RecordedCase recorded = CaseFolder.read(Path.of("src/test/resources/cases/two-web-vms-patch-night"));

    /** Making keys takes a second a key, so that all tests have the same. */
    @TempDir
    private static Path keys;

    @TempDir
    private Path folder;

    private PretendAzure azure;
    private TlsEndingProxy proxy;

    @BeforeEach
    void begin() throws Exception {
        azure = PretendAzure.start(recorded.documents(), recorded.gateway());
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        azure.close();
    }

    @Test
    void aDiagnosisGoesThroughTheProxyOfOurCaFile() throws Exception {
        start("");
        diagnosesWith(Map.of(
                "HTTPS_PROXY",
                "http://127.0.0.1:" + proxy.port(),
                "TRIAGE502_CA_FILE",
                proxy.authority().toString()));
    }

    /**
     * The JDK reads once, with the first client of a process, whether a proxy may be sent a password. In tests another
     * client may be the first, so that it is set where the process is started: by the build.
     */
    @Test
    void aDiagnosisGoesThroughAProxyThatAsksForAPassword() throws Exception {
        start("ops:p@ss word");
        assumeTrue(System.getProperty("jdk.http.auth.tunneling.disabledSchemes", "")
                .equals("none"));
        diagnosesWith(Map.of(
                "https_proxy",
                "ops:p%40ss%20word@127.0.0.1:" + proxy.port(),
                "REQUESTS_CA_BUNDLE",
                proxy.authority().toString()));
    }

    @Test
    void anAuthorityThatNobodyNamedIsSaid() throws Exception {
        start("");
        Terminal terminal = run(
                Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()),
                recorded.gateway().name());

        assertThat(terminal.err())
                .contains(
                        "through proxy 127.0.0.1:" + proxy.port() + " (HTTPS_PROXY)",
                        "set TRIAGE502_CA_FILE to a PEM file");
    }

    @Test
    void aWrongPasswordIsSaidAndNotPrinted() throws Exception {
        start("ops:right");
        Terminal terminal = run(
                Map.of("HTTPS_PROXY", "http://ops:hidden@127.0.0.1:" + proxy.port()),
                recorded.gateway().name());

        assertThat(terminal.err())
                .contains("through proxy 127.0.0.1:" + proxy.port() + " (HTTPS_PROXY)")
                .contains("credentials")
                .doesNotContain("hidden");
    }

    @Test
    void aFileWithoutCertificatesIsAWrongSetting() throws Exception {
        start("");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        Terminal terminal = new Terminal(false, Map.of("TRIAGE502_CA_FILE", empty.toString()));

        assertThat(terminal.run("diagnose", "--gateway", "agw")).isEqualTo(2);
        assertThat(terminal.err()).contains("TRIAGE502_CA_FILE is \"" + empty + "\"; use a readable PEM file");
        Terminal other = new Terminal(false, Map.of("HTTPS_PROXY", "http://ops:hid den@proxy"));
        assertThat(other.run("diagnose", "--gateway", "agw")).isEqualTo(2);
        assertThat(other.err())
                .contains("HTTPS_PROXY is not the address of a proxy")
                .doesNotContain("hid den");
    }

    private void start(String credentials) throws Exception {
        proxy = new TlsEndingProxy(keys, azure.endpoint(), credentials);
    }

    private void diagnosesWith(Map<String, String> network) throws Exception {
        Terminal terminal = run(network, recorded.gateway().toString());
        Terminal direct = run(
                Map.of("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString()),
                recorded.gateway().toString());

        assertThat(sources(terminal)).as(terminal.err()).isEqualTo(sources(direct));
        assertThat(sources(terminal)).contains("gateway", "accessLog");
        assertThat(proxy.tunnels()).contains("management.azure.com:443", "api.loganalytics.io:443");
    }

    /** The sources that were read. */
    private static List<String> sources(Terminal terminal) {
        List<String> read = new ArrayList<>();
        JsonParser.parseString(terminal.out())
                .getAsJsonObject()
                .getAsJsonArray("evidenceRead")
                .forEach(each -> {
                    if (each.getAsJsonObject().get("state").getAsString().equals("present")) {
                        read.add(each.getAsJsonObject().get("source").getAsString());
                    }
                });
        return read;
    }

    private Terminal run(Map<String, String> network, String gateway) throws Exception {
        Map<String, String> environment = new HashMap<>(network);
        environment.put("PATH", StubbedAz.signedIn(folder).path());
        Terminal terminal = new Terminal(false, environment);
        terminal.run(
                "diagnose",
                "--gateway",
                gateway,
                "--format",
                "json",
                "--until",
                recorded.alertedAt().toString());
        return terminal;
    }
}
