package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.NameBasedBackends;
import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live requests through a TLS setting of which none is answered, whatever the probe sees: which name do they ask for in
 * the handshake, and can the servers show a certificate for it?
 */
public final class LiveTlsFailures {

    /** Fewer requests than these can end by chance in one moment. */
    private static final long ENOUGH = 3;

    private final Evidence evidence;
    private final NameBasedBackends byName;

    private LiveTlsFailures(Evidence evidence) {
        this.evidence = evidence;
        this.byName = NameBasedBackends.of(evidence);
    }

    public static LiveTlsFailures of(Evidence evidence) {
        return new LiveTlsFailures(evidence);
    }

    /** The failing requests of each TLS setting through which nothing, or nothing for one name, is answered any more. */
    public Stream<LiveFailures> unanswered(AccessLog log, Gateway gateway) {
        return closedOverTls(log, gateway)
                .flatMap(failures -> isUnanswered(failures, log, row -> true)
                        ? Stream.of(failures)
                        : unansweredNames(failures, log, Optional.of(gateway)))
                .filter(failures -> failures.requests() >= ENOUGH);
    }

    /** The requests that no session came about for, for their name alone: the same setting serves others. */
    public Set<Row> unansweredForTheirName(AccessLog log) {
        // Where a part of the configuration was not understood, the log tells by itself which settings speak TLS.
        Optional<Gateway> gateway =
                evidence.gateway().toOptional().filter(known -> known.gap().isEmpty());
        return gateway.map(known -> closedOverTls(log, known))
                .orElseGet(() -> LiveFailures.bySetting(
                        log, row -> isClosedOverTls(row) && row.backendTls().isPresent()))
                .filter(failures -> !isUnanswered(failures, log, row -> true))
                .flatMap(failures -> unansweredNames(failures, log, gateway))
                .filter(failures -> failures.requests() >= ENOUGH)
                .flatMap(failures -> failures.rows().stream())
                .collect(Collectors.toSet());
    }

    private static Stream<LiveFailures> closedOverTls(AccessLog log, Gateway gateway) {
        return LiveFailures.bySetting(log, LiveTlsFailures::isClosedOverTls)
                .filter(failures -> gateway.setting(failures.setting())
                        .filter(Setting::isTls)
                        .isPresent());
    }

    /** Closed, and nothing says that a TLS session had come about before. */
    private static boolean isClosedOverTls(Row row) {
        return row.errorInfo() == ErrorInfo.CLOSED_CONNECTION
                && !row.backendTls().orElse(false);
    }

    private static boolean isUnanswered(LiveFailures failures, AccessLog log, Predicate<Row> alike) {
        return failures.servedSince(log).noneMatch(alike);
    }

    /**
     * Where the client's own host is asked for in the handshake, each name is a case of its own: those for which no
     * session is on record, or for which a look found no certificate. A served row without its host may be of any.
     */
    private Stream<LiveFailures> unansweredNames(LiveFailures failures, AccessLog log, Optional<Gateway> gateway) {
        boolean clients = gateway.map(known -> fixedName(failures, known).isEmpty())
                .orElseGet(() ->
                        failures.rows().stream().allMatch(row -> row.host().equalsIgnoreCase(row.originalHost())));
        if (!clients) {
            return Stream.empty();
        }
        Map<String, List<Row>> byName = failures.rows().stream()
                .filter(row -> !row.clientHost().isEmpty())
                .collect(Collectors.groupingBy(
                        Row::clientHost, () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER), Collectors.toList()));
        List<Row> rows = byName.entrySet().stream()
                .filter(each -> isUnanswered(
                        failures.with(each.getValue()),
                        log,
                        row -> row.clientHost().isEmpty() || row.clientHost().equalsIgnoreCase(each.getKey())))
                .filter(each -> each.getValue().stream()
                                .allMatch(row -> row.backendTls().isPresent())
                        || showsAnother(failures, each.getKey()).findAny().isPresent())
                .flatMap(each -> each.getValue().stream())
                .sorted(Comparator.comparing(Row::from))
                .toList();
        return rows.isEmpty() ? Stream.empty() : Stream.of(failures.with(rows));
    }

    /** Looks that asked for a name, or for a sister of it, and were shown a certificate for neither. */
    private Stream<DirectProbe> showsAnother(LiveFailures failures, String name) {
        return looks(failures)
                .filter(look -> look.serverName().equalsIgnoreCase(name) || isSister(look.serverName(), name))
                .filter(look -> look.tls()
                        .filter(tls -> tls.hasCertificate() && !tls.covers(look.serverName()) && !tls.covers(name))
                        .isPresent());
    }

    /** Whether two names differ in their first label only, under the same domain of two labels at least. */
    private static boolean isSister(String one, String other) {
        int dot = one.indexOf('.');
        return dot > 0
                && one.indexOf('.', dot + 1) > 0
                && other.indexOf('.') > 0
                && one.substring(dot).equalsIgnoreCase(other.substring(other.indexOf('.')));
    }

    /** Servers that were asked for the very name past the gateway, and showed a certificate for another. */
    public Stream<Finding> seenUnnamed(AccessLog log, Gateway gateway) {
        return unanswered(log, gateway)
                .filter(failures -> checksName(failures, gateway))
                .flatMap(failures -> names(failures, gateway)
                        .flatMap(name -> showsAnother(failures, name))
                        .map(look -> described(
                                        failures,
                                        "for SNI " + look.serverName() + " the servers present a certificate for "
                                                + shown(look))
                                .with("uncovered-name", look.serverName())))
                .distinct();
    }

    /** The names that the certificate is good for, or its subject where it has none. */
    private static String shown(DirectProbe look) {
        return look.tls()
                .map(tls -> tls.names().isEmpty() ? tls.subject() : String.join(", ", tls.names()))
                .orElse("another name");
    }

    /** Members of a platform that has certificates for its own names only, where all names of the member were read. */
    public Stream<Finding> knownUnnamed(AccessLog log, Gateway gateway) {
        return unnamed(log, gateway, true);
    }

    /** The same, where the member may have further names that were not read. */
    public Stream<Finding> likelyUnnamed(AccessLog log, Gateway gateway) {
        return unnamed(log, gateway, false);
    }

    private Stream<Finding> unnamed(AccessLog log, Gateway gateway, boolean known) {
        return unanswered(log, gateway)
                .filter(failures -> checksName(failures, gateway))
                .flatMap(failures -> foreign(failures, gateway, known)
                        .flatMap(name -> Stream.concat(
                                Stream.of(described(failures, "SNI is " + name).with("uncovered-name", name)),
                                otherNameThanProbe(failures, gateway))));
    }

    /**
     * Those whose handshake fails for another reason than the name, as far as one can see. That they ask for another name than
     * the probe counts beside it only where a client looked at the certificate: else the name may be the reason.
     */
    public Stream<Finding> unexplained(AccessLog log, Gateway gateway) {
        return withoutReason(log, gateway)
                .flatMap(failures -> Stream.concat(
                        Stream.of(described(failures, "no TLS session with the servers was logged")),
                        evidence.directProbes().isPresent() ? otherNameThanProbe(failures, gateway) : Stream.empty()));
    }

    /** Those of which a probe asks the same port for the same name and passes: neither is the reason. */
    public Stream<Finding> unexplainedWherePassed(AccessLog log, Gateway gateway) {
        return withoutReason(log, gateway)
                .filter(failures -> isPassedAlike(failures, gateway))
                .map(failures -> described(failures, "no TLS session with the servers was logged"));
    }

    private Stream<LiveFailures> withoutReason(AccessLog log, Gateway gateway) {
        List<Finding> explained = Stream.of(
                        seenUnnamed(log, gateway),
                        knownUnnamed(log, gateway),
                        likelyUnnamed(log, gateway),
                        LiveHandshakes.of(evidence, this).anotherSite(log, gateway))
                .flatMap(each -> each)
                .toList();
        return unanswered(log, gateway)
                .filter(failures -> looks(failures).noneMatch(look -> isPlain(look, failures, gateway)))
                .filter(failures ->
                        explained.stream().noneMatch(found -> found.target().equals(failures.target())));
    }

    /** Whether the probe passes on the same port and for the same name; it is not where the requests' name is not logged. */
    private boolean isPassedAlike(LiveFailures failures, Gateway gateway) {
        return isPassedOnThePort(failures, gateway)
                && names(failures, gateway).findAny().isPresent()
                && otherNameThanProbe(failures, gateway).findAny().isEmpty();
    }

    private boolean isPassedOnThePort(LiveFailures failures, Gateway gateway) {
        boolean samePort = gateway.setting(failures.setting())
                .filter(setting -> gateway.probedPort(setting) == setting.port())
                .isPresent();
        return samePort
                && evidence.probeResults().toOptional().stream()
                        .flatMap(BackendHealth::healthy)
                        .anyMatch(failures::isOf);
    }

    /** Whether a client that spoke TLS at the port of live requests found that the server does not. */
    private static boolean isPlain(DirectProbe look, LiveFailures failures, Gateway gateway) {
        return look.complaint() == ClientErrorKind.TLS_TO_PLAIN
                && gateway.setting(failures.setting())
                        .filter(setting -> look.port().orElse(setting.port()) == setting.port())
                        .isPresent();
    }

    /**
     * What was not read and would tell why no session comes about, where requests show that none does: the configuration, or
     * else a handshake with the servers. A plain port, a name that is not known and a refused handshake leave the same rows.
     */
    public Optional<CouldNotRead<?>> undecidedFor() {
        return undecided((failures, gateway) -> true);
    }

    /** The same, where the name may be the reason: the servers are not known to have it. */
    public Optional<CouldNotRead<?>> undecidedForName() {
        return undecided((failures, gateway) -> {
            String member = member(failures, gateway);
            return checksName(failures, gateway)
                    && names(failures, gateway)
                            .noneMatch(name -> name.equalsIgnoreCase(member)
                                    || (byName.knows(member) && !byName.isForeign(member, name)));
        });
    }

    /** The same, where the port may be the reason: no request is served on it, and no probe passes there. */
    public Optional<CouldNotRead<?>> undecidedForPort() {
        return undecided((failures, gateway) ->
                evidence.accessLog().toOptional().stream().allMatch(log -> isUnanswered(failures, log, row -> true))
                        && !isPassedOnThePort(failures, gateway));
    }

    private Optional<CouldNotRead<?>> undecided(BiPredicate<LiveFailures, Gateway> open) {
        Optional<AccessLog> log = evidence.accessLog().toOptional();
        Optional<Gateway> gateway = evidence.gateway().toOptional();
        boolean unanswered = log.filter(rows -> gateway.map(known -> withoutReason(rows, known)
                                .filter(failures -> !isPassedAlike(failures, known))
                                .filter(failures -> open.test(failures, known)))
                        .orElseGet(() -> LiveFailures.bySetting(rows, LiveTlsFailures::isClosedOverTls)
                                .filter(failures -> isUnanswered(failures, rows, row -> true)))
                        .findAny()
                        .isPresent())
                .isPresent();
        Reading<?> deciding = gateway.isPresent() ? evidence.directProbes() : evidence.gateway();
        return deciding.unread().<CouldNotRead<?>>map(each -> each).filter(unread -> unanswered);
    }

    /** That live requests ask for another name than the probe, where they do; a name that is not logged is not known. */
    private static Stream<Finding> otherNameThanProbe(LiveFailures failures, Gateway gateway) {
        List<String> names = names(failures, gateway).toList();
        return gateway.setting(failures.setting()).stream()
                .map(setting -> ProbeRequest.of(gateway, setting, member(failures, gateway)))
                .filter(asked -> !names.isEmpty() && names.stream().noneMatch(asked.sni()::equalsIgnoreCase))
                .map(asked -> Finding.of(
                        Source.GATEWAY,
                        failures.target(),
                        failures.setting() + " sends SNI " + names.get(0) + " with requests, but its probe sends "
                                + sni(asked.sni())));
    }

    private static String sni(String name) {
        return name.isEmpty() ? "no SNI" : "SNI " + name;
    }

    static Finding described(LiveFailures failures, String why) {
        return failures.finding(failures.all() + " through " + failures.setting() + " ended before a response; " + why);
    }

    private Stream<String> foreign(LiveFailures failures, Gateway gateway, boolean known) {
        String member = member(failures, gateway);
        return byName.knows(member) == known
                ? names(failures, gateway)
                        .filter(name -> byName.isForeign(member, name)
                                && !isBrokenOff(failures, name)
                                && !isSeenCovered(failures, name))
                : Stream.empty();
    }

    /** Whether a client that asked for the very name was shown a certificate for it. */
    private boolean isSeenCovered(LiveFailures failures, String name) {
        return looks(failures)
                .filter(look -> look.serverName().equalsIgnoreCase(name))
                .anyMatch(look -> look.tls().filter(tls -> tls.covers(name)).isPresent());
    }

    /** Whether a client that asked for the very name was shown no certificate: then it is none that does not cover the name. */
    private boolean isBrokenOff(LiveFailures failures, String name) {
        List<DirectProbe> same = looks(failures)
                .filter(look -> look.overTls() && look.serverName().equalsIgnoreCase(name))
                .toList();
        return !same.isEmpty()
                && same.stream()
                        .allMatch(look -> look.complaint() == ClientErrorKind.HANDSHAKE
                                && !look.answered()
                                && look.tls()
                                        .filter(tls -> tls.hasCertificate())
                                        .isEmpty());
    }

    /** The names that the requests ask for in the handshake: the setting's, the member's, else the client's. */
    static Stream<String> names(LiveFailures failures, Gateway gateway) {
        String fixed = fixedName(failures, gateway);
        return fixed.isEmpty()
                ? failures.rows().stream().map(Row::clientHost).distinct().filter(name -> !name.isEmpty())
                : Stream.of(fixed);
    }

    /** The name that is asked for whatever the client's is; empty where it is the client's own. */
    private static String fixedName(LiveFailures failures, Gateway gateway) {
        String member = member(failures, gateway);
        if (!gateway.sku().isV2() && !IpAddresses.isAddress(member)) {
            return member;
        }
        return gateway.setting(failures.setting())
                .map(each -> each.sniName().isEmpty() ? gateway.liveHost(each, member) : each.sniName())
                .orElse("");
    }

    /** The pool's member; where it has several, one stands for all. */
    private static String member(LiveFailures failures, Gateway gateway) {
        return gateway.pool(failures.pool()).map(Gateway.Pool::members).orElse(List.of()).stream()
                .findFirst()
                .orElse("");
    }

    private static boolean checksName(LiveFailures failures, Gateway gateway) {
        return gateway.setting(failures.setting()).filter(Setting::checksName).isPresent();
    }

    private Stream<DirectProbe> looks(LiveFailures failures) {
        return evidence.directProbes().toOptional().stream()
                .flatMap(DirectProbes::stream)
                .filter(look -> look.targets().stream()
                        .anyMatch(target -> failures.setting()
                                        .equalsIgnoreCase(
                                                target.at(Place.SETTING).orElse(""))
                                && failures.pool()
                                        .equalsIgnoreCase(target.at(Place.POOL).orElse(""))));
    }
}
