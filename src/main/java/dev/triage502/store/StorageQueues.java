package dev.triage502.store;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueErrorCode;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of a storage account; the text goes in base64, as the host expects it. */
final class StorageQueues implements MessageSender {

    private final AzureClients clients;
    private final Map<String, QueueClient> queues = new ConcurrentHashMap<>();

    StorageQueues(AzureClients clients) {
        this.clients = clients;
    }

    @Override
    public void send(String queue, String text, Duration delay) {
        try {
            QueueClient client = queues.computeIfAbsent(queue, clients::queue);
            try {
                send(client, text, delay);
            } catch (QueueStorageException e) {
                if (!QueueErrorCode.QUEUE_NOT_FOUND.equals(e.getErrorCode())) {
                    throw e;
                }
                client.createIfNotExists();
                send(client, text, delay);
            }
        } catch (RuntimeException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    @Override
    public void open(String queue) {
        try {
            queues.computeIfAbsent(queue, clients::queue).createIfNotExists();
        } catch (RuntimeException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    private static void send(QueueClient client, String text, Duration delay) {
        client.sendMessageWithResponse(text, delay, null, null, Context.NONE);
    }
}
