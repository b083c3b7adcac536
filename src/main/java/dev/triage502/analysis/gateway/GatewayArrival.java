package dev.triage502.analysis.gateway;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Kind;
import dev.triage502.evidence.ServiceAccess.Rest;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From where do requests of the gateway come to a service, and do the service's own rules let them in?
 *
 * <p>By a service endpoint of its subnet the gateway comes as that subnet; to a service inside a virtual network, with
 * an address of its subnet; to all else, with its own public address, unless a route takes that way through an
 * appliance.
 */
public final class GatewayArrival {

    /** What the rules of a service do with the gateway's requests. */
    public enum Decision {
        ADMITTED,
        REJECTED,
        /** Something that decides is not known. */
        OPEN
    }

    /**
     * What decides.
     *
     * @param rule the rule, or in words what is decided without one
     */
    public record Judgement(Decision decision, String rule) {
        private static Judgement open() {
            return new Judgement(Decision.OPEN, "");
        }
    }

    private enum Match {
        YES,
        NO,
        PERHAPS
    }

    private final Optional<Gateway> gateway;
    private final Optional<Network> network;
    private final Optional<List<Subnet>> subnets;
    private final List<Range> publicAddresses;

    private GatewayArrival(Optional<Gateway> gateway, Optional<Network> network) {
        this.gateway = gateway;
        this.network = network;
        List<Subnet> found = gateway.stream()
                .flatMap(each -> each.subnets().stream())
                .flatMap(id -> network.flatMap(known -> known.subnet(id)).stream())
                .toList();
        boolean all = gateway.filter(each ->
                        !found.isEmpty() && found.size() == each.subnets().size())
                .isPresent();
        this.subnets = all ? Optional.of(found) : Optional.empty();
        this.publicAddresses = gateway.filter(Gateway::publicFrontend).stream()
                .flatMap(each -> addresses(each, network))
                .toList();
    }

    /** How the gateway of this evidence arrives. */
    public static GatewayArrival of(Evidence evidence) {
        return new GatewayArrival(
                evidence.gateway().toOptional(), evidence.network().toOptional());
    }

    private static Stream<Range> addresses(Gateway gateway, Optional<Network> network) {
        return own(gateway, network).map(PublicAddress::address).flatMap(each -> IpAddresses.parse(each).stream());
    }

    private static Stream<PublicAddress> own(Gateway gateway, Optional<Network> network) {
        return network.flatMap(each -> each.publicAddresses().toOptional()).stream()
                .flatMap(List::stream)
                .filter(each -> each.holder()
                        .filter(holder -> holder.isWithin(gateway.id()))
                        .isPresent());
    }

    /** Whether the public address that it comes from is one that it gives up when it is stopped. */
    boolean mayChangeAddress() {
        return publicAddress().isPresent()
                && gateway.stream().flatMap(each -> own(each, network)).anyMatch(PublicAddress::dynamic);
    }

    /** The public address that it comes from, where one is known and nothing on the way replaces it. */
    public Optional<String> publicAddress() {
        return publicAddresses.size() == 1 && !isDiverted()
                ? Optional.of(publicAddresses.get(0).text())
                : Optional.empty();
    }

    /** In words, from where it comes to a service of that kind; empty where it is not known. */
    public Optional<String> words(ServiceAccess access) {
        if (comesByEndpoint(access.kind()).orElse(false)) {
            return subnets.map(each -> "from subnet " + each.get(0).id().name() + " through a service endpoint");
        }
        return publicAddress().map(each -> "from " + each);
    }

    /**
     * What the service's rules do with the gateway's requests.
     *
     * @param host   the name that is asked for: a private endpoint may be for another service of the same account
     * @param inside whether they are known to come with a private address
     */
    public Judgement judge(ServiceAccess access, String host, boolean inside) {
        if (access.exposure() == Exposure.ENVIRONMENT_ONLY) {
            return new Judgement(Decision.REJECTED, "its ingress only accepts traffic from inside its environment");
        }
        if (mayHavePrivateEndpoint(access, host)) {
            return Judgement.open();
        }
        if (access.exposure() == Exposure.PRIVATE_ENDPOINTS_ONLY) {
            return network.filter(each -> each.endpoints().isPresent()).isPresent()
                    ? new Judgement(Decision.REJECTED, "its public network access is off, and " + without(access))
                    : Judgement.open();
        }
        boolean byPrivate = inside || access.inside();
        if (byPrivate && !access.kind().judgesPrivateCallers()) {
            return Judgement.open();
        }
        return walk(access, byPrivate);
    }

    /** The first rule that matches decides; one that may match leaves it open, unless the rest comes to the same. */
    private Judgement walk(ServiceAccess access, boolean byPrivate) {
        boolean mayAdmit = false;
        boolean mayReject = false;
        for (AccessRule rule : access.rules()) {
            Match match = match(access, rule, byPrivate);
            if (match == Match.YES) {
                String also = rule.everyone() && !rule.admits()
                        ? withoutEndpoint(access, byPrivate)
                                .map(each -> "; " + each)
                                .orElse("")
                        : "";
                return settle(rule.admits(), "rule " + rule.name() + also, mayAdmit, mayReject);
            }
            mayAdmit |= match == Match.PERHAPS && rule.admits();
            mayReject |= match == Match.PERHAPS && !rule.admits();
        }
        if (access.rest() == Rest.UNSAID) {
            return Judgement.open();
        }
        boolean admits = access.rest() == Rest.ADMITTED;
        String none = withoutEndpoint(access, byPrivate).orElse("no rule allows it");
        return settle(admits, admits ? "no rule denies it" : none, mayAdmit, mayReject);
    }

    /** A rule for its own subnet that was tried and did not match, since it takes a service endpoint. */
    private Optional<String> withoutEndpoint(ServiceAccess access, boolean byPrivate) {
        boolean tried = !byPrivate && comesByEndpoint(access.kind()).equals(Optional.of(false));
        return access.rules().stream()
                .filter(rule -> tried && isForOwnSubnet(rule))
                .findFirst()
                .map(rule ->
                        "rule " + rule.name() + " allows its subnet, but only through a service endpoint, which the"
                                + " subnet does not have");
    }

    /** Whether a rule admits the gateway's own subnet, by a service endpoint. */
    boolean isForOwnSubnet(AccessRule rule) {
        return rule.admits()
                && rule.subnet()
                        .filter(subnet -> gateway.filter(each -> each.subnets().contains(subnet))
                                .isPresent())
                        .isPresent();
    }

    private static Judgement settle(boolean admits, String rule, boolean mayAdmit, boolean mayReject) {
        if (admits ? mayReject : mayAdmit) {
            return Judgement.open();
        }
        return new Judgement(admits ? Decision.ADMITTED : Decision.REJECTED, rule);
    }

    private Match match(ServiceAccess access, AccessRule rule, boolean byPrivate) {
        Match address = matchAddress(access, rule, byPrivate);
        return address == Match.YES && rule.onHeaders() ? Match.PERHAPS : address;
    }

    private Match matchAddress(ServiceAccess access, AccessRule rule, boolean byPrivate) {
        if (rule.everyone()) {
            return Match.YES;
        }
        if (byPrivate) {
            return matchPrivate(rule);
        }
        Optional<Boolean> byEndpoint = comesByEndpoint(access.kind());
        if (rule.subnet().isPresent()) {
            return matchSubnet(rule.subnet().get(), byEndpoint);
        }
        if (byEndpoint.orElse(false)) {
            return Match.NO;
        }
        if (!rule.serviceTag().isEmpty()) {
            return matchTag(rule.serviceTag());
        }
        if (rule.addresses().isEmpty()) {
            return Match.PERHAPS;
        }
        Match found = matchPublic(rule.addresses());
        // A storage account does not see the public address of a caller in its own region.
        boolean unsure = byEndpoint.isEmpty() || access.kind() == Kind.STORAGE_ACCOUNT;
        return found == Match.YES && unsure ? Match.PERHAPS : found;
    }

    private Match matchSubnet(ResourceId subnet, Optional<Boolean> byEndpoint) {
        boolean ours = gateway.filter(each -> each.subnets().contains(subnet)).isPresent();
        if (!ours) {
            return gateway.isPresent() ? Match.NO : Match.PERHAPS;
        }
        return byEndpoint.map(each -> each ? Match.YES : Match.NO).orElse(Match.PERHAPS);
    }

    private Match matchPublic(List<Range> ranges) {
        if (publicAddress().isEmpty()) {
            return Match.PERHAPS;
        }
        return ranges.stream().anyMatch(range -> range.contains(publicAddresses.get(0))) ? Match.YES : Match.NO;
    }

    private Match matchPrivate(AccessRule rule) {
        if (subnets.isEmpty() || rule.addresses().isEmpty()) {
            return Match.PERHAPS;
        }
        List<Range> own =
                subnets.get().stream().flatMap(each -> each.prefixes().stream()).toList();
        if (own.stream().allMatch(each -> rule.addresses().stream().anyMatch(range -> range.contains(each)))) {
            return Match.YES;
        }
        return own.stream().anyMatch(each -> rule.addresses().stream().anyMatch(range -> range.overlaps(each)))
                ? Match.PERHAPS
                : Match.NO;
    }

    /** The tag of another service holds that service's addresses; a gateway's public address is in the wide tags alone. */
    private Match matchTag(String tag) {
        List<Range> listed =
                network.map(each -> each.serviceTags().get(ArmName.of(tag))).orElse(null);
        if (listed != null) {
            return matchPublic(listed);
        }
        boolean wide = Wording.of(tag).startWith("azurecloud")
                || tag.equalsIgnoreCase("Internet")
                || tag.equalsIgnoreCase("VirtualNetwork");
        return wide ? Match.PERHAPS : Match.NO;
    }

    /** Whether the gateway's subnet has a service endpoint for that kind of service; empty where it was not read. */
    Optional<Boolean> comesByEndpoint(Kind kind) {
        return subnets.map(each -> each.stream()
                .flatMap(subnet -> subnet.serviceEndpoints().stream())
                .anyMatch(kind::isReachedBy));
    }

    /** An endpoint that was not understood, or does not say of which service it is, may be this one's. */
    private boolean mayHavePrivateEndpoint(ServiceAccess access, String host) {
        boolean unknown = network.filter(each -> each.holdersGap().isPresent()).isPresent();
        return unknown
                || endpoints()
                        .anyMatch(each -> each.service().toString().isEmpty()
                                || each.service().equals(access.service()) && each.mayLeadTo(host));
    }

    /** That no private endpoint leads there, and which one leads elsewhere in the same service. */
    private String without(ServiceAccess access) {
        return endpoints()
                .filter(each -> each.service().equals(access.service()))
                .findFirst()
                .map(each -> "private endpoint " + each.id().name() + " is for " + String.join(", ", each.groups())
                        + " only")
                .orElse("it has no private endpoint");
    }

    /** Whether the service of this name is seen to have a private endpoint; services are named as the first label of their hosts. */
    boolean hasPrivateEndpoint(String host) {
        String name = host.split("\\.", 2)[0];
        return endpoints().anyMatch(each -> each.service().name().equalsIgnoreCase(name) && each.mayLeadTo(host));
    }

    private Stream<PrivateEndpoint> endpoints() {
        return network.flatMap(each -> each.endpoints().toOptional()).stream().flatMap(List::stream);
    }

    /** Whether a route of the subnet sends public destinations to an appliance, which replaces the address. */
    private boolean isDiverted() {
        return subnets.stream()
                .flatMap(List::stream)
                .flatMap(subnet -> network
                        .flatMap(each -> each.routeTable(subnet.routeTable()).toOptional())
                        .stream())
                .flatMap(table -> table.routes().stream())
                .anyMatch(route -> route.prefix().equals("0.0.0.0/0")
                        && route.nextHop() != NextHop.INTERNET
                        && route.nextHop() != NextHop.VNET_LOCAL);
    }
}
