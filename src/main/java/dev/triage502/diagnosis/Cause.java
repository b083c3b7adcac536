package dev.triage502.diagnosis;

import dev.triage502.evidence.Evidence;
import java.util.List;

/** One thing that can make a gateway answer 502, and how to tell whether it is so. */
public interface Cause {

    /** The stable id, which reports, pages, tests and tickets share: {@code nsg-blocks-backend}. */
    String id();

    /** Whether the evidence shows it, shows that it is not so, or cannot tell. Never null, never an exception. */
    Verdict judge(Evidence evidence);

    /**
     * The ids of causes whose findings this one accounts for where both fall on the same servers: a stopped machine
     * accounts for the probe's time-out. What is accounted for is no fault of its own.
     */
    default List<String> explains() {
        return List.of();
    }
}
