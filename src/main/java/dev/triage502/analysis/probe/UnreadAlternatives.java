package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.LiveAnswersDuringProbing.Lately;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What that nobody looked at could be the reason instead, where a server's answer is rejected?
 *
 * <p>A stopped app answers 403, and so does one that only a private endpoint leads to; a deactivated revision answers
 * 404, and so does a server that is asked for a host that it does not have.
 */
final class UnreadAlternatives {

    /** Services that answer 403 to whom their own rules reject, and where a name leads past a private endpoint. */
    private static final Set<AzureServiceDomains> WITH_FIREWALLS = Set.of(
            AzureServiceDomains.STORAGE, AzureServiceDomains.STATIC_WEB_APPS, AzureServiceDomains.API_MANAGEMENT);

    private static final int FORBIDDEN = 403;

    private static final String AZURE_DNS = "168.63.129.16";

    private final boolean networkRead;
    private final boolean customDns;
    private final Set<ArmName> withEndpoints;
    private final Set<String> rulesRead;
    private final Corroboration witnesses;
    private final NameBasedBackends byName;
    private final LiveAnswersDuringProbing live;
    private final Set<String> servedHosts = new HashSet<>();
    private final Set<String> servedPools = new HashSet<>();
    private final Set<String> poolsOfUnknownHosts = new HashSet<>();

    private UnreadAlternatives(
            Evidence evidence, Corroboration witnesses, NameBasedBackends byName, LiveAnswersDuringProbing live) {
        this.networkRead = evidence.isWhole(Source.NETWORK);
        this.customDns = hasCustomDns(evidence);
        this.withEndpoints = evidence.network().toOptional().stream()
                .flatMap(network -> network.endpoints().toOptional().stream())
                .flatMap(List::stream)
                .map(endpoint -> ArmName.of(endpoint.service().name()))
                .collect(Collectors.toUnmodifiableSet());
        this.rulesRead = evidence.backends().toOptional().map(Backends::access).orElse(List.of()).stream()
                .filter(access -> access.unread().isEmpty())
                .flatMap(access -> access.names().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.witnesses = witnesses;
        this.byName = byName;
        this.live = live;
        evidence.accessLog().toOptional().map(AccessLog::rows).orElse(List.of()).stream()
                .filter(row -> row.isServed() && row.status() < 400)
                .forEach(row -> {
                    servedHosts.add(key(row.pool(), row.host()));
                    // A log query may leave a host out, or group many as "*".
                    (row.host().indexOf('.') > 0 ? servedPools : poolsOfUnknownHosts)
                            .add(row.pool().toLowerCase(Locale.ROOT));
                });
    }

    /** Whether requests are seen to be served for other hosts, and none for the one that a probe asks a server of one's own for. */
    boolean isServedForOthersOnly(Rejection rejection, String host) {
        String pool = rejection.server().at(Place.POOL).orElse("").toLowerCase(Locale.ROOT);
        return host.indexOf('.') > 0
                && !IpAddresses.isAddress(host)
                && witnesses.looks(rejection.server()).isEmpty()
                && servedPools.contains(pool)
                && !poolsOfUnknownHosts.contains(pool)
                && !servedHosts.contains(key(pool, host));
    }

    public static UnreadAlternatives of(
            Evidence evidence, Corroboration witnesses, NameBasedBackends byName, LiveAnswersDuringProbing live) {
        return new UnreadAlternatives(evidence, witnesses, byName, live);
    }

    /** Whether something else could be the reason than the one that is taken for it. */
    boolean areLeftBy(Rejection rejection, Reason reason) {
        return reason == Reason.SERVER_ERROR
                ? live.of(rejection.server(), Optional.empty()) != Lately.ERRORS && !isErrorElsewhere(rejection)
                : mayBeStoppedOrElsewhere(rejection);
    }

    /** Whether it takes a direct look to tell that it is the page: the server was asked by nobody else. */
    boolean areUnseenBy(Rejection rejection) {
        return isUnseen(rejection)
                && (mayBeElsewhere(rejection) || rejection.status().orElse(0) == FORBIDDEN);
    }

    /**
     * Whether a page that is missing may be there for another host or on another port, as nobody asked the server directly.
     * That live requests for the host are served shows host and port to be in use, not that the page belongs to them.
     */
    boolean mayBeElsewhereUnseen(Rejection rejection) {
        return isUnseen(rejection) && mayBeElsewhere(rejection);
    }

    private static boolean mayBeElsewhere(Rejection rejection) {
        return ProbeRejections.NO_SUCH_HOST.contains(rejection.status().orElse(0));
    }

    /** A server of one's own, whose list of who may come in is nothing that Azure shows. */
    private boolean isUnseen(Rejection rejection) {
        return rejection.custom().orElse(false)
                && witnesses.looks(rejection.server()).isEmpty()
                && AzureServiceDomains.of(member(rejection)).isEmpty();
    }

    private boolean mayBeStoppedOrElsewhere(Rejection rejection) {
        String member = member(rejection);
        int status = rejection.status().orElse(0);
        Optional<AzureServiceDomains> platform = AzureServiceDomains.of(member);
        if (platform.filter(AzureServiceDomains.APP_SERVICE::equals).isPresent() && status == FORBIDDEN) {
            return !byName.knows(member) || !networkRead || mayLeadPastItsEndpoint(rejection);
        }
        if (platform.filter(WITH_FIREWALLS::contains).isPresent() && status == FORBIDDEN) {
            return !rulesRead.contains(member.toLowerCase(Locale.ROOT))
                    || !networkRead
                    || mayLeadPastItsEndpoint(rejection);
        }
        if (platform.filter(AzureServiceDomains.CONTAINER_APPS::equals).isPresent() && status == 404) {
            return !byName.knows(member);
        }
        boolean custom = rejection.custom().orElse(false);
        return custom && ProbeRejections.NO_SUCH_HOST.contains(status) && !isHostServed(rejection);
    }

    /** Whether a private endpoint is there that the gateway may miss: what the network's own DNS servers answer takes a look to tell. */
    private boolean mayLeadPastItsEndpoint(Rejection rejection) {
        String label = member(rejection).split("\\.", 2)[0];
        return customDns
                && withEndpoints.contains(ArmName.of(label))
                && witnesses.looks(rejection.server()).isEmpty();
    }

    private static boolean hasCustomDns(Evidence evidence) {
        List<ResourceId> subnets =
                evidence.gateway().toOptional().map(Gateway::subnets).orElse(List.of());
        return evidence.network().toOptional().stream()
                .flatMap(network -> network.virtualNetworks().stream())
                .filter(network -> subnets.stream().anyMatch(subnet -> subnet.isWithin(network.id())))
                .flatMap(network -> network.dnsServers().stream())
                .anyMatch(server -> !server.equals(AZURE_DNS));
    }

    /** Whether more than the probed path is seen to fail; the root stands for all. */
    private boolean isErrorElsewhere(Rejection rejection) {
        return witnesses.asked(rejection.server()).stream()
                .anyMatch(asked -> asked.path().equals("/")
                        || witnesses.looks(rejection.server()).stream()
                                .anyMatch(look -> !asked.isThePathOf(look)
                                        && look.status().orElse(0) >= 500));
    }

    /** Whether the server, or one of its pool, is seen to answer well to the host that the probe asks for, or as badly to others. */
    private boolean isHostServed(Rejection rejection) {
        Optional<ProbeRequest> asked = witnesses.asked(rejection.server());
        if (asked.isEmpty()) {
            return false;
        }
        String host = asked.get().host();
        boolean looked = witnesses.looks(rejection.server()).stream()
                .anyMatch(
                        look -> look.host().equalsIgnoreCase(host) ? look.answeredWell() : isAsBad(look, asked.get()));
        boolean logged = rejection
                .server()
                .at(Place.POOL)
                .filter(pool -> servedHosts.contains(key(pool, host)))
                .isPresent();
        boolean owned = byName.knows(member(rejection)) && !byName.isForeign(member(rejection), host);
        return looked || logged || owned;
    }

    private static String member(Rejection rejection) {
        return rejection.server().name();
    }

    private static boolean isAsBad(DirectProbe look, ProbeRequest asked) {
        return asked.isRepeatedForSomeHostBy(look) && look.answered() && !asked.accepts(look);
    }

    private static String key(String pool, String host) {
        return (pool + " " + host).toLowerCase(Locale.ROOT);
    }
}
