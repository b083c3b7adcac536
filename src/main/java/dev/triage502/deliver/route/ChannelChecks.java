package dev.triage502.deliver.route;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What the services say of the settings of several channels. They are asked side by side, so that none holds the others up. */
final class ChannelChecks {

    /** A person waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private ChannelChecks() {}

    /** In the order of the channels. */
    static List<ChannelCheck> of(List<Channel> channels) {
        return of(channels, PATIENCE);
    }

    /** @param patience for all of them together */
    static List<ChannelCheck> of(List<Channel> channels, Duration patience) {
        if (channels.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(channels.size(), task -> {
            Thread thread = new Thread(task, "triage502-channel-check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return threads
                    .invokeAll(
                            channels.stream()
                                    .map(channel -> (Callable<ChannelCheck>) channel::check)
                                    .toList(),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS)
                    .stream()
                    .map(check -> outcome(check, patience))
                    .toList();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return channels.stream().map(channel -> unknown("stopped")).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static ChannelCheck outcome(Future<ChannelCheck> check, Duration patience) {
        try {
            return check.get();
        } catch (CancellationException late) {
            return unknown("no response within " + patience.toSeconds() + " s");
        } catch (ExecutionException failed) {
            return unknown(String.valueOf(failed.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return unknown("stopped");
        }
    }

    private static ChannelCheck unknown(String why) {
        return ChannelCheck.warning("could not be checked: " + why);
    }
}
