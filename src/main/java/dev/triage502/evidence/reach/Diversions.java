package dev.triage502.evidence.reach;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
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
    private final WayOut out;
    private final WayBack back;
    private final Looks looks;
    private final Map<String, Found> known = new HashMap<>();

    Diversions(Destinations destinations, Routing routing, WayOut out, Looks looks) {
        this.destinations = destinations;
        this.routing = routing;
        this.out = out;
        this.back = new WayBack(destinations, routing);
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
        Optional<Way> way = out.to(to);
        Optional<CouldNotRead<?>> gap = out.unread(to);
        if (gap.isPresent()) {
            return new Found(List.of(), List.of(), List.of(), gap, "");
        }
        Optional<Table> home = back.from(to, way);
        way.ifPresent(each -> out.judge(each, to, home, shown, hinted));
        boolean outIsFree = shown.isEmpty() && hinted.isEmpty();
        if (outIsFree) {
            home.ifPresent(each -> back.judge(each, to, way, shown, partly));
        }
        Optional<CouldNotRead<?>> unread = table.unread().or(() -> home.flatMap(Table::unread));
        String clear = "the way out is " + way.map(RouteWords::of).orElse("a private endpoint's own route")
                + ", and no route diverts the answers";
        return new Found(shown, hinted, partly, unread, clear);
    }
}
