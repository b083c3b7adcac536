package dev.triage502.collect.probe;

import dev.triage502.azure.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a name resolves to here. The platform's resolver cannot be told to hurry, so nobody waits for it for ever. */
final class NameLookup {

    private static final Duration MOST = Duration.ofSeconds(6);

    /** The addresses, or why there is none. */
    record Found(List<InetAddress> addresses, String error) {}

    /** How a name is looked up. */
    interface Lookup {
        InetAddress[] of(String name) throws UnknownHostException;
    }

    private final ExecutorService threads;
    private final Lookup lookup;

    /** By the platform's resolver. */
    NameLookup(ExecutorService threads) {
        this(threads, InetAddress::getAllByName);
    }

    NameLookup(ExecutorService threads, Lookup lookup) {
        this.threads = threads;
        this.lookup = lookup;
    }

    Found resolve(String name, Deadline deadline) {
        Future<List<InetAddress>> asked = threads.submit(() -> List.of(lookup.of(name)));
        try {
            return new Found(asked.get(deadline.atMost(MOST).remaining().toMillis(), TimeUnit.MILLISECONDS), "");
        } catch (ExecutionException e) {
            boolean unknown = e.getCause() instanceof UnknownHostException;
            return new Found(
                    List.of(),
                    unknown ? "unknown name: " + name + " has no address here" : String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return new Found(List.of(), "timed out: no name server answered for " + name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Found(List.of(), "given up");
        }
    }
}
