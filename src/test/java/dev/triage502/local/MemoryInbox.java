package dev.triage502.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queues in memory, with a storage queue's manners. */
final class MemoryInbox implements QueueInbox {

    private record Held(String id, String text, long count, Instant visibleAt) {}

    private final Map<String, List<Held>> queues = new HashMap<>();
    private int next;
    private @Nullable Error failure;

    /** Throws this when messages are taken next. */
    synchronized void failOnce(Error error) {
        failure = error;
    }

    synchronized boolean hasFailed() {
        return failure == null;
    }

    @Override
    public synchronized void open(String queue) {
        queues.computeIfAbsent(queue, name -> new ArrayList<>());
    }

    @Override
    public synchronized List<Message> take(String queue, int atMost, Duration hiddenFor) {
        if (failure != null) {
            Error thrown = failure;
            failure = null;
            throw thrown;
        }
        List<Message> taken = new ArrayList<>();
        List<Held> held = queues.get(queue);
        for (int i = 0; i < held.size() && taken.size() < atMost; i++) {
            Held each = held.get(i);
            if (!each.visibleAt().isAfter(Instant.now())) {
                held.set(
                        i,
                        new Held(
                                each.id(),
                                each.text(),
                                each.count() + 1,
                                Instant.now().plus(hiddenFor)));
                taken.add(new Message(each.id(), "receipt", each.count() + 1, each.text()));
            }
        }
        return taken;
    }

    @Override
    public synchronized void delete(String queue, Message message) {
        for (Iterator<Held> each = queues.get(queue).iterator(); each.hasNext(); ) {
            if (each.next().id().equals(message.id())) {
                each.remove();
            }
        }
    }

    @Override
    public synchronized void release(String queue, Message message, Duration hiddenFor) {
        queues.get(queue)
                .replaceAll(held -> held.id().equals(message.id())
                        ? new Held(
                                held.id(),
                                held.text(),
                                held.count(),
                                Instant.now().plus(hiddenFor))
                        : held);
    }

    @Override
    public synchronized void put(String queue, String text) {
        open(queue);
        queues.get(queue).add(new Held(String.valueOf(next++), text, 0, Instant.EPOCH));
    }

    synchronized List<String> texts(String queue) {
        return queues.getOrDefault(queue, List.of()).stream().map(Held::text).toList();
    }
}
