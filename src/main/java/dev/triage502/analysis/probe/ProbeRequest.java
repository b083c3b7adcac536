package dev.triage502.analysis.probe;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import java.util.Map;
import java.util.Optional;

/**
 * What the probe asks a server, the default one or a custom one.
 *
 * @param sni   the name in the TLS handshake, which the certificate has to bear; empty where none is sent
 * @param probe the custom probe; empty where the default one is at work
 */
public record ProbeRequest(
        boolean tls, int port, String host, String path, String sni, Setting setting, Optional<Probe> probe) {

    public static ProbeRequest of(Gateway gateway, Setting setting, String member) {
        Optional<Probe> probe = gateway.probeOf(setting);
        String host = gateway.probedHost(setting, member);
        // v1 takes the pool's name for the handshake, whatever the probe's host is (ssl-overview).
        String sni = gateway.sku().isV2() ? host : member;
        return new ProbeRequest(
                probe.map(Probe::isTls).orElse(setting.isTls()),
                gateway.probedPort(setting),
                host,
                gateway.probedPath(setting),
                IpAddresses.isAddress(sni) ? "" : sni,
                setting,
                probe);
    }

    /** Whether the probe takes the status for healthy; the default one takes 200-399 (probe overview). */
    public boolean accepts(int status) {
        return probe.map(each -> each.accepts(status)).orElse(status >= 200 && status <= 399);
    }

    public boolean accepts(DirectProbe look) {
        return look.answered() && accepts(look.status().getAsInt());
    }

    /** Whether a look asked the same port for the same path, by whatever host. */
    boolean isRepeatedForSomeHostBy(DirectProbe look) {
        return look.overTls() == tls
                && look.port().orElse(port) == port
                && look.path().equals(path);
    }

    boolean isThePathOf(DirectProbe look) {
        return path.equals(look.path().isEmpty() ? "/" : look.path());
    }

    /** Whether a look asked the very same. */
    public boolean isRepeatedBy(DirectProbe look) {
        return isRepeatedForSomeHostBy(look) && look.host().equalsIgnoreCase(host);
    }

    /** The finding with what the page's commands need to ask the same. */
    public Finding fill(Finding finding) {
        return finding.with(
                Map.of("host", host, "path", path, "port", String.valueOf(port), "protocol", tls ? "Https" : "Http"));
    }
}
