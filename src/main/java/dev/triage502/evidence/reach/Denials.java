package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Gates.Answer;
import dev.triage502.evidence.reach.Gates.Decided;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.SecurityRules.Part;
import dev.triage502.evidence.reach.Server.Door;
import dev.triage502.evidence.reach.Server.Trouble;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Does a security rule drop what the gateway sends to a server? */
final class Denials {

    /** How much of the traffic a group drops. */
    enum Extent {
        NONE,
        /** That of some of the gateway's instances. */
        SOME,
        /** It hangs on what was not read, or on which of a subnet's addresses stands behind a front. */
        DOUBTFUL,
        ALL
    }

    private final Destinations destinations;
    private final Gates gates;
    private final DenialWords words;
    private final Optional<Traffic> traffic;

    Denials(Destinations destinations, Gates gates, Optional<Traffic> traffic) {
        this.destinations = destinations;
        this.gates = gates;
        this.traffic = traffic;
        this.words = new DenialWords();
    }

    Outcome judge(Server server) {
        Optional<CouldNotRead<?>> lacking = destinations.lacking();
        if (lacking.isPresent()) {
            return new Outcome.Unread(lacking.get());
        }
        List<Destination> to = destinations.of(server);
        if (to.isEmpty()) {
            return new Outcome.Unread(noAddress(server));
        }
        List<Claim> shown = new ArrayList<>();
        List<Claim> hinted = new ArrayList<>();
        Optional<CouldNotRead<?>> unread = Optional.empty();
        for (Door door : server.doors()) {
            if (door.port().isEmpty()) {
                unread = Optional.of(new CouldNotRead<>(
                        Source.GATEWAY,
                        Reading.Why.NOT_COLLECTED,
                        "the port of " + server.address() + " is not known"));
                continue;
            }
            for (Destination each : to) {
                Answer answer = gates.on(each, door.port().getAsInt());
                unread = unread.isPresent() ? unread : answer.unread();
                answer.decided().forEach(decided -> sort(server, each, decided, shown, hinted));
            }
        }
        if (!shown.isEmpty()) {
            return new Outcome.Shown(shown);
        }
        if (!hinted.isEmpty()) {
            return new Outcome.Hinted(hinted);
        }
        return unread.<Outcome>map(Outcome.Unread::new).orElseGet(() -> clear(server, to));
    }

    private void sort(Server server, Destination to, Decided decided, List<Claim> shown, List<Claim> hinted) {
        Extent extent = extent(decided.parts(), to.front());
        if (extent == Extent.NONE || (server.trouble() == Trouble.PARTLY && extent != Extent.SOME)) {
            return;
        }
        Part deciding = deciding(decided.parts());
        List<String> instances = extent == Extent.SOME ? instances(server) : List.of();
        Claim claim = words.claim(decided, deciding, to, extent, instances);
        boolean certain = extent == Extent.ALL
                || (extent == Extent.SOME && (server.trouble() != Trouble.PARTLY || !instances.isEmpty()));
        (certain ? shown : hinted).add(claim);
    }

    static Extent extent(List<Part> parts, boolean front) {
        List<Part> denied = parts.stream().filter(Part::denied).toList();
        List<Part> allowed = parts.stream().filter(part -> !part.denied()).toList();
        if (denied.isEmpty()) {
            return Extent.NONE;
        }
        if (denied.stream().noneMatch(Part::sure)) {
            return Extent.DOUBTFUL;
        }
        if (allowed.isEmpty()) {
            return Extent.ALL;
        }
        if (!front) {
            return Extent.SOME;
        }
        // A rule for the front's own address never matches: what stands behind it has another one.
        boolean onlySingle =
                allowed.stream().allMatch(part -> part.destination().isSingle());
        return onlySingle ? Extent.ALL : Extent.DOUBTFUL;
    }

    /** The part that counts most: of several rules that deny, the one that drops the most. */
    static Part deciding(List<Part> parts) {
        return parts.stream()
                .filter(Part::denied)
                .max(Comparator.comparing(Part::sure)
                        .thenComparing(part -> size(part.source()).multiply(size(part.destination())))
                        .thenComparing(part -> -part.rule().priority()))
                .orElseThrow();
    }

    private static BigInteger size(Range range) {
        return range.last().subtract(range.first()).add(BigInteger.ONE);
    }

    private List<String> instances(Server server) {
        return traffic.map(each -> each.of(server.pool()).onlyFailingInstances())
                .orElse(List.of());
    }

    private static CouldNotRead<?> noAddress(Server server) {
        return new CouldNotRead<>(
                Source.NETWORK,
                Reading.Why.NOT_COLLECTED,
                "the address that " + server.address() + " resolves to is not known");
    }

    private Outcome clear(Server server, List<Destination> to) {
        List<String> passed = new ArrayList<>();
        for (Destination each : to) {
            for (Door door : server.doors()) {
                gates.on(each, door.port().orElse(0)).decided().stream()
                        .flatMap(decided -> decided.parts().stream().map(part -> DenialWords.passes(decided, part)))
                        .filter(text -> !passed.contains(text))
                        .forEach(passed::add);
            }
        }
        return new Outcome.Clear(
                Source.NETWORK,
                passed.isEmpty()
                        ? "no security group stands on the way"
                        : "the security groups on the way let it through: " + Words.some(passed));
    }
}
