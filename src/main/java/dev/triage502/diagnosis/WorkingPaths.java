package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.WorkingPath;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.NetworkHop;
import dev.triage502.reachability.NetworkHop.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which other ways through the gateway work? Comparing one with the broken way often explains the fault. A way works if its
 * servers are healthy, and none of the requests that were counted for it failed.
 */
final class WorkingPaths {

    private final Map<ArmName, Listener> listeners = new HashMap<>();
    private final GatewayHops hops;
    private final List<Rule> rules;
    private final List<String> notAffected;

    WorkingPaths(Gateway gateway, GatewayHops hops, Rule broken, Optional<Impact> impact) {
        gateway.listeners().forEach(each -> listeners.putIfAbsent(ArmName.of(each.name()), each));
        this.hops = hops;
        this.notAffected = impact.map(Impact::notAffected).orElse(List.of());
        List<String> hit = impact.map(Impact::hosts).orElse(List.of());
        List<String> hitListeners = impact.map(Impact::listeners).orElse(List.of());
        Map<String, Rule> byPlace = new TreeMap<>();
        gateway.routes().stream()
                .filter(rule -> !rule.pool().equalsIgnoreCase(broken.pool()))
                .filter(rule -> hitListeners.stream().noneMatch(rule.listener()::equalsIgnoreCase))
                .filter(rule -> hit.stream().noneMatch(host -> serves(rule, host)))
                .filter(hops::isHealthy)
                .sorted(Comparator.comparing(Rule::name).thenComparing(Rule::setting))
                .forEach(rule ->
                        byPlace.putIfAbsent((rule.listener() + " " + rule.pool()).toLowerCase(Locale.ROOT), rule));
        this.rules = byPlace.values().stream()
                .filter(rule -> hops.network(rule).stream().allMatch(hop -> hop.verdict() != Verdict.DENIES))
                .sorted(Comparator.comparing((Rule rule) -> spared(rule).isEmpty()))
                .toList();
    }

    /** How many there are. */
    int count() {
        return rules.size();
    }

    /** The first so many, those of hosts that requests show to work before the others. */
    List<WorkingPath> first(int most) {
        return rules.stream().limit(most).map(this::path).toList();
    }

    private WorkingPath path(Rule rule) {
        Optional<String> host = spared(rule);
        List<String> hosts = host.map(List::of)
                .orElseGet(() -> listener(rule).map(Listener::hosts).orElse(List.of()));
        List<Hop> all = new ArrayList<>();
        all.add(hops.client(hosts));
        all.add(hops.listener(rule));
        all.add(hops.rule(rule));
        all.add(hops.setting(rule));
        all.add(hops.pool(rule));
        hops.network(rule).stream()
                .filter(hop -> hop.verdict() == Verdict.ALLOWS)
                .forEach(hop -> all.add(hop(hop)));
        all.add(hops.servers(rule));
        return new WorkingPath(
                hosts.stream().findFirst().orElse(rule.listener()),
                host.isPresent() ? "none of its requests failed" : "its servers are healthy",
                all);
    }

    private static Hop hop(NetworkHop hop) {
        return Hop.passing(hop.kind().words(), hop.name(), hop.detail()).at(hop.place());
    }

    private Optional<String> spared(Rule rule) {
        return notAffected.stream().filter(host -> serves(rule, host)).findFirst();
    }

    private boolean serves(Rule rule, String host) {
        return listener(rule)
                .filter(each ->
                        each.hosts().stream().anyMatch(name -> HostName.of(host).isCoveredBy(HostName.of(name))))
                .isPresent();
    }

    private Optional<Listener> listener(Rule rule) {
        return Optional.ofNullable(listeners.get(ArmName.of(rule.listener())));
    }
}
