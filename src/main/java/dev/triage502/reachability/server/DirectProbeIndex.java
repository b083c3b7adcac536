package dev.triage502.reachability.server;

import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was seen of a server by looking past the gateway. From another subnet, so a hint about the way. */
public final class DirectProbeIndex {

    private final Map<HostName, List<DirectProbe>> byAddress = new TreeMap<>();

    public DirectProbeIndex(Optional<DirectProbes> probes) {
        for (DirectProbe probe : probes.map(DirectProbes::probes).orElse(List.of())) {
            add(probe.address(), probe);
            probe.names().forEach(name -> add(name, probe));
        }
    }

    private void add(String server, DirectProbe probe) {
        byAddress
                .computeIfAbsent(HostName.of(server), each -> new ArrayList<>())
                .add(probe);
    }

    private Stream<DirectProbe> at(BackendServer server) {
        return byAddress.getOrDefault(server.host(), List.of()).stream();
    }

    /** The looks at one address. */
    public Stream<DirectProbe> at(HostName address) {
        return byAddress.getOrDefault(address, List.of()).stream();
    }

    /** Whether somebody looked at it, at whatever port. */
    public boolean isLookedAt(BackendServer server) {
        return at(server).findAny().isPresent();
    }

    /** The looks at the server's own port, or at a port that was not told. */
    public Stream<DirectProbe> at(BackendServer server, OptionalInt port) {
        return at(server)
                .filter(each ->
                        each.port().isEmpty() || port.isEmpty() || each.port().equals(port));
    }

    /** The looks at a port of whatever address, those at one address together. */
    public Stream<DirectProbe> atPort(int port) {
        return byAddress.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.port().isPresent() && each.port().getAsInt() == port);
    }

    /** The good answers of other addresses to what was asked of the server at a port: the same path for the same host. */
    public Stream<DirectProbe> answeredElsewhere(BackendServer server, int port) {
        List<DirectProbe> asked = at(server, OptionalInt.of(port)).toList();
        return atPort(port)
                .filter(each ->
                        each.answeredWell() && !HostName.of(each.address()).equals(server.host()))
                .filter(each -> asked.stream()
                        .anyMatch(own -> own.path().equals(each.path())
                                && HostName.of(own.host()).equals(HostName.of(each.host()))));
    }

    /** The looks at other ports of the server. */
    public Stream<DirectProbe> elsewhere(BackendServer server) {
        return at(server)
                .filter(each -> each.port().isPresent()
                        && server.doors().stream()
                                .noneMatch(door -> door.port().equals(each.port())
                                        || door.port().isEmpty()));
    }

    /** A look at a port in use that was refused; none where another address of the same name accepts there. */
    public Optional<DirectProbe> refused(BackendServer server) {
        List<DirectProbe> here =
                server.doors().stream().flatMap(door -> at(server, door.port())).toList();
        boolean acceptedElsewhere = server.isNamed() && here.stream().anyMatch(DirectProbeIndex::isOpenAddress);
        return here.stream()
                .filter(each -> each.connect() == Connect.REFUSED && !acceptedElsewhere)
                .findFirst();
    }

    /** A look by which something accepts at a port in use; another port that is open shows only that a machine runs. */
    public Optional<DirectProbe> accepting(BackendServer server) {
        return server.doors().stream()
                .flatMap(door -> at(server, door.port()))
                .filter(each -> each.answeredWell() || isOpenAddress(each))
                .findFirst();
    }

    /** Whether it connected to an address that is known; what a name led to may be another machine. */
    private static boolean isOpenAddress(DirectProbe probe) {
        return probe.connect() == Connect.OK && IpAddresses.isAddress(probe.address());
    }

    /** A look by which something runs at the server: it answered, or refused, as only a running machine does. */
    public Optional<DirectProbe> alive(BackendServer server) {
        return at(server)
                .filter(each -> each.answeredWell()
                        || isOpenAddress(each)
                        || (each.connect() == Connect.REFUSED && IpAddresses.isAddress(each.address())))
                .findFirst();
    }

    /** The looks that asked for the server's name, with what came of it. */
    public Stream<DirectProbe> asked(BackendServer server) {
        return at(server).filter(each -> each.dns().isPresent());
    }

    /** The addresses to which the server's name was seen to lead, from wherever was looked. */
    public List<String> addressesOf(BackendServer server) {
        return asked(server)
                .flatMap(each -> each.dns().map(Dns::addresses).orElse(List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
