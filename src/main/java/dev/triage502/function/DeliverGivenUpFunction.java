package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Tells in the log of a report that could not be sent because the app itself failed, and not the channel. */
public final class DeliverGivenUpFunction {

    private final Supplier<Store> store;
    private final Supplier<ReportDispatch> dispatch;

    DeliverGivenUpFunction(Supplier<Store> store, Supplier<ReportDispatch> dispatch) {
        this.store = store;
        this.dispatch = dispatch;
    }

    @FunctionName("deliver-given-up")
    public void run(
            @QueueTrigger(
                            name = "message",
                            queueName = QueueNames.DELIVERIES_POISON,
                            connection = QueueNames.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        UnreadableMessage.orDropped(
                        QueueNames.DELIVERIES_POISON,
                        log,
                        () -> DeliveryMessage.read(store.get().queue().open(message)))
                .ifPresent(errand -> {
                    dispatch.get().giveUp(errand, "delivery failed several times; see the log", log);
                    store.get().queue().discard(message);
                });
    }
}
