package dev.triage502.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Queues without a limit: what is too long for a message waits on the shelf, and the message refers to it.
 *
 * <p>A message holds 64 KiB, and the host wants base64, so 48 KiB are left
 * (https://learn.microsoft.com/azure/storage/queues/scalability-targets).
 */
final class LargeMessageQueue implements WorkQueue {

    static final int LONGEST = 48 * 1024;

    /** No JSON begins so. */
    private static final String REFERENCE = "see ";

    private final MessageSender messages;
    private final BlobStore shelf;

    LargeMessageQueue(MessageSender messages, BlobStore shelf) {
        this.messages = messages;
        this.shelf = shelf;
    }

    @Override
    public void send(String queue, String text, Duration delay) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST && !text.startsWith(REFERENCE)) {
            messages.send(queue, text, delay);
            return;
        }
        String name = "messages/" + queue + "/" + UUID.randomUUID() + ".txt";
        shelf.put(name, text);
        messages.send(queue, REFERENCE + name, delay);
    }

    @Override
    public String open(String received) {
        if (!received.startsWith(REFERENCE)) {
            return received;
        }
        String name = received.substring(REFERENCE.length());
        return shelf.get(name)
                .orElseThrow(() -> new StoreFailure("a queue message refers to " + name + ", which is not there"));
    }

    @Override
    public void discard(String received) {
        if (received.startsWith(REFERENCE)) {
            shelf.remove(received.substring(REFERENCE.length()));
        }
    }
}
