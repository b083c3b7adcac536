package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Outcome.Obstacle;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Table;
import dev.triage502.evidence.reach.Routing.Way;
import dev.triage502.evidence.reach.Server.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does a user-defined or learned route take the traffic elsewhere, on the way out or on the way back? */
final class Diversions {

    /** What is found for one address. {@code partly} are routes that catch the answers to some instances only. */
    private record Found(
            List<Claim> shown,
            List<Claim> hinted,
            List<Claim> partly,
            Optional<CouldNotRead<?>> unread,
            String clear) {}

    private final Destinations destinations;
    private final Routing routing;
    private final Holdings holdings;
    private final Looks looks;
    private final Map<String, Found> known = new HashMap<>();

    Diversions(Destinations destinations, Routing routing, Holdings holdings, Looks looks) {
        this.destinations = destinations;
        this.routing = routing;
        this.holdings = holdings;
        this.looks = looks;
    }

    Outcome judge(Server server) {
        Optional<CouldNotRead<?>> lacking = destinations.lacking();
        if (lacking.isPresent()) {
            return new Outcome.Unread(lacking.get());
        }
        List<Found> found = destinations.of(server).stream()
                .map(to -> known.computeIfAbsent(to.text(), text -> look(to)))
                .toList();
        if (found.isEmpty()) {
            return new Outcome.Moot();
        }
        List<Claim> partly =
                found.stream().flatMap(each -> each.partly().stream()).toList();
        if (server.trouble() == Trouble.PARTLY) {
            return partly.isEmpty() ? new Outcome.Moot() : new Outcome.Hinted(partly);
        }
        List<Claim> shown = new ArrayList<>(partly);
        found.forEach(each -> shown.addAll(each.shown()));
        if (!shown.isEmpty()) {
            return new Outcome.Shown(shown);
        }
        List<Claim> hinted =
                found.stream().flatMap(each -> each.hinted().stream()).toList();
        boolean passed = looks.alive(server).isPresent();
        if (!hinted.isEmpty() && !passed) {
            return new Outcome.Hinted(hinted);
        }
        return found.stream()
                .flatMap(each -> each.unread().stream())
                .findFirst()
                .<Outcome>map(Outcome.Unread::new)
                .orElse(new Outcome.Clear(Source.NETWORK, found.get(0).clear()));
    }

    private Found look(Destination to) {
        Table table = routing.fromGateway();
        List<Claim> shown = new ArrayList<>();
        List<Claim> hinted = new ArrayList<>();
        List<Claim> partly = new ArrayList<>();
        Optional<Way> way = table.to(to.address()).filter(each -> counts(each, to));
        Optional<CouldNotRead<?>> gap = maybePeered(to, table);
        if (gap.isPresent()) {
            return new Found(List.of(), List.of(), List.of(), gap, "");
        }
        Optional<Table> back = back(to, way);
        way.ifPresent(each -> out(each, to, back, shown, hinted));
        boolean outIsFree = shown.isEmpty() && hinted.isEmpty();
        if (outIsFree) {
            back.ifPresent(each -> answers(each, to, way, shown, partly));
        }
        Optional<CouldNotRead<?>> unread = table.unread().or(() -> back.flatMap(Table::unread));
        String clear = "the way out is " + way.map(RouteWords::of).orElse("a private endpoint's own route")
                + ", and no route diverts the answers";
        return new Found(shown, hinted, partly, unread, clear);
    }

    /** Why a peering may take there what a route seems to take elsewhere, if one may. */
    private Optional<CouldNotRead<?>> maybePeered(Destination to, Table table) {
        boolean known = destinations.places().isHome(to.place())
                || !Addresses.isPrivate(to.address())
                || table.system()
                        .longest(to.address())
                        .filter(hit -> hit.value().hop() == NextHop.PEERING)
                        .isPresent();
        return known
                ? Optional.empty()
                : destinations
                        .places()
                        .peerings()
                        .gap(destinations.places().home().id());
    }

    /** A private endpoint's own /32 beats user-defined routes unless its subnet says that they count. */
    private boolean counts(Way way, Destination to) {
        if (way.origin() != Origin.USER || !to.isEndpoint()) {
            return true;
        }
        int space = to.place().network().stream()
                .flatMap(network -> network.space().stream())
                .filter(prefix -> prefix.contains(to.address()))
                .mapToInt(Range::prefixLength)
                .findFirst()
                .orElse(0);
        return to.minds("RouteTableEnabled") && way.prefix().prefixLength() >= space;
    }

    private void out(Way way, Destination to, Optional<Table> back, List<Claim> shown, List<Claim> hinted) {
        if (way.origin() == Origin.SYSTEM) {
            return;
        }
        boolean near = to.place().subnet().isPresent() || to.place().peering().isPresent();
        boolean open = !Addresses.isPrivate(to.address()) && !near;
        switch (way.hop()) {
            case NONE:
                shown.add(outward(way, to, "drops", ""));
                break;
            case INTERNET:
                if (near) {
                    shown.add(outward(way, to, "sends out to the internet", ""));
                }
                break;
            case NETWORK_GATEWAY:
                if (near || open) {
                    shown.add(outward(way, to, "sends to the virtual network gateway", ""));
                }
                break;
            case APPLIANCE:
                appliance(way, to, near, open, back, shown, hinted);
                break;
            default:
                break;
        }
    }

    private void appliance(
            Way way,
            Destination to,
            boolean near,
            boolean open,
            Optional<Table> back,
            List<Claim> shown,
            List<Claim> hinted) {
        if (way.hopAddress().equals(to.text())) {
            return;
        }
        if (holdings.isGone(way.hopAddress())) {
            shown.add(
                    outward(way, to, "sends to " + way.hopAddress() + ", an address that nothing holds any more,", ""));
            return;
        }
        if (open) {
            hinted.add(outward(way, to, "sends to an appliance", ", which may or may not let it out"));
        }
        if (!near) {
            return;
        }
        if (back.isEmpty() || back.get().unread().isPresent()) {
            hinted.add(outward(way, to, "sends through an appliance", ", and the way back could not be read"));
            return;
        }
        boolean same = destinations.places().gatewayPrefixes(to.address()).stream()
                .allMatch(prefix -> back.get()
                        .to(prefix)
                        .filter(each -> each.hopAddress().equals(way.hopAddress()))
                        .isPresent());
        if (same) {
            hinted.add(
                    outward(way, to, "sends through an appliance", ", out and back: what it drops is not seen here"));
        } else {
            shown.add(outward(
                    way,
                    to,
                    "sends through an appliance",
                    ", while the answers from subnet "
                            + back.get().subnet().id().name()
                            + " do not come back through it, so that it drops the connection"));
        }
    }

    private Claim outward(Way way, Destination to, String does, String after) {
        Subnet subnet = destinations.places().gatewaySubnet();
        Obstacle obstacle = new Obstacle(
                RouteWords.target(way, subnet),
                RouteWords.of(way),
                RouteWords.of(way) + " on the gateway's subnet " + subnet.id().name() + " " + does + " what goes to ",
                after);
        return claim(obstacle, way, subnet, to);
    }

    private Claim claim(Obstacle obstacle, Way way, Subnet subnet, Destination to) {
        List<Range> gateway = destinations.places().gatewayPrefixes(to.address());
        Map<String, String> values = RouteWords.values(way, subnet);
        boolean out = subnet.id().equals(destinations.places().gatewaySubnet().id());
        gateway.stream()
                .findFirst()
                .map(answers -> out ? DenialWords.backend(to) : answers)
                .ifPresent(prefix -> values.put("destination-prefix", prefix.text()));
        return Claim.about(obstacle, to.text(), Source.NETWORK).with(values).with("address", to.text());
    }

    /** The routes by which answers leave: those of the address's subnet, or for a pod those of its node's subnet. */
    private Optional<Table> back(Destination to, Optional<Way> way) {
        if (!to.minds("RouteTableEnabled")) {
            return Optional.empty();
        }
        Places.Place place = to.place().subnet().isPresent()
                ? to.place()
                : way.flatMap(each -> Addresses.parse(each.hopAddress()))
                        .map(hop -> destinations.places().of(hop))
                        .orElse(Places.Place.UNKNOWN);
        return place.subnet().flatMap(subnet -> place.network().map(network -> routing.from(subnet, network)));
    }

    private void answers(Table back, Destination to, Optional<Way> out, List<Claim> shown, List<Claim> partly) {
        if (back.unread().isPresent()) {
            return;
        }
        for (Range prefix : destinations.places().gatewayPrefixes(to.address())) {
            back.to(prefix)
                    .filter(way -> diverts(way, out))
                    .ifPresent(way -> shown.add(backward(way, back, prefix, to)));
            back.inside(prefix).stream()
                    .filter(way -> diverts(way, out))
                    .forEach(way -> partly.add(backward(way, back, way.prefix(), to)));
        }
    }

    private static boolean diverts(Way way, Optional<Way> out) {
        boolean local =
                way.hop() == NextHop.VNET_LOCAL || way.hop() == NextHop.PEERING || way.hop() == NextHop.ENDPOINT;
        boolean asItCame = way.hop() == NextHop.APPLIANCE
                && out.filter(each -> each.hopAddress().equals(way.hopAddress()))
                        .isPresent();
        return way.origin() != Origin.SYSTEM && !local && !asItCame;
    }

    private Claim backward(Way way, Table back, Range prefix, Destination to) {
        boolean part = !destinations.places().gatewayPrefixes(to.address()).contains(prefix);
        String does = way.hop() == NextHop.NONE ? "drops" : "takes another way with";
        Obstacle obstacle = new Obstacle(
                RouteWords.target(way, back.subnet()),
                RouteWords.of(way),
                RouteWords.of(way) + " on subnet " + back.subnet().id().name() + " " + does
                        + " the answers to the gateway's " + (part ? "instances in " : "subnet ") + prefix.text()
                        + " from ",
                way.hop() == NextHop.NONE ? "" : ", though the requests come directly");
        return claim(obstacle, way, back.subnet(), to);
    }
}
