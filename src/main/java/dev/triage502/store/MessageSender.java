package dev.triage502.store;

import java.time.Duration;

/** Queues that take texts of no more than {@link LargeMessageQueue#LONGEST} bytes. */
interface MessageSender {

    void send(String queue, String text, Duration delay);

    /** Makes the queue if it is not there. */
    void open(String queue);
}
