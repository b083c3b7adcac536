package dev.triage502.reachability.check;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Clear;
import dev.triage502.reachability.CheckResult.Moot;
import dev.triage502.reachability.CheckResult.Unread;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.UncheckedHop;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Does anything accept connections at the port that is asked, or at another one? */
final class ListeningCheck {

    private static final int NOT_FOUND = 404;

    private final Topology topology;
    private final Observations observed;
    private final UncheckedHops hops;
    private final BalancedMembers balanced;

    ListeningCheck(Topology topology, Observations observed, UncheckedHops hops) {
        this.topology = topology;
        this.observed = observed;
        this.hops = hops;
        this.balanced = new BalancedMembers(topology, observed);
    }

    /** The service is seen at another port, while nothing accepts at the one that is asked. */
    CheckResult otherPort(BackendServer server) {
        Optional<DirectProbe> closed = closed(server);
        Optional<DirectProbe> open = ofTheService(
                        server, closed, observed.probes().elsewhere(server))
                .min(java.util.Comparator.comparing((DirectProbe each) -> !each.answeredWell())
                        .thenComparing(each -> each.port().orElse(0)));
        Optional<DirectProbe> own = ofTheService(
                        server,
                        closed,
                        doors(server).flatMap(door -> observed.probes().at(server, door.port())))
                .findFirst();
        Optional<DirectProbe> found = open.or(() -> closed.flatMap(each -> own));
        // Where the port in use is not known, a look may be at one port as well as at the other.
        boolean same = closed.isPresent()
                && found.isPresent()
                && port(server, closed.get()).equals(port(server, found.get()));
        if (found.isEmpty() || closed.isEmpty() || same) {
            Optional<Claim> before = closed.isEmpty() ? servedElsewhere(server) : Optional.empty();
            if (before.isPresent()) {
                return CheckResult.hinted(before.get());
            }
            return closed.isPresent() || observed.probes().alive(server).isPresent()
                    ? new Clear(Source.DIRECT_PROBE, "no other port was found to respond")
                    : unread();
        }
        Claim claim = Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "port " + port(server, closed.get()) + " is closed, but port " + port(server, found.get())
                                + " returns " + found.get().status().getAsInt()
                                + whence(found.get()))
                .with("port", port(server, closed.get()))
                .with("open-port", port(server, found.get()));
        return found.get().answeredWell() && isClosedForSure(closed.get())
                ? CheckResult.shown(claim)
                : CheckResult.hinted(claim);
    }

    /**
     * Whether nothing listens there by what is known: a rule that was not read may drop what gets no answer, and without the gateway's
     * document it is not known which pool's service is asked at which port.
     */
    private boolean isClosedForSure(DirectProbe look) {
        boolean dropped = look.connect() == Connect.TIMED_OUT
                && topology.network().unread().isPresent();
        return !dropped && topology.gateway().isPresent();
    }

    /** Requests were served at another port than any that the gateway uses now: the service may still be there. */
    private Optional<Claim> servedElsewhere(BackendServer server) {
        List<Integer> used = doors(server)
                .flatMap(door -> door.port().stream().boxed())
                .distinct()
                .toList();
        if (!server.isSilent()
                || used.size() != 1
                || observed.probes().alive(server).isPresent()) {
            return Optional.empty();
        }
        return observed.requests()
                .map(each -> each.of(server.pool(), server.host()).servedPorts())
                .filter(ports -> !ports.containsKey(used.get(0)))
                .flatMap(ports -> ports.entrySet().stream().max(Map.Entry.comparingByValue()))
                .map(last -> Claim.of(
                                Source.ACCESS_LOG,
                                server.address(),
                                "served requests on port " + last.getKey() + " until " + NameLists.time(last.getValue())
                                        + ", but the gateway uses port " + used.get(0))
                        .at(last.getValue())
                        .with("port", String.valueOf(used.get(0)))
                        .with("open-port", String.valueOf(last.getKey())));
    }

    /**
     * The answers on other ports than the closed one that may be the service's. Where one was asked for the same path, that answer
     * counts alone, and a service that does not have the path is another one.
     */
    private Stream<DirectProbe> ofTheService(
            BackendServer server, Optional<DirectProbe> closed, Stream<DirectProbe> looks) {
        Set<String> asked = closed.stream()
                .flatMap(each -> observed.probes().at(server, each.port()))
                .filter(each -> isOf(closed, each.port()))
                .map(DirectProbe::path)
                .collect(Collectors.toSet());
        List<DirectProbe> answers = looks.filter(each -> each.answered() && !isOf(closed, each.port()))
                .filter(each -> !isOfAnotherPool(server, each))
                .toList();
        Set<OptionalInt> compared = answers.stream()
                .filter(each -> asked.contains(each.path()))
                .map(DirectProbe::port)
                .collect(Collectors.toSet());
        return answers.stream()
                .filter(each -> asked.contains(each.path())
                        ? each.status().orElse(0) != NOT_FOUND
                        : !compared.contains(each.port()));
    }

    /** Whether another pool's service is asked at that port for that host, and this one's is not: its answer is that of the other. */
    private boolean isOfAnotherPool(BackendServer server, DirectProbe look) {
        List<Association> asking = topology.gateway().toOptional().map(Gateway::associations).orElse(List.of()).stream()
                .filter(each -> asksFor(each, server, look.host()))
                .toList();
        return !asking.isEmpty()
                && asking.stream()
                        .noneMatch(each -> ArmName.of(each.pool().name()).equals(server.pool()))
                && asking.stream().anyMatch(each -> isDoor(each.setting(), look.port()));
    }

    private boolean asksFor(Association pair, BackendServer server, String host) {
        Gateway gateway = topology.gateway().toOptional().orElseThrow();
        return Stream.of(
                        gateway.probedHost(pair.setting(), server.address()),
                        gateway.liveHost(pair.setting(), server.address()))
                .map(HostName::of)
                .anyMatch(HostName.of(host)::equals);
    }

    private boolean isDoor(Setting setting, OptionalInt port) {
        int probed = topology.gateway().toOptional().orElseThrow().probedPort(setting);
        return port.isPresent() && (port.getAsInt() == setting.port() || port.getAsInt() == probed);
    }

    /** Whether it is the port that was found closed: two looks at one port may differ by where they come from. */
    private static boolean isOf(Optional<DirectProbe> closed, OptionalInt port) {
        return closed.filter(each -> each.port().equals(port)).isPresent();
    }

    /** Of a server whose probe passes: some of those behind it do not accept what is passed on to them. */
    CheckResult partlyListening(BackendServer server) {
        return balanced.refusing(server).map(CheckResult::shown).orElseGet(Moot::new);
    }

    /** Everything lets the traffic through, and nothing accepts. */
    CheckResult notListening(BackendServer server, Map<Step, CheckResult> before) {
        boolean clean = List.of(Step.NO_WAY, Step.DIVERTED, Step.DENIED).stream()
                .allMatch(step -> before.get(step) instanceof Clear || before.get(step) instanceof Moot);
        boolean runs = before.get(Step.STOPPED) instanceof Clear;
        Optional<DirectProbe> refused = observed.probes().refused(server);
        if (refused.isPresent()) {
            Claim claim = refusal(server, refused.get());
            return clean ? new CheckResult.Shown(List.of(claim)) : new CheckResult.Hinted(withWords(server, claim));
        }
        if (observed.probes().accepting(server).isPresent() || server.failsWith(ProbeFailure.NAME_UNRESOLVED)) {
            return observed.probes().accepting(server).isPresent()
                    ? new Clear(Source.DIRECT_PROBE, "accepts direct connections")
                    : new Moot();
        }
        Optional<Claim> none = balanced.none(server);
        if (none.isPresent() && (server.isSilent() || closed(server).isPresent())) {
            return CheckResult.hinted(none.get());
        }
        Optional<Claim> takenOut = balanced.takenOut(server);
        if (takenOut.isPresent()) {
            return clean && closed(server).isPresent()
                    ? CheckResult.shown(takenOut.get())
                    : CheckResult.hinted(takenOut.get());
        }
        // Silence shows a closed port only where a machine is known to hold the address.
        boolean open = before.values().stream().anyMatch(Unread.class::isInstance);
        if (!clean || (open && !isHeld(server))) {
            return firstUnread(before);
        }
        Optional<UncheckedHop> hop = hops.of(server).stream().findFirst();
        if (hop.isPresent()) {
            // Silence may be that of rules on the way which are not read.
            return new Unread(new CouldNotRead<>(
                    hop.get().source(), Reading.Why.NOT_COLLECTED, hop.get().text()));
        }
        if (hasTwoPorts(server) && closed(server).isEmpty()) {
            // Requests may be served on the one while the probe asks the other; it takes a look to tell.
            return unread();
        }
        boolean powerKnown = !(before.get(Step.STOPPED) instanceof Unread) || observed.areChangesRead();
        if (closed(server).isEmpty() && (!powerKnown || mayFailInHandshake(server))) {
            // A stopped machine keeps its interface, and a TLS handshake that fails is told as no connection.
            return powerKnown ? unread() : firstUnread(before);
        }
        List<Claim> hints = new ArrayList<>();
        if (server.failsWith(ProbeFailure.CANNOT_CONNECT) && !observed.isAccepting(server.pair())) {
            server.health().map(each -> words(server, each)).ifPresent(hints::add);
            // Without a direct look nothing could have spoken against a closed port.
            if (runs && observed.probesUnread().isEmpty()) {
                hints.add(Claim.of(
                        Source.NETWORK,
                        server.address(),
                        "is running, and NSG rules and routes allow the gateway's connections"));
            }
        }
        closed(server)
                .ifPresent(each -> hints.add(Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "port " + port(server, each) + " does not respond to a direct connection" + whence(each)
                                + ", as with a host firewall")));
        return hints.isEmpty() ? unread() : new CheckResult.Hinted(hints);
    }

    /** Whether requests reached it through TLS, as far as is known, and were closed without a response. */
    private boolean mayFailInHandshake(BackendServer server) {
        boolean tls = topology.gateway()
                .toOptional()
                .flatMap(gateway -> gateway.setting(server.setting().toString()))
                .filter(Setting::isTls)
                .isPresent();
        return tls
                && observed.requests()
                        .filter(each -> each.of(server.pool(), server.host()).isClosed())
                        .isPresent();
    }

    /** Whether the probe asks another port than requests go to. */
    private static boolean hasTwoPorts(BackendServer server) {
        return server.doors().stream().map(PortUse::port).distinct().count() > 1;
    }

    /** Whether an interface, an instance or an answer on another port shows that something holds the address now. */
    private boolean isHeld(BackendServer server) {
        return topology.addresses().of(server).stream()
                        .anyMatch(each -> topology.owners().cardAt(each).isPresent()
                                || topology.members().at(each).isPresent())
                || observed.probes().elsewhere(server).anyMatch(each -> each.connect() == Connect.OK);
    }

    private static Claim refusal(BackendServer server, DirectProbe look) {
        return Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "port " + port(server, look) + " refuses direct connections" + whence(look))
                .with("port", port(server, look));
    }

    private static List<Claim> withWords(BackendServer server, Claim claim) {
        List<Claim> claims = new ArrayList<>(List.of(claim));
        server.health()
                .filter(each -> each.failure() == ProbeFailure.CANNOT_CONNECT)
                .map(each -> words(server, each))
                .ifPresent(claims::add);
        return claims;
    }

    private static Claim words(BackendServer server, BackendHealth.Server health) {
        return Claim.of(
                Source.BACKEND_HEALTH, server.address(), "the gateway's probe reports \"" + health.log() + "\"");
    }

    /** A look at a port in use that found it closed: refused, or without an answer. */
    private Optional<DirectProbe> closed(BackendServer server) {
        return observed.probes()
                .refused(server)
                .or(() -> doors(server)
                        .flatMap(door -> observed.probes().at(server, door.port()))
                        .filter(each -> each.connect() == Connect.TIMED_OUT)
                        .findFirst());
    }

    private static Stream<PortUse> doors(BackendServer server) {
        return server.doors().stream();
    }

    private static CheckResult firstUnread(Map<Step, CheckResult> before) {
        return before.values().stream()
                .filter(Unread.class::isInstance)
                .findFirst()
                .orElseGet(Moot::new);
    }

    private CheckResult unread() {
        return new Unread(observed.probesUnread()
                .orElseGet(() -> new CouldNotRead<>(
                        Source.DIRECT_PROBE,
                        Reading.Why.NOT_COLLECTED,
                        "no direct connection to the server was tried")));
    }

    private static String port(BackendServer server, DirectProbe look) {
        return IntStream.concat(
                        look.port().stream(), server.doors().stream().flatMapToInt(door -> door.port().stream()))
                .mapToObj(String::valueOf)
                .findFirst()
                .orElse("in use");
    }

    private static String whence(DirectProbe look) {
        return look.from().isEmpty() ? "" : " (tested from " + look.from() + ")";
    }
}
