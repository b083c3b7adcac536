package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Denials.Extent;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Gates.Decided;
import dev.triage502.evidence.reach.Halts.Halt;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Outcome.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Can the DNS servers that a network names of its own be asked from the gateway's subnet? */
final class Resolvers {

    private static final int DNS = 53;

    /** Why one cannot. */
    private record Silence(Source source, String why, Map<String, String> values) {}

    private final Destinations destinations;
    private final Halts halts;
    private final NoWay noWay;
    private final WayOut out;
    private final Gates gates;
    private final Map<String, Optional<Silence>> known = new HashMap<>();

    Resolvers(Destinations destinations, Halts halts, NoWay noWay, WayOut out) {
        this.destinations = destinations;
        this.halts = halts;
        this.noWay = noWay;
        this.out = out;
        // Questions go by UDP; a rule for TCP alone stops none.
        this.gates = new Gates(destinations, Ports::isUdp);
    }

    /** What shows that none of them answers for a server's name. */
    Optional<Claim> unreachable(Server server, List<String> addresses) {
        List<String> reasons = new ArrayList<>();
        Source source = Source.NETWORK;
        Map<String, String> values = new HashMap<>();
        for (String address : addresses) {
            Optional<Silence> silence = known.computeIfAbsent(address, this::silence);
            if (silence.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(address + ": " + silence.get().why());
            source = silence.get().source();
            values.putAll(silence.get().values());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(Claim.of(
                                source,
                                server.address(),
                                "none of the network's own DNS servers can be asked for it: "
                                        + String.join("; ", reasons))
                        .with(values)
                        .with("dns-servers", String.join(" ", addresses))
                        .ofEachServer());
    }

    private Optional<Silence> silence(String address) {
        Optional<Halt> halt = halts.at(address);
        if (halt.isPresent()) {
            Halt stopped = halt.get();
            return Optional.of(new Silence(
                    stopped.source(),
                    stopped.says(),
                    StartValues.of(stopped.member().id())));
        }
        return Addresses.parse(address)
                .map(destinations::at)
                .flatMap(to -> cutOff(to).map(why -> new Silence(Source.NETWORK, why, Map.of())));
    }

    private Optional<String> cutOff(Destination to) {
        if (noWay.to(to) instanceof Shown shown) {
            return Optional.of(shown.claims().get(0).says());
        }
        return out.deadEnd(to)
                .or(() -> gates.on(to, DNS).decided().stream()
                        .filter(each -> Denials.extent(each.parts(), to.front()) == Extent.ALL)
                        .map(Resolvers::denial)
                        .findFirst());
    }

    private static String denial(Decided decided) {
        return "rule " + Denials.deciding(decided.parts()).rule().name() + " of "
                + decided.gate().group().id().name() + " drops UDP " + DNS;
    }
}
