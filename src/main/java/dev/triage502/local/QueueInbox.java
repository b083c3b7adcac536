package dev.triage502.local;

import java.time.Duration;
import java.util.List;

/**
 * The receiving side of the queues, as a storage queue has it: a message that is taken is hidden for a while, and shows
 * again unless it is deleted.
 */
public interface QueueInbox {

    /**
     * A message that was taken.
     *
     * @param receipt      what the queue wants to see before it deletes or hides this take of the message
     * @param dequeueCount how often it was taken, this time included
     * @param text         as it lies in the queue
     */
    record Message(String id, String receipt, long dequeueCount, String text) {}

    /** Makes the queue if it is not there. */
    void open(String queue);

    /** Takes as many as there are, and no more than asked for. */
    List<Message> take(String queue, int atMost, Duration hiddenFor);

    void delete(String queue, Message message);

    /** Lets a message that was taken show again after a while. */
    void release(String queue, Message message, Duration hiddenFor);

    /** Puts a text, as it lies in a queue, into a queue, which is made if it is not there. */
    void put(String queue, String text);
}
