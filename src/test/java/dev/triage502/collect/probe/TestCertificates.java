package dev.triage502.collect.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** CertificateChecks made by openssl: a root, an intermediate that it signed, and servers' that one of them signed. */
final class TestCertificates {

    static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    TestCertificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        selfSigned("root", "/CN=Test Root", "basicConstraints=critical,CA:TRUE");
        signed("intermediate", "/CN=Test Intermediate", "basicConstraints=critical,CA:TRUE", "root", 30);
        selfSigned("other-root", "/CN=Other Root", "basicConstraints=critical,CA:TRUE");
    }

    static boolean canBeMade() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "openssl")));
    }

    /** A server's key with the certificates that it sends, the first its own: {@code days} may be negative. */
    KeyStore server(String name, String host, String signer, int days, String... alsoSent)
            throws IOException, InterruptedException, GeneralSecurityException {
        if (signer.equals(name)) {
            selfSigned(name, "/CN=" + host, "subjectAltName=DNS:" + host);
        } else {
            signed(name, "/CN=" + host, "subjectAltName=DNS:" + host, signer, days);
        }
        List<String> sent = new ArrayList<>(List.of(name));
        sent.addAll(List.of(alsoSent));
        return store(name, sent);
    }

    X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private KeyStore store(String name, List<String> sent)
            throws IOException, InterruptedException, GeneralSecurityException {
        openssl(
                "pkcs12",
                "-export",
                "-out",
                name + ".p12",
                "-inkey",
                name + ".key",
                "-in",
                name + ".pem",
                "-passout",
                "pass:changeit");
        KeyStore one = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            one.load(in, PASSWORD);
        }
        X509Certificate[] chain = new X509Certificate[sent.size()];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = certificate(sent.get(i));
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        all.setKeyEntry("server", one.getKey(one.aliases().nextElement(), PASSWORD), PASSWORD, chain);
        return all;
    }

    private void selfSigned(String name, String subject, String extension) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem",
                "-subj",
                subject,
                "-days",
                "30",
                "-addext",
                extension);
    }

    private void signed(String name, String subject, String extension, String signer, int days)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                subject);
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                signer + ".pem",
                "-CAkey",
                signer + ".key",
                "-CAcreateserial",
                "-out",
                name + ".pem",
                "-days",
                String.valueOf(days),
                "-extfile",
                name + ".ext");
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ": " + said);
        }
    }
}
