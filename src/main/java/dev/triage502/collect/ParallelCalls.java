package dev.triage502.collect;

import dev.triage502.azure.ArmClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes several calls of one source at once. The calls themselves make none, so they cannot wait for one another's
 * threads.
 */
final class ParallelCalls {

    private final ExecutorService threads;

    ParallelCalls(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * What each call gave, in the order given. Calls to {@link ArmClient} do not throw; a call that does is a defect of ours,
     * which ends the rest of them at once and is thrown here as it is.
     */
    <T> List<T> all(List<Callable<T>> calls) throws InterruptedException {
        CompletionService<T> done = new ExecutorCompletionService<>(threads);
        List<Future<T>> futures = new ArrayList<>();
        try {
            calls.forEach(call -> futures.add(done.submit(call)));
            for (int i = 0; i < calls.size(); i++) {
                done.take().get();
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw asIs(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static RuntimeException asIs(@Nullable Throwable thrown) throws InterruptedException {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof InterruptedException given) {
            throw given;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
