package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Sends one report to one channel. */
public final class DeliverFunction {

    private final Supplier<Store> store;
    private final Supplier<ReportDispatch> dispatch;

    DeliverFunction(Supplier<Store> store, Supplier<ReportDispatch> dispatch) {
        this.store = store;
        this.dispatch = dispatch;
    }

    @FunctionName("deliver")
    public void run(
            @QueueTrigger(name = "message", queueName = QueueNames.DELIVERIES, connection = QueueNames.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        UnreadableMessage.orDropped(
                        QueueNames.DELIVERIES,
                        log,
                        () -> DeliveryMessage.read(store.get().queue().open(message)))
                .ifPresent(errand -> {
                    dispatch.get().run(errand, log);
                    store.get().queue().discard(message);
                });
    }
}
