package dev.triage502.collect;

import dev.triage502.azure.ArmClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Makes several calls of one source at once. The calls themselves make none, so they cannot wait for one another's
 * threads.
 */
final class ParallelCalls {

    private final ExecutorService threads;

    ParallelCalls(ExecutorService threads) {
        this.threads = threads;
    }

    /** What each call gave, in the order given. Calls to {@link ArmClient} do not throw; a call that does is a fault of ours. */
    <T> List<T> all(List<Callable<T>> calls) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(calls)) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }
}
