package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.tls.TlsFaults.Fault;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.HostName;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Servers that take no version of TLS which the gateway speaks. A v1 gateway connects to its backends with TLS 1.2, a v2 one with
 * 1.3 or 1.2 (learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement).
 */
public final class TlsVersionGap {

    private static final String NEWEST = "1.3";

    private TlsVersionGap() {}

    /** The apps, unless the gateway is v2, to which it does not matter which of the two versions they take. */
    public static Reading<Backends> deciding(Evidence evidence) {
        return evidence.gateway()
                .toOptional()
                .filter(each -> each.sku().isV2())
                .map(v2 -> Reading.<Backends>absent())
                .orElse(evidence.backends());
    }

    /** The servers whose probe may have failed in TLS, and whose app takes nothing older than TLS 1.3. */
    public static Stream<Finding> of(BackendHealth health, Backends backends, Evidence evidence, TlsFaults faults) {
        if (evidence.gateway().toOptional().filter(each -> !each.sku().isV2()).isEmpty()) {
            return Stream.empty();
        }
        Map<HostName, Site> strict = new HashMap<>();
        backends.sites().stream()
                .filter(each -> NEWEST.equals(each.properties().get("minTlsVersion")))
                .forEach(each -> each.hostNames().forEach(name -> strict.put(HostName.of(name), each)));
        return faults.hinted(health, Fault.HANDSHAKE)
                .flatMap(told -> Stream.ofNullable(
                                strict.get(HostName.of(told.target().name())))
                        .map(site -> finding(told.target(), site)));
    }

    private static Finding finding(Target server, Site site) {
        return Finding.of(
                        Source.BACKENDS,
                        server,
                        site.id().name() + " takes TLS " + NEWEST
                                + " and nothing older, and a v1 gateway connects to backends with TLS 1.2")
                .with("handshake", "protocol")
                .with("min-tls", NEWEST)
                .with("site", site.id().name())
                .with("backend-resource-group", site.id().resourceGroup());
    }

    /** Whether a session that a client had with the server says something of the gateway, which may not speak its version. */
    public static boolean isTelling(TlsDirectProbe look, Corroboration witnesses) {
        return !(witnesses.mayBeV1() && look.tls().protocol().endsWith(NEWEST));
    }
}
