package dev.triage502.evidence;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one would change, or look at: a thing by its own name, and where it stands on the way of a request.
 *
 * <p>All sources name targets alike, so that what two of them say of one server can meet. Names are in the spelling
 * of the gateway's document.
 *
 * @param kind what it is
 * @param name its own name: a pool's name, a server's address, a rule's name
 * @param id   its ARM id, or an empty string where it has none (a server)
 * @param on   where it stands: pool and setting of a server, security group of a rule
 */
public record Target(Kind kind, String name, String id, Map<Place, String> on) implements Comparable<Target> {

    /** The kinds of things that can be at fault. */
    public enum Kind {
        GATEWAY,
        LISTENER,
        ROUTING_RULE,
        POOL,
        SETTING,
        PROBE,
        SERVER,
        NSG_RULE,
        /** A security admin rule of Azure Virtual Network Manager. */
        ADMIN_RULE,
        ROUTE,
        SUBNET;

        /** The name in documents: {@code nsg-rule}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The places on the way of a request where a target can stand. */
    public enum Place {
        LISTENER("listener"),
        RULE("rule"),
        POOL("pool"),
        SETTING("setting"),
        PROBE("probe"),
        SERVER("server"),
        NSG("nsg"),
        NETWORK_MANAGER("networkManager"),
        ROUTE_TABLE("routeTable"),
        SUBNET("subnet");

        private final String id;

        Place(String id) {
            this.id = id;
        }

        /** The key in documents: {@code routeTable}. */
        public String id() {
            return id;
        }
    }

    private static final List<Place> WAY =
            List.of(Place.LISTENER, Place.RULE, Place.POOL, Place.SETTING, Place.PROBE, Place.SERVER);

    public Target {
        EnumMap<Place, String> places = new EnumMap<>(Place.class);
        places.putAll(on);
        on = Collections.unmodifiableMap(places);
    }

    public static Target of(Kind kind, String name, String id) {
        return new Target(kind, name, id, Map.of());
    }

    /** A server by its address or name, where it stands in a pool; further places follow with {@link #on(Place, String)}. */
    public static Target server(String address, String pool) {
        return of(Kind.SERVER, address, "").on(Place.POOL, pool);
    }

    /** This target, standing at a further place; an empty name adds nothing. */
    public Target on(Place place, String where) {
        if (where.isEmpty()) {
            return this;
        }
        EnumMap<Place, String> places = new EnumMap<>(Place.class);
        places.putAll(on);
        places.put(place, where);
        return new Target(kind, name, id, places);
    }

    /** The name of what is at the place: the target's own name if it is of that kind, else where it stands. */
    public Optional<String> at(Place place) {
        Optional<Place> own = ownPlace();
        if (own.isPresent() && own.get() == place) {
            return Optional.of(name);
        }
        return Optional.ofNullable(on.get(place));
    }

    /** Whether it stands where requests go by, so that failing ones can be counted against it: a rule of a group does not. */
    public boolean isOnTheWay() {
        return kind == Kind.GATEWAY || WAY.stream().anyMatch(place -> at(place).isPresent());
    }

    /** Whether what is said of this target is said of the other as well: it is the same, or lies within this one. */
    public boolean covers(Target other) {
        if (kind == Kind.GATEWAY) {
            return true;
        }
        Optional<Place> place = ownPlace();
        if (place.isEmpty()) {
            return kind == other.kind && name.equalsIgnoreCase(other.name) && on.equals(other.on);
        }
        return sameAt(place.get(), other)
                && on.keySet().stream().allMatch(each -> other.at(each).isEmpty() || sameAt(each, other));
    }

    private boolean sameAt(Place place, Target other) {
        return at(place).orElse("").equalsIgnoreCase(other.at(place).orElse(" "));
    }

    /** The place that it is itself; a rule of a group, a route and the gateway are none. */
    Optional<Place> ownPlace() {
        switch (kind) {
            case LISTENER:
                return Optional.of(Place.LISTENER);
            case ROUTING_RULE:
                return Optional.of(Place.RULE);
            case POOL:
                return Optional.of(Place.POOL);
            case SETTING:
                return Optional.of(Place.SETTING);
            case PROBE:
                return Optional.of(Place.PROBE);
            case SERVER:
                return Optional.of(Place.SERVER);
            case SUBNET:
                return Optional.of(Place.SUBNET);
            default:
                return Optional.empty();
        }
    }

    @Override
    public int compareTo(Target other) {
        int order = kind.compareTo(other.kind);
        if (order == 0) {
            order = IpAddresses.compare(name, other.name);
        }
        if (order == 0 && !equals(other)) {
            order = rest().compareTo(other.rest());
        }
        return order;
    }

    private String rest() {
        return on + " " + id + " " + name;
    }
}
