package dev.triage502.evidence;

import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of many targets cover one, and which of them does one cover? Found by name, so that thousands of servers on
 * either side cost their sum and not their product.
 */
public final class TargetIndex {

    /** A kind or a place, and the name of what is of it or there. */
    private record Key(String what, ArmName name) {}

    private final Set<Target> all;
    private final List<Target> gateways = new ArrayList<>();
    private final Map<Key, List<Target>> byOwnName = new HashMap<>();
    private final Map<Key, List<Target>> byPlace = new HashMap<>();

    public TargetIndex(Collection<Target> targets) {
        all = new LinkedHashSet<>(targets);
        for (Target each : all) {
            if (each.kind() == Kind.GATEWAY) {
                gateways.add(each);
            }
            put(byOwnName, own(each), each);
            for (Place place : Place.values()) {
                each.at(place).ifPresent(name -> put(byPlace, key(place.id(), name), each));
            }
        }
    }

    /** These, each once, in the order in which they were given. */
    public Stream<Target> all() {
        return all.stream();
    }

    /** Whether one of these covers it: see {@link Target#covers}. */
    public boolean covers(Target other) {
        return covering(other).findAny().isPresent();
    }

    /** Those of these that cover it. */
    public Stream<Target> covering(Target other) {
        Stream<Target> sameName = byOwnName.getOrDefault(own(other), List.of()).stream();
        Stream<Target> around = Stream.of(Place.values())
                .filter(place -> other.ownPlace().filter(place::equals).isEmpty())
                .flatMap(place -> other.at(place).stream()
                        .flatMap(name -> byOwnName.getOrDefault(key(place.id(), name), List.of()).stream()));
        return Stream.of(gateways.stream(), sameName, around)
                .flatMap(each -> each)
                .filter(each -> each.covers(other))
                .distinct();
    }

    /** Those of these that it covers. */
    public Stream<Target> within(Target other) {
        if (other.kind() == Kind.GATEWAY) {
            return all.stream();
        }
        Map<Key, List<Target>> index = other.ownPlace().isPresent() ? byPlace : byOwnName;
        return index.getOrDefault(own(other), List.of()).stream().filter(other::covers);
    }

    /** The key of what a target is itself: by its place on the way, or by its kind where that is no place. */
    private static Key own(Target target) {
        return key(target.ownPlace().map(Place::id).orElse(target.kind().id()), target.name());
    }

    private static Key key(String what, String name) {
        return new Key(what, ArmName.of(name));
    }

    private static void put(Map<Key, List<Target>> index, Key key, Target target) {
        index.computeIfAbsent(key, unused -> new ArrayList<>()).add(target);
    }
}
