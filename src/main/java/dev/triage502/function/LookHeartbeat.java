package dev.triage502.function;

import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Heartbeats;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shows that an investigation is being worked on, until it is closed: so that nobody takes it over meanwhile. */
final class LookHeartbeat implements AutoCloseable {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(LookHeartbeat.class.getName()));

    private static final ScheduledExecutorService PULSE = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    private final Heartbeats heartbeats;
    private final String incident;
    private final String worker = UUID.randomUUID().toString();
    private final boolean mine;
    private final ScheduledFuture<?> pulse;

    private LookHeartbeat(Heartbeats heartbeats, String incident, int revision, IncidentDesk desk) {
        this.heartbeats = heartbeats;
        this.incident = incident;
        this.mine = heartbeats.beat(incident, revision, worker, desk.now());
        long period = Heartbeats.PERIOD.toMillis();
        this.pulse = PULSE.scheduleWithFixedDelay(() -> beat(revision, desk), period, period, TimeUnit.MILLISECONDS);
    }

    static LookHeartbeat start(Heartbeats heartbeats, String incident, int revision, IncidentDesk desk) {
        return new LookHeartbeat(heartbeats, incident, revision, desk);
    }

    /** False if another is at work on it. */
    boolean isMine() {
        return mine;
    }

    /** One beat that is missed does no harm, and must not end the next ones. */
    private void beat(int revision, IncidentDesk desk) {
        if (!mine) {
            return;
        }
        try {
            heartbeats.beat(incident, revision, worker, desk.now());
        } catch (RuntimeException missed) {
            LOG.log(Level.FINE, "a heartbeat was missed", missed);
        }
    }

    @Override
    public void close() {
        pulse.cancel(false);
        if (mine) {
            try {
                heartbeats.end(incident, worker);
            } catch (RuntimeException runsOut) {
                LOG.log(Level.FINE, "the heartbeat runs out by itself", runsOut);
            }
        }
    }
}
