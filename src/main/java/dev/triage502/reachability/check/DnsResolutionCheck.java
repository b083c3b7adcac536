package dev.triage502.reachability.check;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.PrivateDomain;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.name.ZoneName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Does a server's name lead the gateway to no address at all? */
final class DnsResolutionCheck {

    /** Top-level names that public DNS does not know (RFC 6762, RFC 2606 and what ICANN keeps back). */
    private static final List<HostName> NEVER_PUBLIC = Stream.of(
                    "local", "internal", "corp", "lan", "home", "private", "intranet", "localdomain", "home.arpa")
            .map(HostName::of)
            .toList();

    /**
     * What the names of App Service Environments with an internal address end in; those with an external one are in public DNS, below
     * other domains ("Create an App Service Environment").
     */
    private static final List<HostName> INTERNAL_ENVIRONMENTS = Stream.of(
                    "appserviceenvironment.net", "appserviceenvironment.us", "appserviceenvironment.cn")
            .map(HostName::of)
            .toList();

    private final Topology topology;
    private final Observations observed;
    private final DnsChangesSinceRefresh since;
    private final CustomDnsServers resolvers;
    private final DnsServersSinceStart list;
    private final boolean managementInOrder;

    DnsResolutionCheck(
            Topology topology, Observations observed, DnsChangesSinceRefresh since, CustomDnsServers resolvers) {
        this.topology = topology;
        this.observed = observed;
        this.since = since;
        this.resolvers = resolvers;
        this.list = new DnsServersSinceStart(topology, observed);
        this.managementInOrder = new ManagementPath(topology).isInOrder();
    }

    public CheckResult judge(BackendServer server) {
        if (!server.isNamed()) {
            return new CheckResult.Moot();
        }
        Resolution resolution = topology.names().resolve(server.address());
        List<Claim> shown = new ArrayList<>();
        List<Claim> hinted = new ArrayList<>();
        measured(server).ifPresent(shown::add);
        byNetwork(server, resolution).ifPresent((mayResolve(server, resolution) ? hinted : shown)::add);
        boolean tried = server.isSilent();
        if (resolution instanceof Resolution.Custom custom && !tried) {
            resolvers.unreachable(server, custom.servers()).ifPresent(shown::add);
        }
        asked(server, resolution, shown, hinted);
        if (!shown.isEmpty()) {
            hidden(server, resolution).ifPresent(shown::add);
            renamed(server).ifPresent(shown::add);
            if (resolution instanceof Resolution.Custom) {
                shown.addAll(formerServers(server));
            }
        }
        boolean unknown = server.trouble() == ReachState.UNKNOWN;
        if (unknown && managementInOrder) {
            since.newBackend(server).ifPresent(shown::add);
            if (resolution instanceof Resolution.Custom custom) {
                hinted.add(claim(
                        server,
                        Source.NETWORK,
                        "is resolved by the VNet's custom DNS servers (" + NameLists.some(custom.servers())
                                + "), whose answers are not visible in Azure"));
                hinted.addAll(formerServers(server));
            }
        }
        if (!shown.isEmpty()) {
            // A probe that got as far as connecting had an address, if perhaps the last good one.
            return tried ? new CheckResult.Hinted(shown) : new CheckResult.Shown(shown);
        }
        if (tried) {
            return new CheckResult.Clear(Source.BACKEND_HEALTH, "the probe tried to connect, so the name resolved");
        }
        return hinted.isEmpty() ? otherwise(server, resolution) : new CheckResult.Hinted(hinted);
    }

    /** The default name of a service that was made internal may go on leading to its public address. */
    private boolean mayResolve(BackendServer server, Resolution resolution) {
        return resolution instanceof Resolution.Public
                && server.trouble() != ReachState.UNKNOWN
                && !server.failsWith(ProbeFailure.NAME_UNRESOLVED)
                && topology.backends().toOptional().map(Backends::privateDomains).orElse(List.of()).stream()
                        .anyMatch(each -> server.host().equals(each.domain()));
    }

    private static Optional<Claim> measured(BackendServer server) {
        return server.health()
                .filter(each -> each.failure() == ProbeFailure.NAME_UNRESOLVED)
                .map(each ->
                        claim(server, Source.BACKEND_HEALTH, "the gateway's probe reports \"" + each.log() + "\""));
    }

    /** The one address at which the backend answered somebody whose resolver knows the name. */
    private Optional<String> elsewhereAnsweredAt(BackendServer server) {
        List<String> answered = observed.probes()
                .asked(server)
                .filter(DirectProbe::answeredWell)
                .flatMap(look -> look.dns().stream())
                .flatMap(dns -> dns.addresses().stream())
                .distinct()
                .toList();
        return answered.size() == 1 ? Optional.of(answered.get(0)) : Optional.empty();
    }

    private Optional<Claim> byNetwork(BackendServer server, Resolution resolution) {
        if (resolution instanceof Resolution.NoRecord none) {
            Claim lacking = zone(
                    claim(
                            server,
                            Source.NETWORK,
                            "private DNS zone " + none.zone().name() + " is linked to "
                                    + home().id().name()
                                    + " but has no record for " + none.name().inLowerCase()
                                    + ", so the name does not resolve"),
                    none.zone());
            return Optional.of(elsewhereAnsweredAt(server)
                    .filter(address -> !ZoneName.of(none.zone()).isPrivateLink())
                    .map(address -> lacking.with("right-address", address))
                    .orElse(lacking));
        }
        if (!(resolution instanceof Resolution.Public) && !isUnlinked(server)) {
            return Optional.empty();
        }
        Optional<Zone> unlinked = topology.names().unlinked(server.address()).stream()
                .filter(zone -> !ZoneName.of(zone).isPrivateLink())
                .findFirst();
        if (unlinked.isPresent()) {
            return Optional.of(zone(
                    claim(
                            server,
                            Source.NETWORK,
                            "private DNS zone " + unlinked.get().name() + " is not linked to "
                                    + home().id().name() + ", so its names do not resolve there"),
                    unlinked.get()));
        }
        Optional<PrivateDomain> internal =
                topology.backends().toOptional().map(Backends::privateDomains).orElse(List.of()).stream()
                        .filter(each -> server.host().isBelow(each.domain()))
                        .findFirst();
        if (internal.isPresent()) {
            PrivateDomain domain = internal.get();
            return Optional.of(claim(
                            server,
                            Source.NETWORK,
                            "belongs to the internal domain " + domain.domain() + " of "
                                    + domain.owner().name()
                                    + ", and no private DNS zone for that domain is linked to "
                                    + home().id().name())
                    .with("zone", domain.domain().toString())
                    .with("zone-missing", "yes")
                    .with("record", server.host().equals(domain.domain()) ? "@" : "*")
                    .with("right-address", domain.address())
                    .with("zone-resource-group", domain.owner().resourceGroup())
                    .with("vnet-id", home().id().toString()));
        }
        Optional<Claim> environment = ofInternalEnvironment(server);
        if (environment.isPresent()) {
            return environment;
        }
        boolean never =
                server.address().indexOf('.') < 0 || NEVER_PUBLIC.stream().anyMatch(server.host()::isBelow);
        return never
                ? Optional.of(claim(
                        server,
                        Source.NETWORK,
                        "the name does not exist in public DNS, and no private DNS zone for it is linked to "
                                + home().id().name()))
                : Optional.empty();
    }

    /** Nothing else explains why health is Unknown, and zones are seen to be linked, but none for the name. */
    private boolean isUnlinked(BackendServer server) {
        return server.trouble() == ReachState.UNKNOWN
                && managementInOrder
                && topology.names().isInNoLinkedZone(server.address());
    }

    /** An App Service Environment's names are the environment's own domain, one label above the app. */
    private Optional<Claim> ofInternalEnvironment(BackendServer server) {
        return INTERNAL_ENVIRONMENTS.stream()
                .flatMap(domain -> server.host().before(domain).stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1) + "." + domain.inLowerCase()))
                .findFirst()
                .map(zone -> claim(
                                server,
                                Source.NETWORK,
                                "belongs to an App Service Environment with an internal address, which public DNS does"
                                        + " not know, and no private DNS zone " + zone + " is linked to "
                                        + home().id().name())
                        .with("zone", zone)
                        .with("zone-missing", "yes")
                        .with("record", "*")
                        .with("zone-resource-group", home().id().resourceGroup())
                        .with("vnet-id", home().id().toString()));
    }

    /** The VNet's present DNS servers know the name, and the gateway may still ask those that the VNet had when it started. */
    private List<Claim> formerServers(BackendServer server) {
        Optional<Claim> changed = list.claim(server);
        Optional<Claim> known = observed.probes()
                .asked(server)
                .filter(look -> look.dns()
                        .filter(dns -> !dns.addresses().isEmpty() && isInside(look, dns))
                        .isPresent())
                .findFirst()
                .map(look -> claim(
                        server,
                        Source.DIRECT_PROBE,
                        "resolves to " + NameLists.some(look.dns().orElseThrow().addresses()) + " in a lookup"
                                + whence(look, look.dns().orElseThrow())));
        return changed.isPresent() && known.isPresent() ? List.of(changed.get(), known.get()) : List.of();
    }

    /** What somebody got who asked for the name: from inside the gateway's network, what the gateway gets. */
    private void asked(BackendServer server, Resolution resolution, List<Claim> shown, List<Claim> hinted) {
        observed.probes()
                .asked(server)
                .filter(look -> look.dns().filter(Dns::failed).isPresent())
                .findFirst()
                .ifPresent(look -> {
                    Dns dns = look.dns().orElseThrow();
                    boolean inside = topology.lacking().isEmpty() && isInside(look, dns);
                    boolean unexplained =
                            !(resolution instanceof Resolution.Record) && !(resolution instanceof Resolution.Unread);
                    Claim claim = claim(
                            server,
                            Source.DIRECT_PROBE,
                            "lookup" + whence(look, dns) + " failed (" + dns.error() + ")");
                    (inside && unexplained ? shown : hinted).add(claim);
                });
    }

    /** A zone that was linked for other services takes over the names of all that have a private endpoint, wherever it is. */
    private Optional<Claim> hidden(BackendServer server, Resolution resolution) {
        return resolution instanceof Resolution.Public
                ? topology.names()
                        .hidden(server.address())
                        .map(match -> zone(
                                        claim(
                                                server,
                                                Source.NETWORK,
                                                "private DNS zone "
                                                        + match.zone().name() + " is linked to "
                                                        + home().id().name()
                                                        + " and has no record for it; a name that leads through that"
                                                        + " zone does not resolve there, even if it is public"),
                                        match.zone())
                                .with("hiding-link", match.link().name()))
                : Optional.empty();
    }

    /** An app that was created anew may have got a default host name with random letters and its region in it. */
    private Optional<Claim> renamed(BackendServer server) {
        boolean isApp = AzureServiceDomains.of(server.address())
                .filter(AzureServiceDomains.APP_SERVICE::equals)
                .isPresent();
        String label =
                server.address().substring(0, Math.max(0, server.address().indexOf('.')));
        return topology.backends().toOptional().map(Backends::sites).orElse(List.of()).stream()
                .filter(site -> isApp && site.id().name().equalsIgnoreCase(label))
                .filter(site -> site.hostNames().stream().map(HostName::of).noneMatch(server.host()::equals))
                .flatMap(site -> site.hostNames().stream()
                        .filter(name -> AzureServiceDomains.of(name)
                                .filter(AzureServiceDomains.APP_SERVICE::equals)
                                .isPresent())
                        .limit(1)
                        .map(name -> claim(
                                        server,
                                        Source.BACKENDS,
                                        "app " + site.id().name() + " has the default host name " + name)
                                .with("right-name", name)))
                .findFirst();
    }

    private boolean isInside(DirectProbe look, Dns dns) {
        Wording where = Wording.of(look.from() + " " + dns.resolver());
        VirtualNetwork home = home();
        Stream<ResourceId> places =
                Stream.concat(Stream.of(home.id()), home.subnets().stream().map(Subnet::id));
        return home.dnsServers().contains(dns.resolver())
                || places.anyMatch(id -> where.has(HostName.of(id.name()).inLowerCase()));
    }

    private static String whence(DirectProbe look, Dns dns) {
        String resolver = dns.resolver().isEmpty() ? "" : " via " + dns.resolver();
        return (look.from().isEmpty() ? "" : " from " + look.from()) + resolver;
    }

    private CheckResult otherwise(BackendServer server, Resolution resolution) {
        if (resolution instanceof Resolution.Record record) {
            return new CheckResult.Clear(
                    Source.NETWORK,
                    "private DNS zone " + record.zone().name() + " resolves it to "
                            + NameLists.some(record.addresses()));
        }
        List<String> seen = observed.probes().addressesOf(server);
        if (!seen.isEmpty()) {
            return new CheckResult.Clear(Source.DIRECT_PROBE, "a direct lookup returns " + NameLists.some(seen));
        }
        return new CheckResult.Unread(
                resolution instanceof Resolution.Unread unread
                        ? unread.why()
                        : new CouldNotRead<>(
                                Source.DIRECT_PROBE,
                                Reading.Why.NOT_COLLECTED,
                                server.address() + " was not looked up from the gateway's VNet"));
    }

    private VirtualNetwork home() {
        return topology.places().home();
    }

    private Claim zone(Claim claim, Zone zone) {
        return claim.with("zone", zone.name())
                .with("zone-resource-group", zone.id().resourceGroup())
                .with("vnet-id", home().id().toString());
    }

    private static Claim claim(BackendServer server, Source source, String says) {
        return Claim.of(source, server.address(), says).ofEachServer();
    }
}
