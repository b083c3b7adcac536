package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.store.Store;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Sends one report to one channel. */
public final class DeliverFunction {

    private final Supplier<Store> store;
    private final Supplier<Dispatch> dispatch;

    DeliverFunction(Supplier<Store> store, Supplier<Dispatch> dispatch) {
        this.store = store;
        this.dispatch = dispatch;
    }

    @FunctionName("deliver")
    public void run(
            @QueueTrigger(name = "message", queueName = Queues.DELIVERIES, connection = Queues.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = context.getLogger();
        UnreadableMessage.orDropped(
                        Queues.DELIVERIES,
                        log,
                        () -> Errand.read(store.get().queue().open(message)))
                .ifPresent(errand -> {
                    dispatch.get().run(errand, log);
                    store.get().queue().discard(message);
                });
    }
}
