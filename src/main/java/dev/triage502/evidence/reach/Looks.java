package dev.triage502.evidence.reach;

import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What was seen of a server by looking past the gateway. From another subnet, so a hint about the way. */
final class Looks {

    private final Map<String, List<DirectProbe>> byAddress = new HashMap<>();

    Looks(Optional<DirectProbes> probes) {
        probes.map(DirectProbes::probes)
                .orElse(List.of())
                .forEach(probe -> byAddress
                        .computeIfAbsent(probe.address().toLowerCase(Locale.ROOT), each -> new ArrayList<>())
                        .add(probe));
    }

    private Stream<DirectProbe> at(Server server) {
        return byAddress.getOrDefault(server.address().toLowerCase(Locale.ROOT), List.of()).stream();
    }

    /** The looks at the server's own port, or at a port that was not told. */
    Stream<DirectProbe> at(Server server, OptionalInt port) {
        return at(server)
                .filter(each ->
                        each.port().isEmpty() || port.isEmpty() || each.port().equals(port));
    }

    /** The looks at other ports of the server. */
    Stream<DirectProbe> elsewhere(Server server) {
        return at(server)
                .filter(each -> each.port().isPresent()
                        && server.doors().stream()
                                .noneMatch(door -> door.port().equals(each.port())
                                        || door.port().isEmpty()));
    }

    /** A look at a port in use that was refused. */
    Optional<DirectProbe> refused(Server server) {
        return server.doors().stream()
                .flatMap(door -> at(server, door.port()))
                .filter(each -> each.connect() == Connect.REFUSED)
                .findFirst();
    }

    /** A look by which something runs at the server: it answered, or refused, as only a running machine does. */
    Optional<DirectProbe> alive(Server server) {
        return at(server)
                .filter(each -> each.answeredWell()
                        || (!server.isNamed() && (each.connect() == Connect.OK || each.connect() == Connect.REFUSED)))
                .findFirst();
    }

    /** The looks that asked for the server's name, with what came of it. */
    Stream<DirectProbe> asked(Server server) {
        return at(server).filter(each -> each.dns().isPresent());
    }

    /** The addresses to which the server's name was seen to lead, from wherever was looked. */
    List<String> addressesOf(Server server) {
        return asked(server)
                .flatMap(each -> each.dns().map(Dns::addresses).orElse(List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
