package dev.triage502.local;

import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.redaction.LogRedaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Calls a function at each full minute, one call at a time. That is the one schedule that the app uses; unlike the real
 * host, which has one instance do it, each process of this machine does.
 */
final class TimerPump implements AutoCloseable {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(TimerPump.class.getName()));
    private static final String EACH_MINUTE = "0 * * * * *";

    private final FunctionMethod function;
    private final FunctionInstanceInjector instances;
    private final ScheduledExecutorService clock;

    /** @throws IllegalArgumentException if the function has another schedule */
    TimerPump(FunctionMethod function, FunctionInstanceInjector instances) {
        String schedule = function.trigger(TimerTrigger.class).orElseThrow().schedule();
        if (!schedule.equals(EACH_MINUTE)) {
            throw new IllegalArgumentException(function.name() + " has the schedule \"" + schedule
                    + "\"; the local host knows \"" + EACH_MINUTE + "\"");
        }
        this.function = function;
        this.instances = instances;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "timer-" + function.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        Instant now = Instant.now();
        Duration first =
                Duration.between(now, now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES));
        clock.scheduleAtFixedRate(
                this::call, first.toMillis(), Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void call() {
        try {
            function.call(instances, "{\"isPastDue\":false}", Map.of());
        } catch (Throwable e) {
            GuardedChecks.rethrowUnlessDefect(e);
            LOG.log(Level.SEVERE, function.name() + " failed", e.getCause() == null ? e : e.getCause());
        }
    }

    /** Calls no more, and lets what runs end. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(QueuePump.LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            clock.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
