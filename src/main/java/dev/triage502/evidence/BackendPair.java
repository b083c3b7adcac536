package dev.triage502.evidence;

import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import java.util.Comparator;

/** A backend pool together with the backend setting through which requests and probes reach it. */
public record BackendPair(ArmName pool, ArmName setting) implements Comparable<BackendPair> {

    private static final Comparator<BackendPair> ORDER =
            Comparator.comparing(BackendPair::pool).thenComparing(BackendPair::setting);

    /** The pair by the names of its parts, either of which may be empty where it is not known. */
    public static BackendPair of(String pool, String setting) {
        return new BackendPair(ArmName.of(pool), ArmName.of(setting));
    }

    /** The pair at which a target stands. */
    public static BackendPair of(Target target) {
        return of(target.at(Place.POOL).orElse(""), target.at(Place.SETTING).orElse(""));
    }

    @Override
    public int compareTo(BackendPair other) {
        return ORDER.compare(this, other);
    }
}
