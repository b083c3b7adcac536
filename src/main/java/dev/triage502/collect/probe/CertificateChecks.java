package dev.triage502.collect.probe;

import com.google.gson.JsonObject;
import dev.triage502.incident.HostName;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates that a server showed, in its order: what they say, and what a gateway would hold against them. */
final class CertificateChecks {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int LONGEST_PATH = 10;

    private final List<X509Certificate> chain;

    /** One at least, the server's own first. */
    CertificateChecks(List<X509Certificate> chain) {
        this.chain = chain;
    }

    void describe(JsonObject tls) {
        tls.addProperty("subject", subject(own()));
        tls.add("san", DirectProber.array(names(own())));
        tls.addProperty("issuer", issuer(own()));
        tls.addProperty("notBefore", own().getNotBefore().toInstant().toString());
        tls.addProperty("notAfter", own().getNotAfter().toInstant().toString());
        tls.add(
                "chain",
                DirectProber.array(
                        chain.stream().map(CertificateChecks::subject).toList()));
    }

    /**
     * Whether a path leads from the server's own certificate to one of the roots given, or without any to a well-known
     * one, by the rules of PKIX and as of this moment. What was sent is taken as a set: cross-signed certificates give
     * several paths, of which one has to hold.
     */
    boolean isTrustedBy(List<X509Certificate> roots, Instant at) {
        List<X509Certificate> anchors = roots.isEmpty() ? wellKnown() : roots;
        return anchors.contains(own()) || anchorAt(anchors, at).isPresent();
    }

    /** The root that a path leads to at a moment at which the root is valid itself. */
    private Optional<X509Certificate> anchorAt(List<X509Certificate> anchors, Instant at) {
        // PKIX leaves a root's dates alone; OpenSSL, which the gateway is built on, does not.
        Set<TrustAnchor> valid = anchors.stream()
                .filter(each -> isValid(each, at))
                .map(each -> new TrustAnchor(each, null))
                .collect(Collectors.toSet());
        if (valid.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(own());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(valid, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.setMaxPathLength(LONGEST_PATH);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            PKIXCertPathBuilderResult found = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.of(found.getTrustAnchor().getTrustedCert());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The root that a path would lead to at another moment, where dates are all that stands against it. */
    private Optional<X509Certificate> anchorAtAnyTime(List<X509Certificate> anchors) {
        return Stream.concat(chain.stream(), anchors.stream().filter(this::isNamedAsIssuer))
                .map(each -> each.getNotBefore().toInstant())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .flatMap(moment -> anchorAt(anchors, moment).stream())
                .findFirst();
    }

    private boolean isNamedAsIssuer(X509Certificate root) {
        return chain.stream().anyMatch(each -> each.getIssuerX500Principal().equals(root.getSubjectX500Principal()));
    }

    private static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isAfter(certificate.getNotAfter().toInstant())
                && !at.isBefore(certificate.getNotBefore().toInstant());
    }

    /** What is wrong, each in words by which a client would complain of it too. */
    List<String> problems(Instant now, String name, Optional<List<X509Certificate>> trusted) {
        List<String> problems = new ArrayList<>();
        boolean trustedAnyway = trusted.filter(roots -> isTrustedBy(roots, now)).isPresent();
        for (X509Certificate each : chain) {
            // Where another path holds, an expired certificate that was sent besides hurts nobody.
            if (each.equals(own()) || !trustedAnyway) {
                outsideItsDates(each, now).ifPresent(problems::add);
            }
        }
        if (!name.isEmpty() && !covers(name)) {
            problems.add("hostname mismatch: certificate is valid for "
                    + String.join(", ", namesOrCommonName().toList()) + ", not for " + name);
        }
        if (!trustedAnyway) {
            trusted.ifPresent(roots -> problems.addAll(whyNotTrusted(roots, now, problems)));
        }
        return problems;
    }

    private static Optional<String> outsideItsDates(X509Certificate each, Instant now) {
        if (now.isAfter(each.getNotAfter().toInstant())) {
            return Optional.of("certificate expired: " + subject(each) + " was valid until "
                    + each.getNotAfter().toInstant());
        }
        return now.isBefore(each.getNotBefore().toInstant())
                ? Optional.of("certificate not yet valid: " + subject(each) + " begins at "
                        + each.getNotBefore().toInstant())
                : Optional.empty();
    }

    /** Nothing more where dates are all that is wrong, and were reported. */
    private List<String> whyNotTrusted(List<X509Certificate> roots, Instant now, List<String> said) {
        List<X509Certificate> anchors = roots.isEmpty() ? wellKnown() : roots;
        Optional<X509Certificate> root = anchorAtAnyTime(anchors);
        if (root.isPresent()) {
            return outsideItsDates(root.get(), now)
                    .filter(words -> !said.contains(words))
                    .map(List::of)
                    .orElse(List.of());
        }
        X509Certificate last = path().get(path().size() - 1);
        Optional<X509Certificate> signer = anchors.stream()
                .filter(anchor -> anchor.equals(last) || isSignedBy(last, anchor))
                .findFirst();
        if (signer.isEmpty()) {
            return List.of(whyNotTrusted(roots));
        }
        Optional<String> dates = outsideItsDates(signer.get(), now);
        if (dates.isPresent() || said.stream().anyMatch(each -> each.startsWith("certificate "))) {
            return dates.filter(words -> !said.contains(words)).map(List::of).orElse(List.of());
        }
        return List.of(
                "certificate chain not accepted: " + subject(own()) + " leads to a trusted root, but a certificate"
                        + " on the path may not issue it (name constraints, path length or key usage)");
    }

    private String whyNotTrusted(List<X509Certificate> roots) {
        X509Certificate last = path().get(path().size() - 1);
        String whom = roots.isEmpty() ? "a well-known root" : "a root that the setting trusts";
        if (path().size() < chain.size()) {
            return "certificates sent out of order, or of another chain: " + issuer(last) + ", which signed "
                    + subject(last) + ", does not follow it; unable to verify the first certificate";
        }
        if (last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            return "self-signed certificate " + (chain.size() > 1 ? "in the chain: " : "") + subject(last) + " is not "
                    + whom;
        }
        return chain.size() == 1
                ? "unable to verify the first certificate: it alone was sent, and " + issuer(last)
                        + ", which signed it, is not " + whom
                : "unable to get local issuer certificate: " + issuer(last)
                        + ", which signed the last one sent, is not " + whom;
    }

    /** The certificates that follow from the server's own, each signed by the next in the order sent. */
    private List<X509Certificate> path() {
        List<X509Certificate> path = new ArrayList<>(List.of(own()));
        for (X509Certificate next : chain.subList(1, chain.size())) {
            X509Certificate last = path.get(path.size() - 1);
            if (!isSignedBy(last, next)) {
                break;
            }
            path.add(next);
        }
        return path;
    }

    private static boolean isSignedBy(X509Certificate one, X509Certificate other) {
        if (!one.getIssuerX500Principal().equals(other.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(other.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean covers(String name) {
        return namesOrCommonName().map(HostName::of).anyMatch(HostName.of(name)::isCoveredBy);
    }

    /** Where alternative names are given, they alone count. */
    private Stream<String> namesOrCommonName() {
        List<String> names = names(own());
        return names.isEmpty() ? Stream.of(commonName(subject(own()))) : names.stream();
    }

    private static String commonName(String subject) {
        for (String part : subject.split(",")) {
            if (part.strip().regionMatches(true, 0, "CN=", 0, 3)) {
                return part.strip().substring(3);
            }
        }
        return subject;
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(each ->
                                    each.get(0).equals(DNS_NAME) || each.get(0).equals(IP_ADDRESS))
                            .map(each -> String.valueOf(each.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private X509Certificate own() {
        return chain.get(0);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }

    /** The roots that this platform's Java trusts; much the same public ones as a gateway's. */
    private static List<X509Certificate> wellKnown() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            return List.of();
        }
    }
}
