package dev.triage502.diagnosis;

import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Target.Place;
import dev.triage502.reachability.NetworkHop;
import dev.triage502.reachability.ReachabilityResult.Leg;
import dev.triage502.reachability.check.NetworkHops;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The hops along one rule of the gateway, each as it is where nothing is wrong with it. */
final class GatewayHops {

    private static final int MOST_ADDRESSES = 4;

    private final Situation situation;
    private final Gateway gateway;
    private final Optional<NetworkHops> network;

    GatewayHops(Situation situation, Gateway gateway) {
        this.situation = situation;
        this.gateway = gateway;
        this.network = NetworkHops.of(situation.evidence());
    }

    /** Whether it is known what packets pass between the gateway and its servers. */
    boolean isNetworkKnown() {
        return network.isPresent();
    }

    Hop client(List<String> hosts) {
        return Hop.passing(
                "Client",
                hosts.isEmpty() ? "any host" : hosts.get(0),
                hosts.size() > 1 ? "and " + (hosts.size() - 1) + " more" : "");
    }

    Hop listener(Rule rule) {
        String detail = gateway.listeners().stream()
                .filter(each -> each.name().equalsIgnoreCase(rule.listener()))
                .findFirst()
                .map(each -> protocol(each.protocol())
                        + each.port().stream()
                                .mapToObj(port -> " " + port)
                                .findFirst()
                                .orElse(""))
                .orElse("");
        return Hop.passing("Listener", rule.listener(), detail).at(place());
    }

    Hop rule(Rule rule) {
        String paths = rule.paths().stream().sorted().collect(Collectors.joining(", "));
        String priority =
                rule.priority().isPresent() ? "priority " + rule.priority().getAsInt() : "";
        return Hop.passing("Rule", rule.name(), paths.isEmpty() ? priority : paths)
                .at(place());
    }

    Hop setting(Rule rule) {
        String detail = gateway.setting(rule.setting())
                .map(each -> protocol(each.protocol()) + " " + each.port() + ", timeout " + each.requestTimeoutSeconds()
                        + " s")
                .orElse("");
        return Hop.passing("Backend setting", rule.setting(), detail).at(place());
    }

    Hop pool(Rule rule) {
        int members = members(rule);
        String targets = members == 0 ? "" : members == 1 ? "1 target" : members + " targets";
        return Hop.passing("Backend pool", rule.pool(), targets).at(place());
    }

    int members(Rule rule) {
        return gateway.pool(rule.pool())
                .map(pool -> pool.members().size() + pool.interfaces().size())
                .orElse(0);
    }

    /** The gateway itself, with its subnet where that was read. */
    private String place() {
        return gateway.id().name()
                + network.map(each -> " · " + each.gatewaySubnet()).orElse("");
    }

    /** What packets to the servers pass; of servers in several networks those of one, a failing one first. */
    List<NetworkHop> network(Rule rule) {
        return network
                .flatMap(known -> leg(rule)
                        .map(leg -> known.to(leg.addresses().get(0), leg.port().orElse(0))))
                .orElse(List.of())
                .stream()
                .map(hop -> hop.isOfGateway() && !hop.place().isEmpty() ? hop.at(place()) : hop)
                .toList();
    }

    private Optional<Leg> leg(Rule rule) {
        return legs(rule).stream()
                .filter(leg -> !leg.addresses().isEmpty() && leg.port().isPresent())
                .min(Comparator.comparing((Leg leg) -> !leg.failing())
                        .thenComparing(leg -> !leg.live())
                        .thenComparing(Leg::server));
    }

    /** The servers at the end of a rule. */
    List<Leg> legs(Rule rule) {
        return situation.reachability().legs().stream()
                .filter(leg -> leg.server()
                                .at(Place.POOL)
                                .filter(rule.pool()::equalsIgnoreCase)
                                .isPresent()
                        && leg.server()
                                .at(Place.SETTING)
                                .filter(rule.setting()::equalsIgnoreCase)
                                .isPresent())
                .toList();
    }

    /** All servers of the pool, counted by what their probes say. */
    Hop servers(Rule rule) {
        List<String> names = legs(rule).stream()
                .map(leg -> leg.server().name())
                .distinct()
                .sorted(Comparator.comparing((String name) -> IpAddresses.parse(name)
                                .map(range -> range.first().toString(16))
                                .map(hex -> "0".repeat(Math.max(0, 32 - hex.length())) + hex)
                                .orElse(""))
                        .thenComparing(name -> name))
                .toList();
        String name = names.isEmpty()
                ? "of " + rule.pool()
                : names.size() <= MOST_ADDRESSES ? String.join(", ", names) : names.size() + " servers";
        String where = names.stream()
                .findFirst()
                .flatMap(each -> network.flatMap(known -> known.subnetOf(each)))
                .orElse("");
        return Hop.passing(names.size() == 1 ? "Server" : "Servers", name, counted(rule))
                .at(where);
    }

    /** The servers among a pool's that suffer, where all the others are healthy. */
    Hop only(Rule rule, Set<String> suffering, Hop all) {
        Map<String, BackendHealth.State> worst = worst(rule);
        Set<String> known =
                suffering.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        boolean apart = !suffering.isEmpty()
                && suffering.size() < worst.size()
                && worst.entrySet().stream()
                        .allMatch(each ->
                                known.contains(each.getKey()) || each.getValue() == BackendHealth.State.HEALTHY);
        return !apart || suffering.size() > MOST_ADDRESSES
                ? all
                : new Hop(
                        suffering.size() == 1 ? "Server" : "Servers",
                        String.join(", ", suffering),
                        all.detail(),
                        all.state(),
                        all.word(),
                        all.place());
    }

    /** {@code 0 of 2 healthy}, {@code 3 of 6 healthy, 1 draining, 1 unknown}; empty where health was not read. */
    String counted(Rule rule) {
        Map<String, BackendHealth.State> worst = worst(rule);
        if (worst.isEmpty()) {
            return "";
        }
        long unknown = count(worst, BackendHealth.State.UNKNOWN::equals);
        if (unknown == worst.size()) {
            return worst.size() == 1 ? "health unknown" : "health of all unknown";
        }
        long draining = count(worst, BackendHealth.State.DRAINING::equals);
        return count(worst, BackendHealth.State.HEALTHY::equals) + " of " + worst.size() + " healthy"
                + (draining == 0 ? "" : ", " + draining + " draining")
                + (unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    /** Whether every server at the end of the rule is healthy by its probe, and there is one. */
    boolean isHealthy(Rule rule) {
        Map<String, BackendHealth.State> worst = worst(rule);
        return !worst.isEmpty() && worst.values().stream().allMatch(BackendHealth.State.HEALTHY::equals);
    }

    private static long count(Map<String, BackendHealth.State> states, Predicate<BackendHealth.State> which) {
        return states.values().stream().filter(which).count();
    }

    private Map<String, BackendHealth.State> worst(Rule rule) {
        Map<String, BackendHealth.State> states = new TreeMap<>();
        situation.evidence().backendHealth().toOptional().stream()
                .flatMap(health -> health.servers().stream())
                .filter(server -> server.pool().equalsIgnoreCase(rule.pool()))
                .forEach(server ->
                        states.merge(server.address().toLowerCase(Locale.ROOT), state(server), GatewayHops::worse));
        return states;
    }

    private static BackendHealth.State state(Server server) {
        return server.state() == BackendHealth.State.HEALTHY && server.isFailing()
                ? BackendHealth.State.UNHEALTHY
                : server.state();
    }

    private static BackendHealth.State worse(BackendHealth.State one, BackendHealth.State other) {
        List<BackendHealth.State> order = List.of(
                BackendHealth.State.UNHEALTHY,
                BackendHealth.State.UNKNOWN,
                BackendHealth.State.DRAINING,
                BackendHealth.State.HEALTHY);
        return order.indexOf(one) <= order.indexOf(other) ? one : other;
    }

    private static String protocol(String protocol) {
        return protocol.toUpperCase(Locale.ROOT);
    }
}
