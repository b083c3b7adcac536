package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target;
import java.time.Duration;
import java.time.Instant;
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
        String since = tls.notBefore().map(from -> "from " + from + " ").orElse("");
        String until = tls.notAfter().map(moment -> "until " + moment).orElse("");
        String words = tls.error().isEmpty() ? "" : " (\"" + tls.error() + "\")";
        return finding("serves a certificate that is valid " + since + until + words);
    }

    /** Which names the certificate is good for, and which was asked for. */
    public Finding names() {
        String names = tls.names().isEmpty() ? tls.subject() : String.join(", ", tls.names());
        return finding("asked for " + probe.serverName() + ", shows a certificate for " + names)
                .with("host", probe.serverName())
                .with("uncovered-name", probe.serverName())
                .with("names", String.join(" ", tls.names()));
    }

    /** Which names the certificate covers, and for which the gateway asks. */
    Finding lackingName() {
        String names = tls.names().isEmpty() ? tls.subject() : String.join(", ", tls.names());
        String name = asked.map(ProbeRequest::sni).orElse("");
        return finding("shows a certificate for " + names + "; the gateway asks for " + name)
                .with("host", name)
                .with("uncovered-name", name)
                .with("names", String.join(" ", tls.names()));
    }

    /** Which certificates were sent, and who signed the server's own. */
    public Finding chain() {
        return finding("sends " + String.join(" and ", tls.chain()) + "; its own is signed by " + tls.issuer());
    }

    /** Who signed the certificate, and what the client said to that. */
    public Finding signer() {
        return finding("shows a certificate signed by " + tls.issuer() + ", which a client did not accept: \""
                + probe.words() + "\"");
    }

    /** For which name a session came about, and for which the gateway asks. */
    Finding otherName() {
        String name =
                asked.map(ProbeRequest::sni).filter(each -> !each.isEmpty()).orElse("no name");
        return finding("completes a handshake for " + probe.serverName() + ", the gateway's probe asks for " + name)
                .with("handshake", "name")
                .with("names", probe.serverName());
    }

    /** How the handshake ended. */
    public Finding breakOff() {
        Finding finding = finding("broke off the handshake: \"" + probe.words() + "\"");
        String words = probe.words().toLowerCase(Locale.ROOT);
        if (probe.complaint() == ClientErrorKind.CLIENT_CERTIFICATE) {
            return finding.with("handshake", "client-certificate");
        }
        boolean named = words.contains("version") || words.contains("cipher") || words.contains("unsupported protocol");
        return named ? finding.with("handshake", "protocol") : finding;
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
