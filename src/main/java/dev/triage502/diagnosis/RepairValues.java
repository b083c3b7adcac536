package dev.triage502.diagnosis;

import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.analysis.traffic.TimedOutRequests;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Root;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.HostName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a backend setting or its probe should hold instead, as far as the evidence shows it: a path that was seen to answer,
 * a probe that nothing uses, a name that the certificate covers, a longer timeout. What the evidence does not show is left
 * out, and a person has to fill it in.
 */
final class RepairValues {

    /** App Service ends a request after this many seconds (its FAQ on timeouts). */
    private static final int APP_SERVICE_SECONDS = 230;

    /** A connection to a public address is dropped when it was idle for four minutes (load balancer's TCP idle timeout). */
    private static final int PUBLIC_SECONDS = 240;

    /** Azure's limit of a request's and of a probe's timeout. */
    private static final int MOST_SECONDS = 86400;

    /** The timeout of a default probe, and of a custom one for which none is given. */
    private static final int USUAL_PROBE_SECONDS = 30;

    /** A path that takes longer than this, in seconds, is no path to probe. */
    private static final double QUICK = 1;

    private final Evidence evidence;
    private final Gateway gateway;
    private final Setting setting;
    private final String server;
    private final Map<String, String> values = new TreeMap<>();
    private @Nullable Map<String, Instant> rejected;

    private RepairValues(Evidence evidence, Gateway gateway, Setting setting, String server) {
        this.evidence = evidence;
        this.gateway = gateway;
        this.setting = setting;
        this.server = server;
    }

    /** @param server the server that suffers, or an empty string */
    static Map<String, String> of(
            Evidence evidence, Gateway gateway, Setting setting, String server, List<Finding> findings) {
        RepairValues repair = new RepairValues(evidence, gateway, setting, server);
        boolean hangs = repair.hangs();
        if (hangs) {
            repair.values.put("hanging-server", server);
        }
        repair.probePath().filter(path -> !hangs).ifPresent(path -> repair.values.put("probe-path-seen", path));
        LostPages.of(evidence, setting, ProbeRequest.of(gateway, setting, server))
                .ifPresent(paths -> repair.values.put("lost-paths", paths));
        repair.values.put("probe-path-wanted", repair.values.getOrDefault("probe-path-seen", "/"));
        repair.unusedProbe().ifPresent(probe -> repair.values.put("unused-probe", probe.name()));
        repair.certificateHost(findings).ifPresent(host -> repair.values.put("certificate-host", host));
        repair.sends(findings);
        repair.roots();
        repair.port(findings);
        // One slow server among quick ones is not helped by a longer timeout, nor is one that answers nothing.
        if (!hangs && findings.stream().noneMatch(each -> each.values().containsKey(TimedOutRequests.SLOW_SERVER))) {
            repair.requestTimeout();
        }
        gateway.probeOf(setting).filter(probe -> !hangs).ifPresent(probe -> repair.probeTimeout(probe, findings));
        return repair.values;
    }

    /**
     * Whether the server takes connections and answers nothing, whatever path it is asked for, in longer than requests wait: one
     * path may be slow.
     */
    private boolean hangs() {
        List<DirectProbe> looks = looks().filter(look -> look.port().orElse(setting.port()) == setting.port())
                .toList();
        return looks.stream()
                                .filter(look -> look.connect() == Connect.OK
                                        && look.elapsedMillis().orElse(0) >= setting.requestTimeoutSeconds() * 1000L)
                                .map(DirectProbe::path)
                                .distinct()
                                .count()
                        > 1
                && looks.stream().noneMatch(DirectProbe::answered);
    }

    private Stream<DirectProbe> looks() {
        return evidence.directProbes().toOptional().stream()
                .flatMap(DirectProbes::stream)
                .filter(look ->
                        look.targets().stream().anyMatch(each -> each.name().equalsIgnoreCase(server)));
    }

    /** A path other than the probe's that answers as the probe wants it, by the probe's host. */
    private Optional<String> probePath() {
        ProbeRequest asked = ProbeRequest.of(gateway, setting, server);
        Stream<String> looked = looks().filter(look -> asksLike(asked, look) && isQuick(look) && hasText(asked, look))
                .map(DirectProbe::path)
                .filter(path -> isAnother(asked, path))
                .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        return looked.findFirst().or(() -> loggedPath(asked));
    }

    private static boolean asksLike(ProbeRequest asked, DirectProbe look) {
        return look.overTls() == asked.tls()
                && look.port().orElse(asked.port()) == asked.port()
                && look.host().equalsIgnoreCase(asked.host())
                && asked.accepts(look);
    }

    private static boolean isQuick(DirectProbe look) {
        return look.elapsedMillis().orElse(0) < QUICK * 1000;
    }

    private static boolean hasText(ProbeRequest asked, DirectProbe look) {
        String wanted = asked.probe().map(Probe::body).orElse("");
        return wanted.isEmpty()
                || look.body().filter(body -> body.contains(wanted)).isPresent();
    }

    /** Paths that never fail are counted together in the log; what stands for many is none that can be asked for. */
    private static boolean isAnother(ProbeRequest asked, String path) {
        return path.startsWith("/") && !path.contains("*") && !path.equals(asked.path());
    }

    /** The path that most live requests asked for by the probe's host and were answered at once. */
    private Optional<String> loggedPath(ProbeRequest asked) {
        boolean samePort = asked.port() == setting.port() && asked.tls() == setting.isTls();
        boolean anyText = asked.probe().map(Probe::body).orElse("").isEmpty();
        if (!samePort || !anyText) {
            return Optional.empty();
        }
        Map<String, Long> requests = evidence.accessLog().toOptional().stream()
                .flatMap(AccessLog::served)
                .filter(row -> row.setting().equalsIgnoreCase(setting.name()))
                .filter(row ->
                        asked.accepts(row.status()) && row.serverLatency().orElse(QUICK) < QUICK)
                .filter(row -> liveHost(row).equalsIgnoreCase(asked.host()) && isAnother(asked, row.path()))
                .filter(row -> !isRejectedSince(asked, row))
                .collect(Collectors.groupingBy(Row::path, TreeMap::new, Collectors.summingLong(Row::requests)));
        return requests.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    /** Whether the same path was answered with a status that the probe rejects, later than in this row. */
    private boolean isRejectedSince(ProbeRequest asked, Row accepted) {
        return rejected(asked).getOrDefault(accepted.path(), Instant.MIN).isAfter(accepted.from());
    }

    /** When each path was last answered with a status that the probe rejects. */
    private Map<String, Instant> rejected(ProbeRequest asked) {
        Map<String, Instant> known = rejected;
        if (known == null) {
            known = evidence.accessLog().toOptional().stream()
                    .flatMap(log -> log.rows().stream())
                    .filter(row -> row.setting().equalsIgnoreCase(setting.name())
                            && !row.serverAddress().isEmpty()
                            && row.serverStatus().isPresent()
                            && !asked.accepts(row.serverStatus().getAsInt()))
                    .collect(Collectors.toMap(
                            Row::path, Row::from, (one, other) -> one.isAfter(other) ? one : other, TreeMap::new));
            rejected = known;
        }
        return known;
    }

    private String liveHost(Row row) {
        String sent = gateway.liveHost(setting, server);
        return sent.isEmpty() ? row.clientHost() : sent;
    }

    /** The one probe that no setting uses and that this setting could use, where it uses none. */
    private Optional<Probe> unusedProbe() {
        boolean sendsHost = setting.pickHostFromAddress() || !setting.hostName().isEmpty();
        List<Probe> fitting = gateway.probes().stream()
                .filter(probe -> gateway.settings().stream()
                        .noneMatch(each -> each.probe().equalsIgnoreCase(probe.name())))
                .filter(probe -> probe.protocol().equalsIgnoreCase(setting.protocol()))
                .filter(probe ->
                        probe.pickHostFromSetting() ? sendsHost : !probe.host().isEmpty())
                .toList();
        return setting.probe().isEmpty() && fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    /**
     * The root certificate that is uploaded and missing on the setting: the one that signed what the server sends, or the
     * only one where nobody looked. And whether a client trusts the server without any, while the setting insists on its own.
     */
    private void roots() {
        List<Tls> shown = looks().flatMap(look -> look.tls().stream())
                .filter(Tls::hasCertificate)
                .toList();
        if (!setting.trustedRoots().isEmpty()
                && shown.stream().anyMatch(each -> each.verified().orElse(false))) {
            values.put("publicly-trusted", "yes");
        }
        List<String> uploaded = gateway.roots().stream()
                .filter(root -> setting.trustedRoots().stream().noneMatch(root.name()::equalsIgnoreCase))
                .filter(root -> shown.isEmpty() || shown.stream().anyMatch(each -> each.isSignedUnder(root.subject())))
                .map(Root::name)
                .toList();
        if (uploaded.size() == 1) {
            values.put("root-to-attach", uploaded.get(0));
            values.put("roots-to-keep", String.join(" ", with(setting.trustedRoots(), uploaded.get(0))));
        }
        values.put(
                "roots-and-new-options",
                new Options()
                        .with("--root-certs", with(setting.trustedRoots(), "backend-root"))
                        .value());
    }

    private static List<String> with(List<String> names, String another) {
        return Stream.concat(names.stream(), Stream.of(another)).toList();
    }

    /** Where the service was seen to answer, and how that differs from what the setting uses. */
    private void port(List<Finding> findings) {
        String port = found(findings, "open-port");
        String protocol = found(findings, "open-protocol");
        if (port.equals(String.valueOf(setting.port()))) {
            values.put("port-is-open-port", "yes");
        }
        if (!protocol.isEmpty() && !protocol.equalsIgnoreCase(setting.protocol())) {
            values.put("protocol-differs", "yes");
            values.put("switch-port", port.isEmpty() ? String.valueOf(setting.port()) : port);
        } else if (!port.isEmpty()
                && !port.equals(String.valueOf(gateway.probedPort(setting)))
                && !found(findings, "status").isEmpty()) {
            values.put(
                    "check-port", port); // the server answers where it is probed, so live requests need no other port
        }
    }

    private static String found(List<Finding> findings, String name) {
        return findings.stream()
                .map(finding -> finding.values().getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** A name that the backend's certificate covers: one that clients ask for before any other. */
    private Optional<String> certificateHost(List<Finding> findings) {
        List<String> names = findings.stream()
                .map(finding -> finding.values().getOrDefault("names", ""))
                .filter(each -> !each.isBlank())
                .flatMap(each -> Stream.of(each.strip().split("[\\s,]+")))
                .toList();
        Stream<String> asked = Stream.concat(
                Stream.of(setting.hostName(), gateway.probedHost(setting, server), server),
                gateway.listeners().stream().flatMap(listener -> listener.hosts().stream()));
        Stream<String> own = names.stream();
        return Stream.concat(
                        asked.filter(host -> names.stream().map(HostName::of).anyMatch(HostName.of(host)::isCoveredBy)),
                        own)
                .filter(RepairValues::isName)
                .findFirst();
    }

    private static boolean isName(String host) {
        return host.indexOf('.') > 0 && host.indexOf('*') < 0 && host.indexOf('?') < 0 && !IpAddresses.isAddress(host);
    }

    /** Whether the host that the server serves is sent already, by live requests or by the probe. */
    private void sends(List<Finding> findings) {
        findings.stream()
                .map(finding -> finding.values().getOrDefault("served-host", ""))
                .filter(host -> !host.isEmpty())
                .findFirst()
                .ifPresent(served -> {
                    if (gateway.liveHost(setting, server).equalsIgnoreCase(served)) {
                        values.put("setting-sends-served-host", "yes");
                    }
                    if (gateway.probedHost(setting, server).equalsIgnoreCase(served)) {
                        values.put("probe-sends-served-host", "yes");
                    }
                });
    }

    /** Twice as long, as far as the backend itself lets a request go on; none where that is no longer than now. */
    private void requestTimeout() {
        List<String> members = Stream.concat(
                        gateway.associations().stream()
                                .filter(each -> each.setting().equals(setting))
                                .flatMap(each -> each.pool().members().stream()),
                        Stream.of(server).filter(name -> !name.isEmpty()))
                .toList();
        int most = members.stream().mapToInt(RepairValues::mostSeconds).min().orElse(MOST_SECONDS);
        int twice = 2 * setting.requestTimeoutSeconds();
        int longer = Math.min(most, twice);
        if (longer > setting.requestTimeoutSeconds()) {
            values.put("new-limit", String.valueOf(longer));
        } else {
            values.put("backend-limit", String.valueOf(most));
        }
        if (most < twice && most < MOST_SECONDS) {
            values.put("limited-by", most == APP_SERVICE_SECONDS ? "app-service" : "public-address");
        }
    }

    private static int mostSeconds(String member) {
        if (AzureServiceDomains.of(member)
                .filter(AzureServiceDomains.APP_SERVICE::equals)
                .isPresent()) {
            return APP_SERVICE_SECONDS;
        }
        boolean isPrivate =
                IpAddresses.parse(member).filter(IpAddresses::isPrivate).isPresent();
        return isPrivate ? MOST_SECONDS : PUBLIC_SECONDS;
    }

    /** How long the probe's path was seen to take in a direct request that was answered, in seconds; the longest of them. */
    private OptionalDouble takenDirectly() {
        return evidence.directProbes().toOptional().stream()
                .flatMap(DirectProbes::stream)
                .filter(look -> look.answered() && look.elapsedMillis().isPresent())
                .filter(look -> look.targets().stream()
                        .anyMatch(target -> target.at(Place.SETTING)
                                        .filter(setting.name()::equalsIgnoreCase)
                                        .isPresent()
                                && ProbeRequest.of(gateway, setting, target.name())
                                        .isRepeatedBy(look)))
                .mapToDouble(look -> look.elapsedMillis().orElse(0) / 1000.0)
                .max();
    }

    /**
     * Half as long again as the path was seen to take, or twice the present timeout where nothing shows how long it takes; an
     * interval is never shorter than its timeout.
     */
    private void probeTimeout(Probe probe, List<Finding> findings) {
        OptionalDouble taken = findings.stream()
                .map(finding -> finding.values().getOrDefault("seconds", ""))
                .filter(seconds -> seconds.matches("\\d{1,6}(\\.\\d{1,3})?"))
                .mapToDouble(Double::parseDouble)
                .max();
        double seconds = taken.orElseGet(() -> takenDirectly().orElse(0));
        double wanted = seconds >= probe.timeoutSeconds() ? 1.5 * seconds : 2.0 * probe.timeoutSeconds();
        int longer = Math.min(MOST_SECONDS, (int) Math.ceil(Math.max(wanted, probe.timeoutSeconds() + 1) / 5) * 5);
        if (longer > probe.timeoutSeconds()) {
            values.put("probe-new-timeout", String.valueOf(longer));
            values.put("probe-new-interval", String.valueOf(Math.max(longer, probe.intervalSeconds())));
            if (seconds > 0 && longer <= USUAL_PROBE_SECONDS) {
                values.put("probe-timeout-short", "yes");
            }
        }
    }
}
