package dev.triage502.local;

import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.local.QueueInbox.Message;
import dev.triage502.redaction.LogRedaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Feeds one queue's messages to its function as the real host was seen to: so many at once, a failed one again after
 * the visibility time-out, and after so many tries to {@code <queue>-poison}; one that is not base64 goes there at once.
 */
final class QueuePump implements AutoCloseable {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(QueuePump.class.getName()));

    /** How long a message stays hidden while its function runs; the real host hides it for as long. */
    private static final Duration HIDDEN = Duration.ofMinutes(10);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final FunctionMethod function;
    private final FunctionInstanceInjector instances;
    private final QueueInbox inbox;
    private final HostSettings settings;
    private final String queue;
    private final Parameter parameter;
    private final Semaphore free;
    private final ExecutorService workers;
    private final Thread poller;
    private volatile boolean stopping;

    QueuePump(FunctionMethod function, FunctionInstanceInjector instances, QueueInbox inbox, HostSettings settings) {
        this.function = function;
        this.instances = instances;
        this.inbox = inbox;
        this.settings = settings;
        this.queue = function.trigger(QueueTrigger.class).orElseThrow().queueName();
        this.parameter = function.triggered(QueueTrigger.class).orElseThrow();
        this.free = new Semaphore(settings.concurrency());
        this.workers = Executors.newCachedThreadPool(task -> daemon(task, "function-" + function.name()));
        this.poller = daemon(this::poll, "queue-" + queue);
    }

    void start() {
        inbox.open(queue);
        poller.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void poll() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (!stopping) {
                boolean found = takeSome();
                pause = found ? SHORTEST_PAUSE : longer(pause);
                if (!found) {
                    Thread.sleep(pause.toMillis());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the messages that there are; a queue that cannot be read has none for now, whatever kept it from that. */
    private boolean takeSome() throws InterruptedException {
        try {
            free.acquire();
            free.release();
            List<Message> messages = inbox.take(queue, Math.max(1, free.availablePermits()), HIDDEN);
            for (Message message : messages) {
                free.acquire();
                begin(message);
            }
            return !messages.isEmpty();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Throwable e) {
            GuardedChecks.rethrowUnlessDefect(e);
            LOG.log(Level.WARNING, "queue " + queue + " could not be read", e);
            return false;
        }
    }

    /** A message that was taken as the host began to stop is given back. */
    private void begin(Message message) {
        try {
            workers.execute(() -> work(message));
        } catch (RejectedExecutionException e) {
            free.release();
            inbox.release(queue, message, Duration.ZERO);
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(settings.maxPollingInterval()) < 0 ? twice : settings.maxPollingInterval();
    }

    private void work(Message message) {
        try {
            byte[] body;
            try {
                body = settings.base64()
                        ? Base64.getDecoder().decode(message.text().strip())
                        : message.text().getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notBase64) {
                LOG.warning("queue " + queue + ": message " + message.id() + " is not base64");
                poison(message);
                return;
            }
            call(message, body);
        } catch (Throwable e) {
            GuardedChecks.rethrowUnlessDefect(e);
            LOG.log(Level.WARNING, "queue " + queue + ": message " + message.id() + " could not be deleted", e);
        } finally {
            free.release();
        }
    }

    private void call(Message message, byte[] body) {
        Object trigger = parameter.getType() == byte[].class ? body : new String(body, StandardCharsets.UTF_8);
        try {
            function.call(instances, trigger, metadata(message, body));
            inbox.delete(queue, message);
        } catch (InvocationTargetException e) {
            LOG.log(Level.SEVERE, function.name() + " failed, try " + message.dequeueCount(), e.getCause());
            again(message);
        } catch (Throwable e) {
            GuardedChecks.rethrowUnlessDefect(e);
            LOG.log(Level.SEVERE, function.name() + " could not be called, try " + message.dequeueCount(), e);
            again(message);
        }
    }

    private void again(Message message) {
        if (message.dequeueCount() >= settings.maxDequeueCount()) {
            poison(message);
        } else {
            inbox.release(queue, message, settings.visibilityTimeout());
        }
    }

    private void poison(Message message) {
        inbox.put(queue + "-poison", message.text());
        inbox.delete(queue, message);
    }

    private static Map<String, String> metadata(Message message, byte[] body) {
        return Map.of(
                "Id", message.id(),
                "DequeueCount", String.valueOf(message.dequeueCount()),
                "PopReceipt", message.receipt(),
                "QueueTrigger", new String(body, StandardCharsets.UTF_8));
    }

    /** Takes no more messages from now on. */
    void stop() {
        stopping = true;
        poller.interrupt();
        workers.shutdown();
    }

    /** Takes no more messages and lets what runs end, for as long as the real host does. */
    @Override
    public void close() {
        stop();
        try {
            if (!workers.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
