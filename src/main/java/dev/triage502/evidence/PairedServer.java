package dev.triage502.evidence;

import dev.triage502.incident.ArmName;
import java.util.Comparator;

/** A server as one backend pair knows it: the same address in two pools, or behind two settings, is two of these. */
public record PairedServer(BackendPair pair, ArmName server) implements Comparable<PairedServer> {

    private static final Comparator<PairedServer> ORDER =
            Comparator.comparing(PairedServer::pair).thenComparing(PairedServer::server);

    /** The server that a target stands for. */
    public static PairedServer of(Target target) {
        return new PairedServer(BackendPair.of(target), ArmName.of(target.name()));
    }

    @Override
    public int compareTo(PairedServer other) {
        return ORDER.compare(this, other);
    }
}
