package dev.triage502.reachability.server;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One server as one pair of pool and setting knows it.
 *
 * @param target  as all sources name it
 * @param ip      its address, where it is one and not a name
 * @param doors   the ports at which it is asked
 * @param trouble how it does
 * @param health  what backend health says of it
 */
public record BackendServer(
        Target target,
        Optional<Range> ip,
        List<PortUse> doors,
        ReachState trouble,
        Optional<BackendHealth.Server> health) {

    /** How a server does, as far as reaching it goes. */
    public enum ReachState {
        /** Nothing shows a failure. */
        WELL,
        /** The gateway gets nowhere: no connection, no answer in time, no address. */
        UNREACHED,
        /** Its health is Unknown, and no request shows better. */
        UNKNOWN,
        /** It fails its probe with an answer or a certificate, so it is reached. */
        ANSWERED,
        /** Its health is good, yet requests fail on the way to it. */
        PARTLY,
        /** Neither health nor log was read. */
        UNSEEN;

        public boolean failing() {
            return this == UNREACHED || this == UNKNOWN;
        }
    }

    /** A port at which the server is asked, by the probe, by requests, or both. */
    public record PortUse(OptionalInt port, boolean probed, boolean live) {}

    /** Its address or name as its pool writes it, for a sentence. */
    public String address() {
        return target.name();
    }

    /** The same, to be compared. */
    public HostName host() {
        return HostName.of(target.name());
    }

    /** The pool and the backend setting by which it is used. */
    public BackendPair pair() {
        return BackendPair.of(target);
    }

    /** Its pool, without a name where that is not known. */
    public ArmName pool() {
        return pair().pool();
    }

    /** Its backend setting, without a name where that is not known. */
    public ArmName setting() {
        return pair().setting();
    }

    public boolean isNamed() {
        return ip.isEmpty();
    }

    public boolean failsWith(ProbeFailure failure) {
        return health.filter(each -> each.failure() == failure).isPresent();
    }

    /** Whether its probe found an address to ask, and no connection or nothing in time came of it. */
    public boolean isSilent() {
        return failsWith(ProbeFailure.CANNOT_CONNECT) || failsWith(ProbeFailure.TIMED_OUT);
    }
}
