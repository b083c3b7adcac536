package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way of the requests that fail, from the client to the servers, with the hop that breaks it: the answer to "where?".
 *
 * @param hops in the order in which a request passes them
 */
public record RequestPath(List<Hop> hops) {

    /** What is known of a hop. */
    public enum State {
        PASSES("passes"),
        BROKEN("broken"),
        /** It answers too late. */
        SLOW("slow"),
        /** Behind the broken hop. */
        NOT_REACHED("not-reached"),
        /** What decides there was not read, or is not modelled. */
        UNCHECKED("unchecked");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** As documents have it: {@code not-reached}. */
        public String id() {
            return id;
        }
    }

    /**
     * One hop.
     *
     * @param kind   what it is, in the portal's words
     * @param name   its name
     * @param detail one line more; may be empty
     * @param word   what the state means here, {@code blocked}; empty where it passes
     */
    public record Hop(String kind, String name, String detail, State state, String word) {
        static Hop passing(String kind, String name, String detail) {
            return new Hop(kind, name, detail, State.PASSES, "");
        }
    }

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

    public RequestPath {
        hops = List.copyOf(hops);
    }

    /**
     * The path of a fault; empty where the gateway was not read, or no rule leads to the fault.
     *
     * @param hosts       the hosts that are hit, the one with most failures first
     * @param health      how many servers of the pool are healthy, if that is known
     * @param notModelled what stands on the way and is not checked
     */
    static Optional<RequestPath> of(
            Evidence evidence,
            NamedCause root,
            List<String> hosts,
            Optional<PoolHealth> health,
            List<NotModelled> notModelled) {
        Optional<Gateway> gateway = evidence.gateway().toOptional();
        if (gateway.isEmpty() || root.target().isEmpty()) {
            return Optional.empty();
        }
        return rule(gateway.get(), root)
                .map(rule -> new Walk(
                                evidence, gateway.get(), root, root.target().get(), rule)
                        .path(hosts, health, notModelled));
    }

    /**
     * A rule that leads through all that is known of the target, or else of a further one. Of several it is the first by
     * name, so that the order in which Azure lists them changes nothing.
     */
    private static Optional<Rule> rule(Gateway gateway, NamedCause root) {
        return Stream.concat(root.target().stream(), root.alsoAt().stream())
                .flatMap(target -> gateway.routes().stream()
                        .filter(rule -> leads(target, Place.LISTENER, rule.listener())
                                && leads(target, Place.RULE, rule.name())
                                && leads(target, Place.SETTING, rule.setting())
                                && leads(target, Place.POOL, rule.pool())
                                && probes(gateway, target, rule))
                        .min(Comparator.comparing(Rule::name)
                                .thenComparing(rule ->
                                        rule.paths().stream().sorted().toList().toString())
                                .thenComparing(Rule::pool)
                                .thenComparing(Rule::setting))
                        .stream())
                .findFirst();
    }

    private static boolean leads(Target target, Place place, String name) {
        return target.at(place).map(name::equalsIgnoreCase).orElse(true);
    }

    private static boolean probes(Gateway gateway, Target target, Rule rule) {
        Optional<String> probe = target.at(Place.PROBE);
        return probe.isEmpty()
                || gateway.setting(rule.setting())
                        .filter(setting -> setting.probe().equalsIgnoreCase(probe.get()))
                        .isPresent();
    }

    /** One walk along the path. */
    private static final class Walk {
        private final Evidence evidence;
        private final Gateway gateway;
        private final NamedCause root;
        private final Target target;
        private final Rule rule;
        private final List<Hop> hops = new ArrayList<>();
        private boolean broken;

        Walk(Evidence evidence, Gateway gateway, NamedCause root, Target target, Rule rule) {
            this.evidence = evidence;
            this.gateway = gateway;
            this.root = root;
            this.target = target;
            this.rule = rule;
        }

        RequestPath path(List<String> hosts, Optional<PoolHealth> health, List<NotModelled> notModelled) {
            String client = hosts.isEmpty() ? "any host" : hosts.get(0);
            hops.add(Hop.passing("Client", client, hosts.size() > 1 ? "and " + (hosts.size() - 1) + " more" : ""));
            if (target.kind() == Kind.GATEWAY || target.kind() == Kind.SUBNET || isOfManagement()) {
                breaks("Application gateway", gateway.id().name(), isOfManagement() ? "by " + target.name() : "");
            }
            Optional<Listener> listener = gateway.listeners().stream()
                    .filter(each -> each.name().equalsIgnoreCase(rule.listener()))
                    .findFirst();
            hop(
                    Kind.LISTENER,
                    "Listener",
                    rule.listener(),
                    listener.map(each -> protocol(each.protocol())
                                    + each.port().stream()
                                            .mapToObj(port -> " " + port)
                                            .findFirst()
                                            .orElse(""))
                            .orElse(""));
            hop(
                    Kind.ROUTING_RULE,
                    "Rule",
                    rule.name(),
                    rule.paths().stream().sorted().collect(Collectors.joining(", ")));
            Optional<Setting> setting = gateway.setting(rule.setting());
            hop(
                    Kind.SETTING,
                    "Backend setting",
                    rule.setting(),
                    setting.map(each -> protocol(each.protocol()) + " " + each.port())
                            .orElse(""));
            pool();
            if (target.kind() == Kind.PROBE) {
                breaks("Health probe", target.name(), "");
            }
            between(notModelled);
            servers(health);
            return new RequestPath(hops);
        }

        private void hop(Kind kind, String words, String name, String detail) {
            if (target.kind() == kind && target.name().equalsIgnoreCase(name) && !AT_SERVERS.contains(root.id())) {
                breaks(words, name, detail);
            } else {
                hops.add(
                        broken
                                ? new Hop(words, name, detail, State.NOT_REACHED, "")
                                : Hop.passing(words, name, detail));
            }
        }

        /** A pool is at fault itself where it is empty; else it is its servers that are. */
        private void pool() {
            int members = gateway.pool(rule.pool())
                    .map(pool -> pool.members().size() + pool.interfaces().size())
                    .orElse(0);
            String targets = members == 0 ? "" : members == 1 ? "1 target" : members + " targets";
            if (target.kind() == Kind.POOL && members == 0) {
                breaks("Backend pool", rule.pool(), "no targets");
            } else {
                hops.add(
                        broken
                                ? new Hop("Backend pool", rule.pool(), targets, State.NOT_REACHED, "")
                                : Hop.passing("Backend pool", rule.pool(), targets));
            }
        }

        private void between(List<NotModelled> notModelled) {
            if (isOfManagement()) {
                return;
            }
            switch (target.kind()) {
                case NSG_RULE ->
                    breaks(
                            "NSG rule",
                            target.name(),
                            target.at(Place.NSG).map(nsg -> "in " + nsg).orElse(""));
                case ROUTE ->
                    breaks(
                            "Route",
                            target.name(),
                            target.at(Place.ROUTE_TABLE)
                                    .map(table -> "in " + table)
                                    .orElse(""));
                default -> {
                    if (!broken) {
                        notModelled.stream()
                                .limit(2)
                                .forEach(each -> hops.add(
                                        new Hop("On the way", each.what(), "", State.UNCHECKED, "not checked")));
                        if (evidence.network().toOptional().isEmpty()) {
                            hops.add(new Hop("Network", "NSGs, routes", "", State.UNCHECKED, "not read"));
                        }
                    }
                }
            }
        }

        private void servers(Optional<PoolHealth> health) {
            Optional<PoolHealth> ofPool = health.filter(each -> each.pool().equalsIgnoreCase(rule.pool()));
            String counted = ofPool.map(each -> each.healthy() + " of " + each.servers() + " healthy")
                    .orElse("");
            String kind = target.kind() == Kind.SERVER && root.alsoAt().isEmpty() ? "Server" : "Servers";
            String name = target.kind() == Kind.SERVER
                    ? target.name()
                            + (root.alsoAt().isEmpty()
                                    ? ""
                                    : " and " + root.alsoAt().size() + " more")
                    : "of " + rule.pool();
            if (broken) {
                hops.add(new Hop(kind, name, counted, State.NOT_REACHED, ""));
            } else {
                breaks(kind, name, counted);
            }
        }

        /** The hop at which it breaks; a second one of the same fault is behind the first. */
        private void breaks(String kind, String name, String detail) {
            if (broken) {
                hops.add(new Hop(kind, name, detail, State.NOT_REACHED, ""));
                return;
            }
            broken = true;
            boolean slow = root.id().equals("request-timeout") || root.id().equals("backend-overloaded");
            String sure = root.confidence()
                    .filter(each -> each != Confidence.CONFIRMED)
                    .map(each -> each == Confidence.LIKELY ? "likely " : "possibly ")
                    .orElse("");
            hops.add(new Hop(kind, name, detail, slow ? State.SLOW : State.BROKEN, sure + word()));
        }

        /** What cuts the gateway off from Azure's own traffic is on no request's way; the gateway itself is what fails. */
        private boolean isOfManagement() {
            return root.id().equals("nsg-blocks-gateway-manager")
                    || root.id().equals("route-diverts-gateway-management");
        }

        private String word() {
            if (isOfManagement()) {
                return "cut off from its management";
            }
            String words = WORDS.getOrDefault(root.id(), "");
            if (!words.isEmpty()) {
                return words;
            }
            return switch (target.kind()) {
                case NSG_RULE -> "blocks";
                case ROUTE -> "diverts";
                default -> isOne() ? "fails" : target.kind() == Kind.SERVER || passesPool() ? "fail" : "is at fault";
            };
        }

        private boolean isOne() {
            return target.kind() == Kind.PROBE
                    || target.kind() == Kind.SERVER && root.alsoAt().isEmpty();
        }

        private boolean passesPool() {
            return hops.stream().anyMatch(hop -> hop.kind().equals("Backend pool"));
        }

        private static String protocol(String protocol) {
            return protocol.toUpperCase(Locale.ROOT);
        }
    }
}
