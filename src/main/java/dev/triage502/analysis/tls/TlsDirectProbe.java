package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target;
import dev.triage502.incident.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One TLS handshake past the gateway with one server.
 *
 * @param asked what the gateway's probe asks there
 * @param at    when the evidence was gathered
 */
public record TlsDirectProbe(Target server, DirectProbe probe, Tls tls, Optional<ProbeRequest> asked, Instant at) {

    /** With its year always: a certificate's dates are years apart. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** A certificate that began this shortly before may have been installed after the probe had spoken. */
    private static final Duration NEW = Duration.ofDays(2);

    boolean hasBadDates() {
        return tls.hasCertificate() && (!tls.validAt(at) || probe.complaint() == ClientErrorKind.DATES);
    }

    public boolean hasGoodDates() {
        return tls.hasCertificate() && tls.notAfter().isPresent() && !hasBadDates();
    }

    boolean isRenewed() {
        return tls.notBefore().filter(from -> from.isAfter(at.minus(NEW))).isPresent();
    }

    /** The chain as sent is whole, as far as one can see. */
    public boolean hasWholeChain() {
        return tls.chain().size() > 1 && !tls.isChainBroken();
    }

    boolean hasBrokenChain() {
        return tls.isChainBroken() && !tls.verified().orElse(false);
    }

    /** No session came about, though a certificate may have been shown, and not because the port speaks no TLS. */
    public boolean hasNoSession() {
        ClientErrorKind complaint = probe.complaint();
        return !probe.answered()
                && (complaint == ClientErrorKind.HANDSHAKE || complaint == ClientErrorKind.CLIENT_CERTIFICATE);
    }

    /** A session came about, by the name that the gateway asks for. */
    public boolean completes() {
        return probe.answered() && !completesForAnotherName();
    }

    /** A session came about, and the gateway asks for another name, or for none. */
    boolean completesForAnotherName() {
        return probe.answered()
                && asked.filter(each -> !each.sni().equalsIgnoreCase(probe.serverName()))
                        .isPresent();
    }

    /** The name that the gateway asks for, where this look asked for the same. */
    public Optional<String> name() {
        return asked.map(ProbeRequest::sni)
                .filter(name -> !name.isEmpty() && name.equalsIgnoreCase(probe.serverName()) && tls.hasCertificate());
    }

    /** The certificate is not good for the name that the gateway asks for. */
    boolean isForAnotherName() {
        return name().filter(name -> !tls.covers(name)).isPresent();
    }

    /** The certificate, whatever name this look asked for, does not cover the name that the gateway asks for. */
    boolean lacksTheGatewaysName() {
        return tls.hasCertificate()
                && asked.map(ProbeRequest::sni)
                        .filter(name -> !name.isEmpty() && !tls.covers(name))
                        .isPresent();
    }

    boolean covers(String name) {
        return tls.hasCertificate() && tls.covers(name);
    }

    public boolean isForTheName() {
        return name().filter(tls::covers).isPresent();
    }

    boolean isSelfSigned() {
        return tls.hasCertificate() && tls.isSelfSigned();
    }

    /** A client did not know who had signed it. */
    boolean isNotKnown() {
        ClientErrorKind complaint = probe.complaint();
        return complaint == ClientErrorKind.SELF_SIGNED || complaint == ClientErrorKind.ISSUER || isSelfSigned();
    }

    /** From when until when the certificate is valid. */
    public Finding validity() {
        String words = tls.error().isEmpty() ? "" : "; client error: \"" + tls.error() + "\"";
        return finding("presents a certificate" + dated() + words);
    }

    private String dated() {
        Optional<String> from = tls.notBefore().map(DATE::format);
        Optional<String> until = tls.notAfter().map(DATE::format);
        if (tls.notAfter().filter(at::isAfter).isPresent()) {
            return " that expired on " + until.get();
        }
        if (tls.notBefore().filter(at::isBefore).isPresent()) {
            return " that is not valid before " + from.get();
        }
        if (from.isEmpty() && until.isEmpty()) {
            return hasBadDates() ? " that is not valid now" : " that is valid now";
        }
        return " valid" + from.map(each -> " from " + each).orElse("")
                + until.map(each -> " until " + each).orElse("");
    }

    /** Which names the certificate is good for, and which was asked for. */
    public Finding names() {
        String names = tls.names().isEmpty() ? tls.subject() : String.join(", ", tls.names());
        return offered(finding("presents a certificate for " + names + " (SNI " + probe.serverName() + ")"))
                .with("host", probe.serverName())
                .with("uncovered-name", probe.serverName());
    }

    /** Which names the certificate covers, and for which the gateway asks. */
    Finding lackingName() {
        String names = tls.names().isEmpty() ? tls.subject() : String.join(", ", tls.names());
        String name = asked.map(ProbeRequest::sni).orElse("");
        return offered(finding("presents a certificate for " + names + "; the gateway sends SNI " + name))
                .with("host", name)
                .with("uncovered-name", name);
    }

    /** With the names that may be sent instead: those of a stand-in certificate are no service's. */
    private Finding offered(Finding finding) {
        return isStandIn() ? finding.with("stand-in", "yes") : finding.with("names", String.join(" ", tls.names()));
    }

    /** Whether a proxy shows the certificate that it makes up while it has none for the name: nginx in a cluster, Traefik. */
    private boolean isStandIn() {
        return Wording.of(tls.subject()).has("fake certificate", "traefik default cert");
    }

    /** Which certificates were sent, and who signed the server's own. */
    public Finding chain() {
        return finding("sends the chain "
                + String.join(
                        ", ", tls.chain().stream().map(TlsDirectProbe::name).toList())
                + "; the server certificate is issued by " + name(tls.issuer()));
    }

    /** Who signed the certificate, and what the client said to that. */
    public Finding signer() {
        Finding finding = finding(
                "presents a certificate issued by " + name(tls.issuer()) + "; client error: \"" + probe.words() + "\"");
        return isOfTestAuthority() ? finding.with("test-ca", "yes") : finding;
    }

    /** Whether it is from an authority for trials, whose root must not be trusted: the staging service of Let's Encrypt. */
    private boolean isOfTestAuthority() {
        return Wording.of(tls.issuer()).has("(staging)", "fake le ");
    }

    /** For which name a session came about, and for which the gateway asks. */
    Finding otherName() {
        String name = asked.map(ProbeRequest::sni)
                .filter(each -> !each.isEmpty())
                .map(each -> "SNI " + each)
                .orElse("no SNI");
        return finding("completes the TLS handshake for SNI " + probe.serverName() + ", but the gateway's probe sends "
                        + name)
                .with("handshake", "name")
                .with("names", probe.serverName());
    }

    /** How the handshake ended. */
    public Finding breakOff() {
        Finding finding = finding("aborts the TLS handshake: \"" + probe.words() + "\"");
        String words = probe.words().toLowerCase(Locale.ROOT);
        if (probe.complaint() == ClientErrorKind.CLIENT_CERTIFICATE) {
            return finding.with("handshake", "client-certificate");
        }
        if (isNameUnknown(words)) {
            return finding.with("handshake", "unknown-name");
        }
        boolean named = words.contains("version") || words.contains("cipher") || words.contains("unsupported protocol");
        return named ? finding.with("handshake", "protocol") : finding;
    }

    /** Whether the server says that it has no site for the name that was sent: alert 112 of RFC 6066. */
    static boolean isNameUnknown(String error) {
        String words = error.toLowerCase(Locale.ROOT);
        return words.contains("unrecognized name")
                || words.contains("unrecognized_name")
                || words.contains("alert number 112");
    }

    /** A distinguished name that is only a common name, without {@code CN=}. */
    private static String name(String subject) {
        return subject.matches("(?i)CN=[^,=]+") ? subject.substring(3) : subject;
    }

    public Finding finding(String text) {
        Finding finding = probe.finding(server, server.name() + " " + text)
                .with("subject", tls.subject())
                .with("issuer", tls.issuer());
        Finding dated = finding.with(dates());
        return asked.map(each -> each.fill(dated)).orElse(dated);
    }

    /** The dates of the leaf, by the side on which it is outside them; else the certificate above it that must be. */
    private Map<String, String> dates() {
        Map<String, String> values = new HashMap<>();
        tls.notAfter().ifPresent(until -> values.put("not-after", until.toString()));
        if (!hasBadDates()) {
            return values;
        }
        Optional<Instant> begins = tls.notBefore().filter(at::isBefore);
        Optional<Instant> ended = tls.notAfter().filter(at::isAfter);
        begins.ifPresent(from -> values.put("valid-from", from.toString()));
        ended.ifPresent(until -> values.put("expired-on", until.toString()));
        boolean onlyOneAbove = tls.chain().size() == 2 && tls.notAfter().isPresent();
        if (begins.isEmpty() && ended.isEmpty() && onlyOneAbove && !tls.isSelfSigned()) {
            values.put("intermediate", tls.issuer());
        }
        return values;
    }
}
