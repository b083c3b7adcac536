package dev.triage502.diagnosis;

import dev.triage502.analysis.tls.LiveTlsFailures;
import dev.triage502.analysis.traffic.TimedOutRequests;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which sources would tell why, by what was seen to fail, and which of them were not read? */
final class DecidingSources {

    private static final int FEW = 4;
    private static final int FORBIDDEN = 403;

    private final Evidence evidence;

    DecidingSources(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Values for a headline that names no cause: {@code deciding}, the sources that would decide and could not be read;
     * where none was collected, {@code uncollected}; where all of them were read {@code silent-server} and, if there are more, {@code silent-servers}. Where every server that fails
     * its probe gave it the same answer, {@code answering-server} or {@code answering-servers}, and {@code probe-answer}.
     */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(answered());
        List<Source> unread = unread();
        List<Source> failed = unread.stream().filter(each -> !isLeftOut(each)).toList();
        if (!unread.isEmpty()) {
            values.put(
                    failed.isEmpty() ? "uncollected" : "deciding",
                    shortly(
                            (failed.isEmpty() ? unread : failed)
                                    .stream()
                                            .map(each -> isRead(each) ? "part of the " + each.words() : each.words())
                                            .toList(),
                            "source"));
            return values;
        }
        List<Server> silent = failing().filter(each -> !isAnswered(each)).toList();
        if (!silent.isEmpty()) {
            putNames(values, "silent-server", silent);
        }
        return values;
    }

    private Map<String, String> answered() {
        List<Server> failing = failing().toList();
        Set<Integer> answers = failing.stream()
                .flatMapToInt(each -> each.received().stream())
                .boxed()
                .collect(Collectors.toSet());
        if (answers.size() != 1 || !failing.stream().allMatch(DecidingSources::isAnswered)) {
            return Map.of();
        }
        Map<String, String> values =
                new TreeMap<>(Map.of("probe-answer", answers.iterator().next().toString()));
        putNames(values, "answering-server", failing);
        return values;
    }

    private static void putNames(Map<String, String> values, String one, List<Server> servers) {
        List<String> names = servers.stream().map(Server::address).distinct().toList();
        if (names.size() == 1) {
            values.put(one, names.get(0));
        } else {
            values.put(one + "s", shortly(names, "server"));
        }
    }

    private Stream<Server> failing() {
        return health().stream().flatMap(BackendHealth::failing);
    }

    /** A headline has room for two names: {@code network and backends}, {@code 10.0.2.4 and 2 more servers}. */
    private static String shortly(List<String> names, String kind) {
        return names.size() <= 2
                ? String.join(" and ", names)
                : names.get(0) + " and " + (names.size() - 1) + " more " + kind + "s";
    }

    /**
     * What was seen of the servers that fail, where no cause is named: the probe's words, what direct probes of the same servers
     * got, and requests that ended before the gateway's time was over. The two side by side often tell where to look.
     */
    List<Finding> seen() {
        Set<HostName> addresses = health().stream()
                .flatMap(BackendHealth::failing)
                .map(each -> HostName.of(each.address()))
                .collect(Collectors.toSet());
        Stream<Finding> quotes = unhealthy().stream();
        Stream<Finding> direct = evidence.directProbes().toOptional().stream()
                .flatMap(read -> read.probes().stream())
                .filter(each -> addresses.contains(HostName.of(each.address())))
                .flatMap(each -> each.findings(each.address() + port(each) + answer(each)))
                .distinct()
                .limit(FEW);
        Stream<Finding> waited = evidence.accessLog().toOptional().stream()
                .flatMap(log -> evidence.gateway().toOptional().stream()
                        .flatMap(gateway -> TimedOutRequests.tooEarly(log, gateway)))
                .limit(FEW);
        return Stream.of(quotes, direct, waited).flatMap(each -> each).toList();
    }

    /** The probe's words about servers that fail it, whether or not requests fail. */
    List<Finding> unhealthy() {
        return health().stream()
                .flatMap(BackendHealth::failing)
                .limit(FEW)
                .map(Server::quote)
                .toList();
    }

    private static String port(DirectProbe probe) {
        return probe.port().isPresent() ? ":" + probe.port().getAsInt() : "";
    }

    private static String answer(DirectProbe probe) {
        if (probe.status().isPresent()) {
            return " returns " + probe.status().getAsInt() + " for " + probe.path() + " in a direct request";
        }
        return switch (probe.connect()) {
            case OK -> " accepts a direct connection";
            case REFUSED -> " refuses a direct connection";
            default -> " does not respond to a direct connection";
        };
    }

    /** The sources that would decide and were not read, the one that decides most first. */
    List<Source> unread() {
        List<Source> sources = new ArrayList<>();
        // Health holds the probe's words about each server.
        add(sources, Source.BACKEND_HEALTH);
        add(sources, Source.GATEWAY);
        boolean failing =
                health().filter(each -> each.failing().findAny().isPresent()).isPresent();
        boolean silent = health().filter(each -> each.failing().anyMatch(server -> !isAnswered(server)))
                .isPresent();
        boolean unknown =
                health().filter(each -> each.unknown().findAny().isPresent()).isPresent();
        if (!failing && !unknown) {
            add(sources, Source.ACCESS_LOG);
        }
        if (silent || unknown || health().isEmpty()) {
            add(sources, Source.NETWORK);
            add(sources, Source.BACKENDS);
        }
        if (isTurnedAway()) {
            add(sources, Source.BACKENDS);
        }
        if (failing && sources.isEmpty()) {
            add(sources, Source.DIRECT_PROBE);
        }
        if (sources.isEmpty()) {
            sources.addAll(telling());
        }
        return sources;
    }

    /** The source that would tell apart causes which leave the same requests: why no TLS session comes about. */
    List<Source> telling() {
        return LiveTlsFailures.of(evidence).undecidedFor().map(CouldNotRead::source).stream()
                .toList();
    }

    /** Whether a service of Azure's answers 403, which its own rules and state explain, and not what it serves. */
    private boolean isTurnedAway() {
        return health().stream()
                .flatMap(BackendHealth::failing)
                .filter(each -> each.received().orElse(0) == FORBIDDEN)
                .flatMap(each -> AzureServiceDomains.of(each.address()).stream())
                .anyMatch(AzureServiceDomains::hasAccessRules);
    }

    private void add(List<Source> sources, Source source) {
        if (sources.contains(source)) {
            return;
        }
        if (!isRead(source) || evidence.readInPart().containsKey(source)) {
            sources.add(source);
        }
    }

    /** Whether nobody tried to read it. */
    private boolean isLeftOut(Source source) {
        return evidence.of(source)
                .unread()
                .filter(each -> each.why() == Why.NOT_COLLECTED)
                .isPresent();
    }

    private boolean isRead(Source source) {
        return evidence.of(source).unread().isEmpty();
    }

    private Optional<BackendHealth> health() {
        return evidence.backendHealth().toOptional();
    }

    private static boolean isAnswered(Server server) {
        return server.state() == State.HEALTHY || server.received().isPresent();
    }
}
