package dev.triage502.analysis.gateway;

import dev.triage502.analysis.gateway.GatewayArrival.Decision;
import dev.triage502.analysis.gateway.GatewayArrival.Judgement;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Kind;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which servers turn the gateway away by a rule of their own about who may come in? A status alone does not show it: a
 * page can be forbidden to everybody. It takes the rule that was read, and the address that the gateway comes from.
 */
public final class AccessRejections {

    /** Where a rule goes as a rule, and the number that App Service keeps for its own deny. */
    private static final int USUAL_PRIORITY = 100;

    private static final int LAST_PRIORITY = 65_000;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Optional<Gateway> gateway;
    private final Optional<AccessLog> log;
    private final GatewayArrival arrival;
    private final boolean endpointsRead;
    private final Map<ArmName, ServiceAccess> byName = new HashMap<>();
    private final Set<ArmName> poolsReachedPrivately;

    private AccessRejections(Evidence evidence) {
        gateway = evidence.gateway().toOptional();
        log = evidence.accessLog().toOptional();
        arrival = GatewayArrival.of(evidence);
        endpointsRead = evidence.network()
                .toOptional()
                .filter(each -> each.endpoints().isPresent())
                .isPresent();
        evidence.backends()
                .toOptional()
                .map(Backends::access)
                .orElse(List.of())
                .forEach(access -> access.names().forEach(name -> byName.putIfAbsent(ArmName.of(name), access)));
        poolsReachedPrivately = byName.isEmpty() ? Set.of() : poolsReachedPrivately(log);
    }

    /** The rejections that this evidence can show. */
    public static AccessRejections of(Evidence evidence) {
        return new AccessRejections(evidence);
    }

    /**
     * The servers whose probe is answered as a rule of theirs answers, where that rule rejects the gateway.
     *
     * @param sure whether the way by which the gateway comes is known, so that no private endpoint can be in between
     */
    public Stream<Finding> rejected(BackendHealth health, boolean sure) {
        List<Rejected> all = health.failingWith(ProbeFailure.STATUS_MISMATCH)
                .flatMap(server -> rejecting(server).stream()
                        .filter(access -> isWayKnown(access) == sure)
                        .map(access -> new Rejected(server, access)))
                .toList();
        return all.stream()
                .flatMap(each -> Stream.of(
                                rule(
                                        each.by(),
                                        each.server().target(),
                                        each.server().received()),
                                quote(each.by(), each.server()))
                        .map(finding -> withOthers(finding, each, all)));
    }

    /** A server, and the service behind it whose rules reject the gateway. */
    private record Rejected(Server server, ServiceAccess by) {}

    /** The finding with the names of the other services that reject the gateway: each has rules of its own. */
    private static Finding withOthers(Finding finding, Rejected one, List<Rejected> all) {
        String others = all.stream()
                .map(each -> each.by().service().name())
                .filter(name -> !name.equalsIgnoreCase(one.by().service().name()))
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? finding : finding.with("others-that-reject", others);
    }

    /**
     * The resources behind the servers; unread where the rules of one that answers as a rule would could not be read, so that
     * nobody takes it for one without rules.
     */
    public Reading<Backends> backends(Reading<Backends> backends, Reading<BackendHealth> health) {
        return health.toOptional().stream()
                .flatMap(read -> read.failingWith(ProbeFailure.STATUS_MISMATCH))
                .filter(server -> server.received().orElse(0) == FORBIDDEN)
                .flatMap(server -> access(server.target()).stream())
                .flatMap(access -> access.unread().stream())
                .findFirst()
                .map(why -> Reading.<Backends>couldNotRead(why.source(), why.why(), why.detail()))
                .orElse(backends);
    }

    /** The servers whose rules let the gateway in, so that the status has another reason. */
    public Stream<Finding> admitted(BackendHealth health) {
        return health.failingWith(ProbeFailure.STATUS_MISMATCH)
                .filter(server -> server.received().orElse(0) == FORBIDDEN)
                .flatMap(server -> access(server.target()).stream().flatMap(access -> {
                    Judgement judgement = judge(access, server.target());
                    return judgement.decision() == Decision.ADMITTED
                            ? Stream.of(Finding.of(
                                    Source.BACKENDS,
                                    server.target(),
                                    access.service().name() + " allows the gateway (" + judgement.rule() + ")"))
                            : Stream.empty();
                }));
    }

    /** The server's rules, where they were read and reject some callers, and it is not known whether the gateway is one. */
    public Optional<Finding> mayRejectByRule(Server server) {
        Target target = server.target();
        return access(target)
                .filter(access -> access.unread().isEmpty()
                        && access.exposure() == Exposure.BY_RULES
                        && !access.rules().isEmpty())
                .filter(access -> judge(access, target).decision() == Decision.OPEN)
                .filter(access -> !isReachedPrivately(target) && !arrival.hasPrivateEndpoint(host(target)))
                .map(access -> filled(
                        Finding.of(
                                Source.BACKENDS,
                                target,
                                access.service().name() + " has access rules ("
                                        + access.rules().stream()
                                                .map(AccessRule::name)
                                                .collect(Collectors.joining(", "))
                                        + "); whether they allow the gateway is not known"),
                        access,
                        server.received()));
    }

    /**
     * Whether a 403 of the server may be its own rules' doing, about who may come in: it belongs to a service of Azure's that has such
     * rules, and they were not read, or are not seen to let the gateway in. They say nothing of callers that come privately.
     *
     * @param known whether the service itself was read, so that one without rules has none
     */
    public boolean mayReject(Target server, boolean known) {
        String host = host(server);
        Optional<AzureServiceDomains> platform =
                AzureServiceDomains.of(host).filter(AzureServiceDomains::hasAccessRules);
        boolean privately = isReachedPrivately(server) || arrival.hasPrivateEndpoint(host);
        if (platform.isEmpty() || privately && platform.get() != AzureServiceDomains.CONTAINER_APPS) {
            return false;
        }
        return access(server)
                .map(access ->
                        access.unread().isPresent() || judge(access, server).decision() != Decision.ADMITTED)
                .orElse(!known);
    }

    private String host(Target server) {
        return onlyMember(server).or(() -> asked(server)).orElse(server.name());
    }

    private boolean isReachedPrivately(Target server) {
        return poolsReachedPrivately.contains(ArmName.of(server.at(Place.POOL).orElse("")));
    }

    /**
     * Where no probe could be read: the servers whose last answers to live requests, right before the gateway took them
     * for dead, are what their rule answers.
     */
    public Stream<Finding> answeredLive() {
        return gateway.stream().flatMap(each -> each.associations().stream()).flatMap(this::answeredLive);
    }

    private Stream<Finding> answeredLive(Association pair) {
        if (pair.pool().members().size() != 1) {
            return Stream.empty();
        }
        Target server = gateway.get()
                .server(pair.pool(), pair.setting(), pair.pool().members().get(0));
        return access(server).filter(each -> judge(each, server).decision() == Decision.REJECTED).stream()
                .flatMap(each -> answeredLive(each, server, pair));
    }

    private Stream<Finding> answeredLive(ServiceAccess access, Target server, Association pair) {
        List<Row> rows = log.stream()
                .flatMap(each -> each.rows().stream())
                .filter(row -> row.pool().equalsIgnoreCase(pair.pool().name())
                        && row.setting().equalsIgnoreCase(pair.setting().name()))
                .toList();
        return rows.stream()
                .filter(row -> row.errorInfo() == ErrorInfo.NO_LIVE)
                .map(Row::from)
                .min(Instant::compareTo)
                .stream()
                .flatMap(noneLive -> lastAnswers(access, server, rows, noneLive));
    }

    private Stream<Finding> lastAnswers(ServiceAccess access, Target server, List<Row> rows, Instant end) {
        List<Row> answered = rows.stream()
                .filter(row -> row.serverStatus().isPresent() && !row.from().isAfter(end))
                .toList();
        Optional<Row> first = answered.stream()
                .filter(row -> isOfRule(access, row.serverStatus()))
                .min((one, other) -> one.from().compareTo(other.from()));
        boolean allSince = first.isPresent()
                && answered.stream()
                        .filter(row -> row.to().isAfter(first.get().from()))
                        .allMatch(row -> isOfRule(access, row.serverStatus()));
        if (!allSince) {
            return Stream.empty();
        }
        OptionalInt status = first.get().serverStatus();
        return Stream.of(
                rule(access, server, status),
                filled(
                                Finding.of(
                                        Source.ACCESS_LOG,
                                        server,
                                        server.name() + " returned " + status.getAsInt()
                                                + " to every request until the gateway marked it unhealthy"),
                                access,
                                status)
                        .at(first.get().from()));
    }

    private Optional<ServiceAccess> rejecting(Server server) {
        return access(server.target())
                .filter(access -> isOfRule(access, server.received()))
                .filter(access -> judge(access, server.target()).decision() == Decision.REJECTED);
    }

    /** The status that the platform answers to a caller whom its rule rejects. */
    private static boolean isOfRule(ServiceAccess access, OptionalInt status) {
        int received = status.orElse(0);
        boolean hidden = access.kind() == Kind.CONTAINER_APP && access.exposure() == Exposure.ENVIRONMENT_ONLY;
        return received == FORBIDDEN || (hidden && received == NOT_FOUND);
    }

    private Judgement judge(ServiceAccess access, Target server) {
        return arrival.judge(access, host(server), isReachedPrivately(server));
    }

    /** Whether it is known that the service has no private endpoint, which would make the name's address the fault. */
    private boolean isWayKnown(ServiceAccess access) {
        return access.exposure() == Exposure.ENVIRONMENT_ONLY || endpointsRead;
    }

    /** The pools to whose servers the log has requests that went to a private address. */
    private static Set<ArmName> poolsReachedPrivately(Optional<AccessLog> log) {
        return log.stream()
                .flatMap(each -> each.rows().stream())
                .filter(row -> IpAddresses.parse(row.serverAddress())
                        .filter(IpAddresses::isPrivate)
                        .isPresent())
                .map(row -> ArmName.of(row.pool()))
                .collect(Collectors.toSet());
    }

    /** The service behind a server: by the server's own name, or for an address by the name that is asked for there. */
    private Optional<ServiceAccess> access(Target server) {
        ServiceAccess own = byName.get(ArmName.of(server.name()));
        if (own != null || !IpAddresses.isAddress(server.name())) {
            return Optional.ofNullable(own);
        }
        return asked(server).map(host -> byName.get(ArmName.of(host)));
    }

    /** The member that a server of the log is, where it is known by its address and the pool has no other. */
    private Optional<String> onlyMember(Target server) {
        return IpAddresses.isAddress(server.name())
                ? gateway.flatMap(each -> server.at(Place.POOL).flatMap(each::pool))
                        .map(Pool::members)
                        .filter(members -> members.size() == 1)
                        .map(members -> members.get(0))
                : Optional.empty();
    }

    /** The host that a server is asked for, where it is known by its address. */
    private Optional<String> asked(Target server) {
        return IpAddresses.isAddress(server.name())
                ? gateway.flatMap(each -> server.at(Place.SETTING)
                        .flatMap(each::setting)
                        .map(setting -> each.probedHost(setting, server.name())))
                : Optional.empty();
    }

    private Finding rule(ServiceAccess access, Target server, OptionalInt status) {
        Judgement judgement = judge(access, server);
        String whence = arrival.words(access).map(each -> " (" + each + ")").orElse("");
        return filled(
                Finding.of(
                        Source.BACKENDS,
                        server,
                        access.service().name() + " rejects the gateway" + whence + ": " + judgement.rule()),
                access,
                status);
    }

    private Finding quote(ServiceAccess access, Server server) {
        return filled(server.quote(), access, server.received());
    }

    private Finding filled(Finding finding, ServiceAccess access, OptionalInt status) {
        Target server = finding.target();
        Map<String, String> values = new HashMap<>();
        values.put(valueOf(access.kind()), access.service().name());
        values.put("backend-resource-group", access.service().resourceGroup());
        values.put("service-id", access.service().toString());
        partOf(access.kind(), server).ifPresent(each -> values.put("endpoint-group", each));
        values.put("exposure", access.exposure().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (access.kind() == Kind.APP_SERVICE) {
            freePriority(access.rules()).ifPresent(each -> values.put("free-priority", String.valueOf(each)));
            values.put("access-rule-name", freeName(access.rules()));
        }
        if (status.isPresent()) {
            values.put("status", String.valueOf(status.getAsInt()));
        }
        if (access.rules().stream().anyMatch(arrival::isForOwnSubnet)) {
            values.put("subnet-admitted", "yes");
        }
        if (arrival.comesByEndpoint(access.kind()).orElse(false)) {
            values.put("arrival", "service-endpoint");
        } else {
            arrival.publicAddress().ifPresent(address -> values.put("gateway-address", address));
            if (arrival.mayChangeAddress()) {
                values.put("gateway-address-changes", "yes");
            }
            values.put("arrival", "public-address");
        }
        return finding.with(values);
    }

    /** What a private endpoint for the server's name is made for. */
    private static Optional<String> partOf(Kind kind, Target server) {
        switch (kind) {
            case APP_SERVICE:
                return Optional.of("sites");
            case STORAGE_ACCOUNT:
                return AzureServiceDomains.storageService(server.name());
            case API_MANAGEMENT:
                return Optional.of("Gateway");
            case STATIC_WEB_APP:
                return Optional.of("staticSites");
            default:
                return Optional.empty();
        }
    }

    /** A number that no rule has and that goes before every rule that denies; the deny at the end needs none. */
    private static OptionalInt freePriority(List<AccessRule> rules) {
        Set<Integer> used = new HashSet<>();
        rules.forEach(each -> each.priority().ifPresent(used::add));
        int end = rules.stream()
                .filter(each -> !each.admits())
                .flatMapToInt(each -> each.priority().stream())
                .min()
                .orElse(LAST_PRIORITY);
        return IntStream.concat(IntStream.range(USUAL_PRIORITY, end), IntStream.range(1, Math.min(USUAL_PRIORITY, end)))
                .filter(each -> !used.contains(each))
                .findFirst();
    }

    private static String freeName(List<AccessRule> rules) {
        String name = "allow-application-gateway";
        return rules.stream().anyMatch(each -> each.name().contains(name)) ? name + "-2" : name;
    }

    private static String valueOf(Kind kind) {
        switch (kind) {
            case APP_SERVICE:
                return "site";
            case CONTAINER_APP:
                return "container-app";
            case STORAGE_ACCOUNT:
                return "storage-account";
            case API_MANAGEMENT:
                return "api-management";
            default:
                return "static-site";
        }
    }
}
