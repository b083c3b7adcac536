package dev.triage502.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.models.QueueMessageItem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AzureStoreTest extends StoreContract {

    private static Azurite azurite;
    private static HttpClient http;
    private static Store store;

    private final Map<String, QueueClient> receivers = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        azurite = Azurite.start();
        http = new JdkHttpClientBuilder().build();
        store = open(azurite.connectionString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (azurite != null) {
            azurite.close();
        }
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    Store anotherProcess() {
        return open(azurite.connectionString());
    }

    @Override
    Optional<FolderQueues.Taken> receive(String queue, Duration hiddenFor) {
        return receiver(queue).receiveMessages(1, hiddenFor, null, Context.NONE).stream()
                .map(AzureStoreTest::taken)
                .findFirst();
    }

    @Override
    void delete(String queue, FolderQueues.Taken message) {
        receiver(queue).deleteMessage(message.id(), message.receipt());
    }

    @Test
    void anAccountThatRefusesIsNamedWithItsOwnWords() {
        String wrongKey = azurite.connectionString().replace("AccountKey=Eby8", "AccountKey=Abcd");
        Store refused = open(wrongKey);

        assertThatThrownBy(() -> refused.queue().send("work", "x", Duration.ZERO))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("queue work: 403 AuthenticationFailed: Server failed")
                .hasMessageNotContaining("Abcd");
        assertThatThrownBy(() -> refused.reports().state("some-id"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("table triage502: 403 AuthorizationFailure: Server failed");
    }

    @Test
    void anAccountThatIsNotThereFailsSoon() {
        String nowhere = azurite.connectionString().replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:9");

        long began = System.nanoTime();
        assertThatThrownBy(() -> open(nowhere).queue().send("work", "x", Duration.ZERO))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("queue work: ");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    private static Store open(String connectionString) {
        StorageAccount account = StorageAccount.byConnectionString(connectionString, http);
        return Store.inAzure(account, account);
    }

    private QueueClient receiver(String queue) {
        return receivers.computeIfAbsent(
                queue,
                name -> new QueueClientBuilder()
                        .connectionString(azurite.connectionString())
                        .queueName(name)
                        .messageEncoding(QueueMessageEncoding.BASE64)
                        .httpClient(http)
                        .buildClient());
    }

    private static FolderQueues.Taken taken(QueueMessageItem message) {
        return new FolderQueues.Taken(
                message.getMessageId(),
                message.getPopReceipt(),
                message.getDequeueCount(),
                message.getBody().toString());
    }
}
