package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.evidence.Finding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One thing that can make a gateway answer 502, and how to tell whether it is so. */
public interface Cause {

    /** The stable id, which reports, pages, tests and tickets share: {@code nsg-blocks-backend}. */
    String id();

    /** Whether the evidence shows it, shows that it is not so, or cannot tell. Never null, never an exception. */
    Verdict judge(Situation situation);

    /** What one would change: how the targets of the findings are told in a report. */
    default AtFault atFault() {
        return AtFault.AS_FOUND;
    }

    /** What is at fault, in the terms of a report; looks are made at single servers, remedies seldom are. */
    enum AtFault {
        /** The findings' own targets. */
        AS_FOUND,
        /** The pool when all its members are found, else the servers found. */
        POOL_OR_SERVER,
        /** The setting through which the servers found are reached. */
        SETTING,
        /** The custom probe that looks at the servers found; where there is none, the setting. */
        PROBE,
        GATEWAY
    }

    /**
     * The ids of causes whose findings this one accounts for where both fall on the same servers: a stopped machine
     * accounts for the probe's time-out. What is accounted for is no fault of its own.
     */
    default List<String> explains() {
        return List.of();
    }

    /**
     * How requests to a server end by this cause. Failed requests that end in another way are not counted against it, though
     * they went to the same servers.
     */
    default Set<RequestEnding> endings() {
        return EnumSet.allOf(RequestEnding.class);
    }

    /**
     * The ids of causes that this one is easily mistaken for: while it could not be checked, none of them is confirmed, nor likely
     * by signs alone. Those that it explains, as a rule.
     */
    default List<String> mistakenFor() {
        return explains();
    }

    /**
     * The ids of causes that are easily mistaken for this one, and that its direct evidence rules out: a server that answers
     * other requests meanwhile is not blocked.
     */
    default List<String> ruledOutByDirectEvidence() {
        return List.of();
    }

    /**
     * The ids of causes that this one brings about and that remain faults to be told: a refused write leaves addresses
     * stale. Where both are shown, this one stands above them.
     */
    default List<String> bringsAbout() {
        return List.of();
    }

    /**
     * The ids of causes that look like this one, even where it is confirmed, until a server is asked directly: what the gateway
     * logs of a closed connection is the same whether the server crashed or sent a header that the gateway does not take.
     */
    default List<String> openWithoutDirectProbe() {
        return List.of();
    }

    /**
     * Whether clients feel it although no source counts a failure: a gateway that is stopped logs and counts nothing. Other
     * causes that no failure points to are not told as faults.
     *
     * @param findings what shows the cause
     */
    default boolean isFeltWithoutFailures(List<Finding> findings) {
        return false;
    }
}
