package dev.triage502.deliver;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same delivery twice at one time, each by its own process. */
final class TwoWorkers {

    private TwoWorkers() {}

    /** What came of both. */
    static List<DeliveryResult> at(Callable<DeliveryResult> delivery) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<DeliveryResult> worker = () -> {
            together.await();
            return delivery.call();
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<DeliveryResult> one = threads.submit(worker);
            Future<DeliveryResult> other = threads.submit(worker);
            return List.of(one.get(), other.get());
        } finally {
            threads.shutdownNow();
        }
    }
}
