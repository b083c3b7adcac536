package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way of the requests that fail, from the client to the servers, with the hop that breaks it: the answer to "where?".
 *
 * @param hops   in the order in which a request passes them
 * @param others ways of the same gateway that work, the most telling first
 * @param more   how many further ones work and are not listed
 */
public record RequestPath(List<Hop> hops, List<WorkingPath> others, int more) {

    private static final int MOST_OTHERS = 3;

    /** What is known of a hop. */
    public enum State {
        PASSES("passes"),
        BROKEN("broken"),
        /** It answers too late. */
        SLOW("slow"),
        /** Behind the broken hop. */
        NOT_REACHED("not-reached"),
        /** What decides there was not read, or is not modelled. */
        UNCHECKED("unchecked"),
        /** It was broken, and works again. */
        FIXED("fixed");

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
     * @param place  where it is: the gateway, a subnet; empty where that is not known or says nothing
     */
    public record Hop(String kind, String name, String detail, State state, String word, String place) {
        static Hop passing(String kind, String name, String detail) {
            return new Hop(kind, name, detail, State.PASSES, "", "");
        }

        Hop at(String where) {
            return new Hop(kind, name, detail, state, word, where);
        }

        Hop as(State other, String means) {
            return new Hop(kind, name, detail, other, means, place);
        }
    }

    /**
     * A way that works.
     *
     * @param name what its clients ask for: a host, else a listener
     * @param why  why it is said to work
     * @param hops in the order in which a request passes them
     */
    public record WorkingPath(String name, String why, List<Hop> hops) {
        public WorkingPath {
            hops = List.copyOf(hops);
        }
    }

    public RequestPath {
        hops = List.copyOf(hops);
        others = List.copyOf(others);
    }

    /**
     * The path of a fault, or of the first fault behind failures that are over; empty where the gateway was not read, or no
     * rule leads to it.
     *
     * @param others      further faults
     * @param impact      who is hit and who is not, if requests were counted
     * @param notModelled what stands on the way and is not checked
     */
    static Optional<RequestPath> of(
            Situation situation,
            NamedCause root,
            List<NamedCause> others,
            Optional<Impact> impact,
            List<NotModelled> notModelled) {
        if (root.id().equals(Conclusion.RECOVERED.id())) {
            return others.stream()
                    .findFirst()
                    .flatMap(fault -> of(situation, fault, impact, List.of()))
                    .map(RequestPath::fixed);
        }
        return of(situation, root, impact, notModelled);
    }

    private static Optional<RequestPath> of(
            Situation situation, NamedCause fault, Optional<Impact> impact, List<NotModelled> notModelled) {
        Optional<Gateway> gateway = situation.evidence().gateway().toOptional();
        if (gateway.isEmpty() || fault.target().isEmpty()) {
            return Optional.empty();
        }
        return rule(gateway.get(), fault, impact).map(rule -> {
            GatewayHops hops = new GatewayHops(situation, gateway.get());
            List<String> hosts = impact.map(Impact::hosts).orElse(List.of());
            List<Hop> failing =
                    new FailingPath(hops, gateway.get(), fault, fault.target().get(), rule).hops(hosts, notModelled);
            WorkingPaths working = new WorkingPaths(gateway.get(), hops, rule, impact);
            return new RequestPath(failing, working.first(MOST_OTHERS), Math.max(0, working.count() - MOST_OTHERS));
        });
    }

    /** The same path now that requests pass it again. */
    private RequestPath fixed() {
        return new RequestPath(
                hops.stream()
                        .map(hop -> switch (hop.state()) {
                            case BROKEN, SLOW -> hop.as(State.FIXED, "works again");
                            case NOT_REACHED -> hop.as(State.PASSES, "");
                            default -> hop;
                        })
                        .toList(),
                others,
                more);
    }

    /**
     * A rule that leads through all that is known of the target, or else of a further one. Of several, as where an NSG stands
     * before every pool, it is one whose pool suffers, then one that serves a host that is hit, that of the path's client before
     * others; then the first by name, so that the order in which Azure lists them changes nothing.
     */
    private static Optional<Rule> rule(Gateway gateway, NamedCause root, Optional<Impact> impact) {
        List<String> suffering = root.findings().stream()
                .flatMap(finding -> finding.suffering().stream())
                .flatMap(target -> target.at(Place.POOL).stream())
                .toList();
        List<String> hit = impact.map(Impact::listeners).orElse(List.of());
        List<String> ofClient = listeners(gateway, impact);
        return Stream.concat(root.target().stream(), root.alsoAt().stream())
                .flatMap(target -> gateway.routes().stream()
                        .filter(rule -> leads(target, Place.LISTENER, rule.listener())
                                && leads(target, Place.RULE, rule.name())
                                && leads(target, Place.SETTING, rule.setting())
                                && leads(target, Place.POOL, rule.pool())
                                && probes(gateway, target, rule))
                        .min(Comparator.comparing((Rule rule) -> !isOneOf(suffering, rule.pool()))
                                .thenComparing(rule -> !isOneOf(hit, rule.listener()))
                                .thenComparing(rule -> !isOneOf(ofClient, rule.listener()))
                                .thenComparing(Rule::name)
                                .thenComparing(rule ->
                                        rule.paths().stream().sorted().toList().toString())
                                .thenComparing(Rule::pool)
                                .thenComparing(Rule::setting))
                        .stream())
                .findFirst();
    }

    /** The listeners of the host that the path begins with. */
    private static List<String> listeners(Gateway gateway, Optional<Impact> impact) {
        Optional<String> client = impact.flatMap(each -> each.hosts().stream().findFirst());
        return client.stream()
                .flatMap(host -> gateway.listeners().stream()
                        .filter(each -> each.hosts().stream().anyMatch(host::equalsIgnoreCase)))
                .map(Listener::name)
                .toList();
    }

    private static boolean isOneOf(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
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
}
