package dev.triage502.store;

import java.time.Duration;

/** The sending side of the queues that the functions listen to. */
public interface WorkQueue {

    /**
     * Sends a text of any length.
     *
     * @param delay how long the message stays hidden
     * @throws StoreFailure if the queue did not take it
     */
    void send(String queue, String text, Duration delay);

    /** The text that was sent, given what a function received. */
    String open(String received);

    /** Takes away what was kept aside for a message. For whoever is done with it. */
    void discard(String received);
}
