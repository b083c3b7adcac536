package dev.triage502.function;

import java.util.List;

/** The queues between the functions. To be made beforehand: the host notices a new one only after half a minute. */
public final class QueueNames {

    /** Incidents that are to be looked at. */
    public static final String INCIDENTS = "triage502-incidents";

    /** Reports that are to be sent, one message for each channel. */
    public static final String DELIVERIES = "triage502-deliveries";

    /** What was asked for in Slack. */
    public static final String SLACK = "triage502-slack";

    /** Where the host puts what failed too often. */
    static final String INCIDENTS_POISON = INCIDENTS + "-poison";

    static final String DELIVERIES_POISON = DELIVERIES + "-poison";

    /** The setting, or the beginning of the names of those, that says in which account they are. */
    static final String CONNECTION = "AzureWebJobsStorage";

    /** All of them. */
    public static final List<String> ALL = List.of(INCIDENTS, DELIVERIES, SLACK, INCIDENTS_POISON, DELIVERIES_POISON);

    private QueueNames() {}
}
