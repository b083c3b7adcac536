package dev.triage502.reachability.check;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.name.ArrivalPoints.Arrival;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.route.ReturnPath;
import dev.triage502.reachability.route.RouteFormatter;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does a user-defined or learned route take the traffic elsewhere, on the way out or on the way back? */
final class RouteDiversionCheck {

    /** What is found for one address. {@code partly} are routes that catch the answers to some instances only. */
    private record Found(
            List<Claim> shown,
            List<Claim> hinted,
            List<Claim> partly,
            Optional<CouldNotRead<?>> unread,
            String clear) {}

    private final Topology topology;
    private final Observations observed;
    private final ForwardPath out;
    private final ReturnPath back;
    private final Map<String, Found> known = new HashMap<>();

    RouteDiversionCheck(Topology topology, Observations observed, ForwardPath out) {
        this.topology = topology;
        this.observed = observed;
        this.out = out;
        this.back = new ReturnPath(topology.endpoints(), topology.routing());
    }

    public CheckResult judge(BackendServer server) {
        Optional<CouldNotRead<?>> lacking = topology.lacking();
        if (lacking.isPresent()) {
            return new CheckResult.Unread(lacking.get());
        }
        List<Integer> ports = server.doors().stream()
                .flatMap(door -> door.port().stream().boxed())
                .toList();
        List<Found> found = topology.endpoints().of(server).stream()
                .map(to -> known.computeIfAbsent(to.text() + " " + ports, text -> look(to, ports)))
                .toList();
        if (found.isEmpty()) {
            return new CheckResult.Moot();
        }
        List<Claim> partly =
                found.stream().flatMap(each -> each.partly().stream()).toList();
        if (server.trouble() == ReachState.PARTLY) {
            return partly.isEmpty() ? new CheckResult.Moot() : new CheckResult.Hinted(partly);
        }
        List<Claim> shown = new ArrayList<>(partly);
        found.forEach(each -> shown.addAll(each.shown()));
        if (!shown.isEmpty()) {
            return new CheckResult.Shown(shown);
        }
        List<Claim> hinted =
                found.stream().flatMap(each -> each.hinted().stream()).toList();
        boolean passed = observed.probes().alive(server).isPresent();
        if (!hinted.isEmpty() && !passed) {
            // Many a gateway that works has an appliance on the way: that alone says nothing where nothing shows a
            // failure.
            Optional<CouldNotRead<?>> unseen = observed.requests().isPresent()
                    ? Optional.empty()
                    : observed.health().unread().map(each -> each);
            return unseen.<CheckResult>map(CheckResult.Unread::new).orElse(new CheckResult.Hinted(hinted));
        }
        return found.stream()
                .flatMap(each -> each.unread().stream())
                .findFirst()
                .<CheckResult>map(CheckResult.Unread::new)
                .orElse(new CheckResult.Clear(Source.NETWORK, found.get(0).clear()));
    }

    private Found look(Destination to, List<Integer> ports) {
        RoutingTable table = topology.routing().fromGateway();
        List<Claim> shown = new ArrayList<>();
        List<Claim> hinted = new ArrayList<>();
        List<Claim> partly = new ArrayList<>();
        Optional<WinningRoute> way = out.to(to);
        Optional<CouldNotRead<?>> gap = out.unread(to);
        if (gap.isPresent()) {
            return new Found(List.of(), List.of(), List.of(), gap, "");
        }
        Optional<RoutingTable> home = back.from(to, way);
        way.ifPresent(each -> out.judge(each, to, home, shown, hinted));
        boolean outIsFree = shown.isEmpty() && hinted.isEmpty();
        List<Arrival> arrivals = ports.stream()
                .flatMap(port -> topology.arrivals().of(to, port).toOptional().stream())
                .flatMap(List::stream)
                .toList();
        if (outIsFree && arrivals.isEmpty()) {
            home.ifPresent(each -> back.judge(each, to, way, shown, partly));
        } else if (outIsFree) {
            back.judge(to, arrivals, shown, hinted, partly);
        }
        Optional<CouldNotRead<?>> unread =
                table.unread().or(() -> home.flatMap(RoutingTable::unread)).or(() -> back.unread(arrivals));
        String clear = "traffic uses " + way.map(RouteFormatter::of).orElse("the private endpoint's route")
                + ", and no route diverts the replies";
        return new Found(shown, hinted, partly, unread, clear);
    }
}
