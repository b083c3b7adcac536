package dev.triage502.collect.probe;

import com.google.gson.JsonObject;
import dev.triage502.azure.Deadline;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** Makes looks at backends, with the threads that this takes; close it when all are made. */
public final class DirectProbing implements AutoCloseable {

    private final ExecutorService resolving = Executors.newCachedThreadPool(daemons("triage502-names"));
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, daemons("triage502-probes"));
    private final DirectProber prober;

    /** {@code from} says where this program looks from; it is not the gateway's subnet. */
    public DirectProbing(String from) {
        this(from, Guard.strict());
    }

    DirectProbing(String from, Guard guard) {
        watch.setRemoveOnCancelPolicy(true);
        this.prober = new DirectProber(guard, new NameLookup(resolving), watch, from);
    }

    /** The looks as calls that give a row of {@code direct-probe.json} each; they throw nothing. */
    public List<Callable<JsonObject>> calls(List<DirectRequest> looks, Deadline deadline) {
        return looks.stream()
                .<Callable<JsonObject>>map(look -> () -> prober.probe(look, deadline))
                .toList();
    }

    @Override
    public void close() {
        resolving.shutdownNow();
        watch.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
