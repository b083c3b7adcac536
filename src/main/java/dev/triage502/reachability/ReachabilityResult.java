package dev.triage502.reachability;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Can the gateway reach its servers, and if not, what stops it? Worked out once, for every server and port, so that
 * no cause evaluates a rule or a route itself.
 *
 * <p>For each failing server one step is decided: the first, in the order of {@link Step}, that the evidence shows.
 *
 * @param legs            every server in use at every port that is asked there, by pool, setting, server and port
 * @param conclusions     what was found at each step, and what speaks against it
 * @param ended           what ended failures that are over, by the step that it undid
 * @param managementDenied  security rules on the gateway's own subnet that drop what the platform needs there
 * @param managementDiverted routes on the gateway's own subnet that take its management traffic away
 * @param managementMayBeDiverted what only hints at such a route: one that is learned and cannot be seen
 * @param unchecked       what failing servers that no step explains are reached through and whose rules are not read
 */
public record ReachabilityResult(
        List<Leg> legs,
        Map<Step, Conclusions> conclusions,
        Map<Step, Ending> ended,
        Reading<List<Finding>> managementDenied,
        Reading<List<Finding>> managementDiverted,
        Reading<List<Finding>> managementMayBeDiverted,
        List<UncheckedHop> unchecked) {

    /** What can stop a request on its way to a server, in the order in which it is asked. */
    public enum Step {
        /** The member is there but stopped, or being restarted in place. */
        STOPPED,
        /** The pool holds an address whose member is gone or has moved. */
        STALE,
        /** The member's name leads to another address than the one meant. */
        NAME_ELSEWHERE,
        /** The member's name leads to no address. */
        NAME_UNRESOLVED,
        /** No route leads to the address. */
        NO_WAY,
        /** A user-defined or learned route sends it elsewhere, out or back. */
        DIVERTED,
        /** A security rule drops it. */
        DENIED,
        /** The service is seen on another port, or speaks another protocol there. */
        OTHER_PORT,
        /** Everything lets it through and nothing accepts. */
        NOT_LISTENING
    }

    /**
     * One server, as one pair of pool and setting knows it, at one port.
     *
     * @param server    the server with its pool, setting and probe
     * @param port      the port, where the gateway's document says which
     * @param probed    whether the probe asks there
     * @param live      whether requests go there
     * @param failing   whether the evidence shows that the gateway does not reach it
     * @param addresses the addresses it stands for: its own, or those of its name as the gateway resolves it
     * @param behind    what stands behind it, in words: {@code VM vm-web1}; empty where it is not known
     * @param decided   what stops it, where that is decided
     */
    public record Leg(
            Target server,
            OptionalInt port,
            boolean probed,
            boolean live,
            boolean failing,
            List<String> addresses,
            String behind,
            Optional<Step> decided) {}

    /** What one step came to: what shows it, what hints at it, what speaks against it. */
    public record Conclusions(
            Reading<List<Finding>> shows, Reading<List<Finding>> hints, Reading<List<Finding>> opposes) {}

    /**
     * What was done when the failures of a pool ended, and undid one step.
     *
     * @param shows what hardly leaves another reading: the start of a server, a rule that came and went with the failures
     * @param hints what was done on the way at that time, and may have changed something else
     */
    public record Ending(List<Finding> shows, List<Finding> hints) {
        static final Ending NOTHING = new Ending(List.of(), List.of());

        public Ending {
            shows = List.copyOf(shows);
            hints = List.copyOf(hints);
        }
    }

    private static final String FAILED = "internal error in triage502 while computing reachability";

    public ReachabilityResult {
        legs = List.copyOf(legs);
        unchecked = List.copyOf(unchecked);
        EnumMap<Step, Conclusions> whole = new EnumMap<>(Step.class);
        whole.putAll(conclusions);
        conclusions = Map.copyOf(whole);
        ended = Map.copyOf(ended);
    }

    /** A reach of which nothing is known, for want of one document. */
    public static ReachabilityResult unknown(Reading.CouldNotRead<?> why) {
        Reading<List<Finding>> unread = why.as();
        EnumMap<Step, Conclusions> nothing = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            nothing.put(step, new Conclusions(unread, unread, unread));
        }
        return new ReachabilityResult(List.of(), nothing, Map.of(), unread, unread, unread, List.of());
    }

    /** A reach of which nothing is known, since computing it failed by a defect of this program. */
    public static ReachabilityResult failed() {
        return unknown(new Reading.CouldNotRead<>(Source.NETWORK, Reading.Why.INTERNAL_ERROR, FAILED));
    }

    /** Whether something is unknown because the reach could not be computed, and not for want of a source. */
    public static boolean isFailure(Reading.CouldNotRead<?> why) {
        return why.why() == Reading.Why.INTERNAL_ERROR && why.detail().equals(FAILED);
    }

    /** Whether it could not be computed. */
    public boolean isFailed() {
        return managementDenied.unread().filter(ReachabilityResult::isFailure).isPresent();
    }

    /** What shows that failing servers are stopped at this step; unread where it could not be told for one of them. */
    public Reading<List<Finding>> shows(Step step) {
        return at(step).shows();
    }

    /** What hints at this step and would look the same under another. */
    public Reading<List<Finding>> hints(Step step) {
        return at(step).hints();
    }

    /** For each failing server what speaks against this step: that it is clear, or that another one decides. */
    public Reading<List<Finding>> opposes(Step step) {
        return at(step).opposes();
    }

    /** What ended failures that are over by undoing this step; it says nothing of failures that go on. */
    public Ending ended(Step step) {
        return ended.getOrDefault(step, Ending.NOTHING);
    }

    private Conclusions at(Step step) {
        Conclusions found = conclusions.get(step);
        return found != null ? found : new Conclusions(Reading.absent(), Reading.absent(), Reading.absent());
    }
}
