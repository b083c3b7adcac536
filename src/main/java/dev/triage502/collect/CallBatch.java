package dev.triage502.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Calls to be made at once, each with what is to be done with its answer; that is done by one thread afterwards. */
final class CallBatch {

    private final ParallelCalls fan;
    private final List<Callable<Runnable>> calls = new ArrayList<>();

    CallBatch(ParallelCalls fan) {
        this.fan = fan;
    }

    <T> void add(Callable<T> call, Consumer<T> then) {
        calls.add(() -> {
            T answer = call.call();
            return () -> then.accept(answer);
        });
    }

    void run() throws InterruptedException {
        fan.all(calls).forEach(Runnable::run);
    }
}
