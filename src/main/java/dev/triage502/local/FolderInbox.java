package dev.triage502.local;

import dev.triage502.store.FolderQueues;
import dev.triage502.store.FolderQueues.Taken;
import java.time.Duration;
import java.util.List;

/** The receiving side of queues in a folder. */
public final class FolderInbox implements QueueInbox {

    private final FolderQueues queues;

    public FolderInbox(FolderQueues queues) {
        this.queues = queues;
    }

    /** A folder's queue is there as soon as something is put into it. */
    @Override
    public void open(String queue) {}

    @Override
    public List<Message> take(String queue, int atMost, Duration hiddenFor) {
        return queues.take(queue, atMost, hiddenFor).stream()
                .map(taken -> new Message(taken.id(), taken.receipt(), taken.dequeueCount(), taken.text()))
                .toList();
    }

    @Override
    public void delete(String queue, Message message) {
        queues.delete(queue, taken(message));
    }

    @Override
    public void release(String queue, Message message, Duration hiddenFor) {
        queues.release(queue, taken(message), hiddenFor);
    }

    @Override
    public void put(String queue, String text) {
        queues.put(queue, text, Duration.ZERO);
    }

    private static Taken taken(Message message) {
        return new Taken(message.id(), message.receipt(), message.dequeueCount(), message.text());
    }
}
