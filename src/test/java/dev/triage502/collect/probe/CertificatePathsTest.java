package dev.triage502.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a chain is trusted, as {@code openssl verify} judges it. */
@Timeout(120)
class CertificatePathsTest {

    private static final String CA = "basicConstraints=critical,CA:TRUE";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(TestCertificates.canBeMade());
        for (String name : List.of("root", "older", "stale", "mid", "leaf", "outside", "self", "end")) {
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key");
        }
        certificate("root", "root", "Root", "root", "root", 400, CA);
        certificate("older", "older", "Older", "older", "older", 400, CA);
        certificate("stale", "stale", "Stale", "stale", "stale", -1, CA);
        certificate("cross", "root", "Root", "older", "older", 400, CA);
        certificate("cross-expired", "root", "Root", "older", "older", -1, CA);
        certificate("mid", "mid", "Mid", "root", "root", 400, CA);
        certificate("mid-expired", "mid", "Mid", "root", "root", -1, CA);
        certificate("mid-older", "mid", "Mid", "older", "older", 400, CA);
        certificate("mid-stale", "mid", "Mid", "stale", "stale", 400, CA);
        certificate(
                "mid-named",
                "mid",
                "Mid",
                "root",
                "root",
                400,
                CA + "\nnameConstraints=critical,permitted;DNS:inside.example");
        certificate("no-ca", "end", "End", "root", "root", 400, "basicConstraints=critical,CA:FALSE");
        certificate("leaf", "leaf", "app.inside.example", "mid", "mid", 90, "subjectAltName=DNS:app.inside.example");
        certificate(
                "leaf-expired",
                "leaf",
                "app.inside.example",
                "mid",
                "mid",
                -1,
                "subjectAltName=DNS:app.inside.example");
        certificate(
                "outside", "outside", "app.other.example", "mid", "mid", 90, "subjectAltName=DNS:app.other.example");
        certificate(
                "of-end", "leaf", "app.inside.example", "no-ca", "end", 90, "subjectAltName=DNS:app.inside.example");
        certificate("self", "self", "app.inside.example", "self", "self", 90, "subjectAltName=DNS:app.inside.example");
    }

    @ParameterizedTest(name = "{0} with {1} trusted is {2}")
    @CsvSource({
        "leaf mid root, root, true",
        "leaf mid, root, true",
        // cross-signed: with either root trusted
        "leaf mid cross, root, true",
        "leaf mid cross, older, true",
        "leaf mid cross older, root, true",
        // wrong order
        "leaf root mid, root, true",
        "leaf cross mid, older, true",
        // missing intermediate
        "leaf, root, false",
        "leaf root, root, false",
        // another root
        "leaf mid root, older, false",
        // self-signed
        "self, self, true",
        "self, root, false",
        // expired: leaf, intermediate, root
        "leaf-expired mid, root, false",
        "leaf mid-expired, root, false",
        "leaf mid-stale, stale, false",
        // name constraints
        "leaf mid-named, root, true",
        "outside mid-named, root, false",
        // issued by what is no CA
        "of-end no-ca, root, false",
        // two paths, of which one has expired
        "leaf mid-expired mid-older, older, true",
        "leaf mid-expired mid-older, root older, true",
        "leaf mid cross-expired, root, true",
        "leaf mid cross-expired, older, false"
    })
    void isTrustedWhereOpensslTrustsIt(String sent, String trusted, boolean expected) throws Exception {
        List<X509Certificate> chain = read(sent);
        List<X509Certificate> roots = read(trusted);
        Instant now = Instant.now();

        assertThat(verifiedByOpenssl(sent, trusted)).as("openssl").isEqualTo(expected);
        assertThat(new CertificateChecks(chain).isTrustedBy(roots, now)).isEqualTo(expected);
        assertThat(new CertificateChecks(chain)
                        .problems(now, "", Optional.of(roots))
                        .isEmpty())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "leaf, root, unable to verify the first certificate",
        "leaf mid root, older, self-signed certificate in the chain",
        "leaf mid, older, unable to get local issuer certificate",
        "leaf root, root, certificates sent out of order",
        "leaf-expired mid, root, certificate expired: CN=app.inside.example",
        "leaf mid-stale, stale, certificate expired: CN=Stale",
        "outside mid-named, root, certificate chain not accepted"
    })
    void saysWhyNotInOneReason(String sent, String trusted, String reason) throws Exception {
        assertThat(new CertificateChecks(read(sent)).problems(Instant.now(), "", Optional.of(read(trusted))))
                .singleElement()
                .asString()
                .startsWith(reason);
    }

    private static boolean verifiedByOpenssl(String sent, String trusted) throws Exception {
        List<String> names = List.of(sent.split(" "));
        Path untrusted = folder.resolve("untrusted.pem");
        Path anchors = folder.resolve("anchors.pem");
        Files.writeString(untrusted, pem(names.subList(1, names.size())));
        Files.writeString(anchors, pem(List.of(trusted.split(" "))));
        List<String> command = new ArrayList<>(List.of("openssl", "verify", "-no-CApath", "-no-CAstore"));
        command.addAll(List.of("-CAfile", anchors.toString()));
        if (names.size() > 1) {
            command.addAll(List.of("-untrusted", untrusted.toString()));
        }
        command.add(folder.resolve(names.get(0) + ".pem").toString());
        return run(command) == 0;
    }

    private static String pem(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(Files.readString(folder.resolve(name + ".pem")));
        }
        return all.toString();
    }

    private static List<X509Certificate> read(String names) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        for (String name : names.split(" ")) {
            try (InputStream in = Files.newInputStream(folder.resolve(name + ".pem"))) {
                all.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        return all;
    }

    private static void certificate(
            String name, String key, String common, String signer, String signerKey, int days, String extensions)
            throws Exception {
        Path config = folder.resolve(name + ".ext");
        Files.writeString(config, extensions + "\n");
        openssl("req", "-new", "-key", key + ".key", "-subj", "/CN=" + common, "-out", name + ".csr");
        List<String> command = new ArrayList<>(List.of("x509", "-req", "-in", name + ".csr", "-out", name + ".pem"));
        command.addAll(List.of("-days", String.valueOf(days), "-extfile", name + ".ext"));
        command.addAll(
                name.equals(signer)
                        ? List.of("-signkey", key + ".key")
                        : List.of("-CA", signer + ".pem", "-CAkey", signerKey + ".key", "-CAcreateserial"));
        openssl(command.toArray(String[]::new));
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        assertThat(run(command)).as(command.toString()).isZero();
    }

    private static int run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
