package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.State;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One walk along the way of the requests that fail: what they pass, where it breaks, and what they no longer reach. */
final class FailingPath {

    private static final int MOST_HOPS = 9;

    /** What a cause means at its hop, whether there are one or several. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("gateway-not-running", "not running"),
            Map.entry("gateway-capacity-exhausted", "at capacity"),
            Map.entry("configuration-not-applied", "runs an old configuration"),
            Map.entry("platform-event", "had a platform event"),
            Map.entry("backend-pool-empty", "empty"),
            Map.entry("backends-stopped", "stopped"),
            Map.entry("stale-backend-addresses", "gone"),
            Map.entry("backend-name-resolves-elsewhere", "resolves elsewhere"),
            Map.entry("backend-name-unresolvable", "does not resolve"),
            Map.entry("backend-address-unreachable", "no route"),
            Map.entry("backend-not-listening", "port closed"),
            Map.entry("backend-refuses-gateway", "access denied"),
            Map.entry("backend-certificate-expired", "certificate expired"),
            Map.entry("backend-certificate-name-mismatch", "certificate name does not match"),
            Map.entry("backend-certificate-chain-incomplete", "certificate chain incomplete"),
            Map.entry("backend-certificate-untrusted", "certificate not trusted"),
            Map.entry("backend-tls-handshake-failed", "TLS handshake fails"),
            Map.entry("backend-returns-error", "returns 5xx"),
            Map.entry("backend-sends-invalid-response", "invalid HTTP response"),
            Map.entry("backend-closes-connection", "connection closed"),
            Map.entry("backend-overloaded", "too slow"),
            Map.entry("request-timeout", "timeout"),
            Map.entry("probe-timeout", "timeout"),
            Map.entry("default-probe-rejected", "default probe rejected"));

    /** Causes whose target is a setting, and whose failure is seen at the servers. */
    private static final Set<String> AT_SERVERS = Set.of(
            "backend-certificate-expired",
            "backend-certificate-name-mismatch",
            "backend-certificate-chain-incomplete",
            "backend-certificate-untrusted",
            "backend-tls-handshake-failed");

    private final GatewayHops gatewayHops;
    private final Gateway gateway;
    private final NamedCause root;
    private final Target target;
    private final Rule rule;
    private final List<Hop> hops = new ArrayList<>();
    private boolean broken;

    FailingPath(GatewayHops gatewayHops, Gateway gateway, NamedCause root, Target target, Rule rule) {
        this.gatewayHops = gatewayHops;
        this.gateway = gateway;
        this.root = root;
        this.target = target;
        this.rule = rule;
    }

    /** All hops; exactly one of them is broken or slow. */
    List<Hop> hops(List<String> hosts, List<NotModelled> notModelled) {
        hops.add(gatewayHops.client(hosts));
        if (target.kind() == Kind.GATEWAY || target.kind() == Kind.SUBNET || isOfManagement()) {
            breaks(Hop.passing(
                    "Application gateway", gateway.id().name(), isOfManagement() ? "by " + target.name() : ""));
        }
        gatewayHop(Kind.LISTENER, gatewayHops.listener(rule));
        gatewayHop(Kind.ROUTING_RULE, gatewayHops.rule(rule));
        gatewayHop(Kind.SETTING, gatewayHops.setting(rule));
        pool();
        if (target.kind() == Kind.PROBE) {
            breaks(Hop.passing("Health probe", target.name(), ""));
        }
        between(notModelled);
        servers();
        return List.copyOf(hops);
    }

    private void gatewayHop(Kind kind, Hop hop) {
        if (target.kind() == kind && target.name().equalsIgnoreCase(hop.name()) && !AT_SERVERS.contains(root.id())) {
            breaks(hop);
        } else {
            pass(hop);
        }
    }

    private void pass(Hop hop) {
        hops.add(broken ? hop.as(State.NOT_REACHED, "") : hop);
    }

    /** A pool is at fault itself where it is empty; else it is its servers that are. */
    private void pool() {
        Hop pool = gatewayHops.pool(rule);
        if (target.kind() == Kind.POOL && gatewayHops.members(rule) == 0) {
            breaks(new Hop(pool.kind(), pool.name(), "no targets", pool.state(), "", pool.place()));
        } else {
            pass(pool);
        }
    }

    /** What packets pass between the gateway and the servers; nothing of it where they do not leave the gateway. */
    private void between(List<NotModelled> notModelled) {
        if (isOfManagement() || broken) {
            return;
        }
        NetworkPassage passage = new NetworkPassage(root, target, gatewayHops.network(rule));
        int room = Math.max(1, MOST_HOPS - hops.size() - 1);
        List<Hop> behind = passage.behind();
        Optional<Hop> fault = passage.fault();
        List<Hop> before = passage.before(notModelled, gatewayHops.isNetworkKnown());
        NetworkPassage.merged(before, Math.max(1, room - (fault.isPresent() ? 1 : 0) - behind.size()))
                .forEach(this::pass);
        if (fault.isPresent()) {
            breaks(fault.get(), fault.get().word());
            behind.forEach(this::pass);
        }
    }

    private void servers() {
        Hop all = gatewayHops.servers(rule);
        if (target.kind() == Kind.SERVER) {
            int more = root.alsoAt().size();
            String name = target.name() + (more == 0 ? "" : " and " + more + " more");
            all = new Hop(more == 0 ? "Server" : "Servers", name, all.detail(), all.state(), "", all.place());
        } else if (target.kind() == Kind.SETTING) {
            all = gatewayHops.only(rule, suffering(), all);
        }
        breaks(all);
    }

    /** The servers of the rule's pool that the findings are about. */
    private Set<String> suffering() {
        return root.findings().stream()
                .flatMap(finding -> finding.suffering().stream())
                .filter(each -> each.kind() == Kind.SERVER
                        && each.at(Place.POOL)
                                .filter(rule.pool()::equalsIgnoreCase)
                                .isPresent())
                .map(Target::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The hop at which it breaks; a second one of the same fault is behind the first. */
    private void breaks(Hop hop) {
        breaks(hop, "");
    }

    /** @param means what it means at this hop; empty for what it means wherever it is */
    private void breaks(Hop hop, String means) {
        if (broken) {
            hops.add(hop.as(State.NOT_REACHED, ""));
            return;
        }
        broken = true;
        boolean slow = root.id().equals("request-timeout") || root.id().equals("backend-overloaded");
        String sure = root.confidence()
                .filter(each -> each != Confidence.CONFIRMED)
                .map(each -> each == Confidence.LIKELY ? "likely " : "possibly ")
                .orElse("");
        hops.add(hop.as(slow ? State.SLOW : State.BROKEN, sure + (means.isEmpty() ? word() : means)));
    }

    /** What cuts the gateway off from Azure's own traffic is on no request's way; the gateway itself is what fails. */
    private boolean isOfManagement() {
        return root.id().equals("nsg-blocks-gateway-manager") || root.id().equals("route-diverts-gateway-management");
    }

    private String word() {
        if (isOfManagement()) {
            return dropsProbes() ? "cut off from Azure's health probes" : "cut off from its management";
        }
        String words = WORDS.getOrDefault(root.id(), "");
        if (!words.isEmpty()) {
            return words;
        }
        return switch (target.kind()) {
            case NSG_RULE, ADMIN_RULE -> "blocks";
            case ROUTE -> "diverts";
            default -> isOne() ? "fails" : target.kind() == Kind.SERVER || passesPool() ? "fail" : "is at fault";
        };
    }

    private boolean dropsProbes() {
        return root.findings().stream().anyMatch(finding -> finding.values().containsKey("dropped-probes"));
    }

    private boolean isOne() {
        return target.kind() == Kind.PROBE
                || target.kind() == Kind.SERVER && root.alsoAt().isEmpty();
    }

    private boolean passesPool() {
        return hops.stream().anyMatch(hop -> hop.kind().equals("Backend pool"));
    }
}
