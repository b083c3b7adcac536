package dev.triage502.analysis.tls;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.HostName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What do direct TLS handshakes show at the port that live requests use? The probe may pass elsewhere: at another port, or
 * for another name.
 */
public final class LiveHandshakes {

    private final Evidence evidence;
    private final LiveTlsFailures live;

    private LiveHandshakes(Evidence evidence, LiveTlsFailures live) {
        this.evidence = evidence;
        this.live = live;
    }

    public static LiveHandshakes of(Evidence evidence, LiveTlsFailures live) {
        return new LiveHandshakes(evidence, live);
    }

    /**
     * The handshakes that servers break off, for the settings through which no request is answered. Without a log, for
     * those whose probe uses another port and so says nothing of the live one.
     */
    public Stream<Finding> brokenOff(Gateway gateway) {
        Optional<AccessLog> log = evidence.accessLog().toOptional();
        return log.isPresent()
                ? live.unanswered(log.get(), gateway)
                        .flatMap(failures -> gateway.setting(failures.setting()).stream()
                                .flatMap(setting -> brokenOff(
                                        failures.target(),
                                        at(failures.pool(), setting),
                                        LiveTlsFailures.names(failures, gateway)
                                                .map(HostName::of)
                                                .collect(Collectors.toSet()))))
                : gateway.associations().stream()
                        .filter(pair -> pair.setting().isTls()
                                && gateway.probedPort(pair.setting())
                                        != pair.setting().port())
                        .flatMap(pair -> brokenOff(target(pair), at(pair.pool().name(), pair.setting()), Set.of()));
    }

    /** Those for the very names that live requests ask for, where there are any; all have to be broken off. */
    private static Stream<Finding> brokenOff(Target target, List<DirectProbe> handshakes, Set<HostName> names) {
        List<DirectProbe> same = handshakes.stream()
                .filter(each -> names.contains(HostName.of(each.serverName())))
                .toList();
        List<DirectProbe> telling = same.isEmpty() ? handshakes : same;
        Optional<String> known = handshakes.stream()
                .filter(each -> each.answered() && isEstablished(each))
                .map(DirectProbe::serverName)
                .filter(name -> !name.isEmpty())
                .findFirst();
        boolean unknown = telling.stream().allMatch(each -> TlsDirectProbe.isNameUnknown(each.words()));
        return telling.stream().allMatch(LiveHandshakes::isBrokenOff)
                ? telling.stream()
                        .map(each -> each.finding(
                                target,
                                each.address() + " aborts the TLS handshake on the port that requests use"
                                        + (each.serverName().isEmpty() ? "" : " (SNI " + each.serverName() + ")")
                                        + ": \""
                                        + each.words() + "\""
                                        + known.map(name -> ", and completes it for SNI " + name)
                                                .orElse("")))
                        .map(finding -> known.map(name ->
                                        finding.with("handshake", "name").with("names", name))
                                .orElse(unknown ? finding.with("handshake", "unknown-name") : finding))
                : Stream.empty();
    }

    private static boolean isBrokenOff(DirectProbe handshake) {
        ClientErrorKind complaint = handshake.complaint();
        return complaint == ClientErrorKind.CLIENT_CERTIFICATE
                || handshake.answerSays(ClientErrorKind.CLIENT_CERTIFICATE)
                || (complaint == ClientErrorKind.HANDSHAKE && !handshake.answered());
    }

    /**
     * Settings whose live requests ask for a name that the servers do not know: a handshake without a name is established
     * and shows the certificate of another site, as it does for any name that is not known.
     */
    public Stream<Finding> anotherSite(AccessLog log, Gateway gateway) {
        return live.unanswered(log, gateway)
                .flatMap(failures -> gateway.setting(failures.setting()).filter(Setting::checksName).stream()
                        .flatMap(setting -> anotherSite(failures, setting, gateway)));
    }

    private Stream<Finding> anotherSite(LiveFailures failures, Setting setting, Gateway gateway) {
        List<String> names = LiveTlsFailures.names(failures, gateway).toList();
        List<DirectProbe> handshakes = at(failures.pool(), setting);
        boolean known = handshakes.stream().anyMatch(each -> isEstablished(each) && coversAny(each, names));
        if (names.isEmpty() || known) {
            return Stream.empty();
        }
        return handshakes.stream()
                .filter(each -> each.serverName().isEmpty() && isEstablished(each))
                .flatMap(each -> Stream.of(
                        sent(failures, names),
                        each.finding(
                                failures.target(),
                                each.address() + ", without SNI, presents a certificate for "
                                        + each.tls()
                                                .map(tls -> tls.names().isEmpty()
                                                        ? tls.subject()
                                                        : String.join(", ", tls.names()))
                                                .orElse(""))));
    }

    private static Finding sent(LiveFailures failures, List<String> names) {
        Finding sent = LiveTlsFailures.described(failures, "SNI is " + String.join(", ", names));
        return names.size() == 1 ? sent.with("uncovered-name", names.get(0)) : sent;
    }

    private static boolean isEstablished(DirectProbe handshake) {
        return handshake.tls().filter(each -> each.hasCertificate()).isPresent() && !isBrokenOff(handshake);
    }

    private static boolean coversAny(DirectProbe handshake, List<String> names) {
        return handshake
                .tls()
                .filter(tls -> names.stream().anyMatch(tls::covers))
                .isPresent();
    }

    /** The handshakes with servers of the pool at the port that live requests use. */
    private List<DirectProbe> at(String pool, Setting setting) {
        return evidence.directProbes().toOptional().stream()
                .flatMap(each -> each.stream())
                .filter(each -> each.overTls() && each.port().orElse(setting.port()) == setting.port())
                .filter(each -> each.targets().stream().anyMatch(server -> isThere(server, pool, setting)))
                .toList();
    }

    private static boolean isThere(Target server, String pool, Setting setting) {
        return server.at(Place.POOL).filter(pool::equalsIgnoreCase).isPresent()
                && server.at(Place.SETTING)
                        .filter(setting.name()::equalsIgnoreCase)
                        .isPresent();
    }

    private static Target target(Association pair) {
        return Target.of(Kind.SETTING, pair.setting().name(), "")
                .on(Place.POOL, pair.pool().name());
    }
}
