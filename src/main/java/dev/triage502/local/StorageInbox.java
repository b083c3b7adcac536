package dev.triage502.local;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The receiving side of the queues of a storage account, or of the emulator of one. */
public final class StorageInbox implements QueueInbox {

    /** No more come in one answer. */
    private static final int MOST = 32;

    private final QueueServiceClient service;
    private final Map<String, QueueClient> queues = new ConcurrentHashMap<>();

    private StorageInbox(QueueServiceClient service) {
        this.service = service;
    }

    /** By a connection string, which is a secret. */
    public static StorageInbox byConnectionString(String connectionString) {
        return new StorageInbox(new QueueServiceClientBuilder()
                .connectionString(connectionString)
                .buildClient());
    }

    @Override
    public void open(String queue) {
        queue(queue).createIfNotExists();
    }

    @Override
    public List<Message> take(String queue, int atMost, Duration hiddenFor) {
        return queue(queue).receiveMessages(Math.min(atMost, MOST), hiddenFor, null, Context.NONE).stream()
                .map(StorageInbox::message)
                .toList();
    }

    @Override
    public void delete(String queue, Message message) {
        queue(queue).deleteMessage(message.id(), message.receipt());
    }

    @Override
    public void release(String queue, Message message, Duration hiddenFor) {
        queue(queue).updateMessage(message.id(), message.receipt(), message.text(), hiddenFor);
    }

    @Override
    public void put(String queue, String text) {
        open(queue);
        queue(queue).sendMessage(text);
    }

    private QueueClient queue(String name) {
        return queues.computeIfAbsent(name, service::getQueueClient);
    }

    private static Message message(QueueMessageItem item) {
        @Nullable Long count = item.getDequeueCount();
        return new Message(
                item.getMessageId(),
                item.getPopReceipt(),
                count == null ? 1 : count,
                item.getBody().toString());
    }
}
