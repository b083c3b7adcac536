package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.State;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.reachability.NetworkHop;
import dev.triage502.reachability.NetworkHop.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What packets of failing requests pass between gateway and servers: up to the fault, the fault, and behind it. */
final class NetworkPassage {

    private static final String NO_WAY = "backend-address-unreachable";
    private static final int MOST_NOT_MODELLED = 2;

    /** What joins two networks, and what it is where it does not. */
    private static final Map<NetworkHop.Kind, String> LINKS = Map.of(
            NetworkHop.Kind.PEERING, "not connected",
            NetworkHop.Kind.PRIVATE_ENDPOINT, "not approved");

    private final NamedCause root;
    private final Target target;
    private final List<NetworkHop> hops;
    private final Optional<NetworkHop> atFault;

    /** @param hops all that is passed, in the order in which packets meet it */
    NetworkPassage(NamedCause root, Target target, List<NetworkHop> hops) {
        this.root = root;
        this.target = target;
        this.hops = hops;
        this.atFault = hops.stream().filter(this::isAtFault).findFirst();
    }

    private boolean isAtFault(NetworkHop hop) {
        boolean decides = hop.detail().startsWith(target.name() + " ");
        return switch (target.kind()) {
            case NSG_RULE ->
                hop.kind().isNsg()
                        && decides
                        && target.at(Place.NSG)
                                .filter(hop.name()::equalsIgnoreCase)
                                .isPresent();
            case ADMIN_RULE -> hop.kind().isAdminRules() && decides;
            case ROUTE -> hop.kind() == NetworkHop.Kind.ROUTE && hop.name().equalsIgnoreCase(target.name());
            default -> root.id().equals(NO_WAY) && hop.verdict() == Verdict.DENIES && LINKS.containsKey(hop.kind());
        };
    }

    /**
     * What is passed before it breaks, or all where it does not break here.
     *
     * @param notModelled what has rules that are not read; it stands where packets have left the gateway
     * @param isKnown     whether the network was read
     */
    List<Hop> before(List<NotModelled> notModelled, boolean isKnown) {
        if (atFault.isEmpty() && isOfNetwork()) {
            return List.of();
        }
        List<NetworkHop> passed =
                atFault.map(each -> hops.subList(0, hops.indexOf(each))).orElse(hops);
        List<Hop> before = new ArrayList<>();
        passed.stream().filter(NetworkHop::isOfGateway).forEach(each -> before.add(hop(each)));
        notModelled.stream()
                .limit(MOST_NOT_MODELLED)
                .forEach(each ->
                        before.add(Hop.passing("On the way", each.what(), "").as(State.UNCHECKED, "not checked")));
        passed.stream().filter(each -> !each.isOfGateway()).forEach(each -> before.add(hop(each)));
        if (!isKnown) {
            before.add(Hop.passing("Network", "NSGs, routes", "").as(State.UNCHECKED, "not read"));
        }
        return before;
    }

    /** The hop at which it breaks, with its word where it has one of its own; empty where it breaks elsewhere. */
    Optional<Hop> fault() {
        if (atFault.isEmpty()) {
            return isOfNetwork() ? Optional.of(named()) : Optional.empty();
        }
        NetworkHop hop = atFault.get();
        return Optional.of(Hop.passing(hop.kind().words(), hop.name(), hop.detail())
                .at(hop.place())
                .as(State.BROKEN, LINKS.getOrDefault(hop.kind(), "")));
    }

    /** What packets no longer reach; at most two hops. */
    List<Hop> behind() {
        return atFault.map(each -> merged(
                        hops.subList(hops.indexOf(each) + 1, hops.size()).stream()
                                .map(NetworkPassage::hop)
                                .toList(),
                        2))
                .orElse(List.of());
    }

    private boolean isOfNetwork() {
        return target.kind() == Kind.NSG_RULE || target.kind() == Kind.ROUTE || target.kind() == Kind.ADMIN_RULE;
    }

    /** The rule or route at fault, where what the servers' packets pass does not show it. */
    private Hop named() {
        return switch (target.kind()) {
            case ROUTE -> named("Route", Place.ROUTE_TABLE);
            case ADMIN_RULE -> named("Security admin rule", Place.NETWORK_MANAGER);
            default -> named("NSG rule", Place.NSG);
        };
    }

    private Hop named(String kind, Place holder) {
        return Hop.passing(
                kind, target.name(), target.at(holder).map(name -> "in " + name).orElse(""));
    }

    /** What would stop packets, and is not what stops these, is no more than possible. */
    private static Hop hop(NetworkHop hop) {
        Hop passing = Hop.passing(hop.kind().words(), hop.name(), hop.detail()).at(hop.place());
        return switch (hop.verdict()) {
            case ALLOWS -> passing;
            case DENIES -> passing.as(State.UNCHECKED, "may block");
            case UNREAD -> passing.as(State.UNCHECKED, "not read");
        };
    }

    /** Neighbours that pass become one, until there are no more than so many. */
    static List<Hop> merged(List<Hop> all, int most) {
        List<Hop> hops = new ArrayList<>(all);
        int at = 0;
        while (hops.size() > most && at + 1 < hops.size()) {
            Hop one = hops.get(at);
            Hop next = hops.get(at + 1);
            if (one.state() == State.PASSES && next.state() == State.PASSES) {
                hops.remove(at + 1);
                hops.set(at, Hop.passing("Network", one.name() + ", " + next.name(), ""));
            } else {
                at++;
            }
        }
        return hops;
    }
}
