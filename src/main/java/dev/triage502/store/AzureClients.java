package dev.triage502.store;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes the clients of one storage account. Tries are few and short: an alert waits for the answer, and its sender, who
 * waits some ten seconds, comes again.
 */
abstract class AzureClients {

    static final String TABLE = "triage502";
    static final String CONTAINER = "triage502";

    private static final int RETRIES = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_TRY_SECONDS = 3;

    private final HttpClient http;

    private AzureClients(HttpClient http) {
        this.http = http;
    }

    static AzureClients byConnectionString(String connectionString, HttpClient http) {
        return new AzureClients(http) {
            @Override
            TableClientBuilder authorise(TableClientBuilder builder) {
                return builder.connectionString(connectionString);
            }

            @Override
            BlobContainerClientBuilder authorise(BlobContainerClientBuilder builder) {
                return builder.connectionString(connectionString);
            }

            @Override
            QueueClientBuilder authorise(QueueClientBuilder builder) {
                return builder.connectionString(connectionString);
            }
        };
    }

    static AzureClients byIdentity(
            URI blobs, URI queues, URI tables, Supplier<TokenCredential> credential, HttpClient http) {
        return new AzureClients(http) {
            @Override
            TableClientBuilder authorise(TableClientBuilder builder) {
                return builder.endpoint(tables.toString()).credential(credential.get());
            }

            @Override
            BlobContainerClientBuilder authorise(BlobContainerClientBuilder builder) {
                return builder.endpoint(blobs.toString()).credential(credential.get());
            }

            @Override
            QueueClientBuilder authorise(QueueClientBuilder builder) {
                return builder.endpoint(queues.toString()).credential(credential.get());
            }
        };
    }

    abstract TableClientBuilder authorise(TableClientBuilder builder);

    abstract BlobContainerClientBuilder authorise(BlobContainerClientBuilder builder);

    abstract QueueClientBuilder authorise(QueueClientBuilder builder);

    TableClient table() {
        ExponentialBackoffOptions delays = new ExponentialBackoffOptions()
                .setMaxRetries(RETRIES)
                .setBaseDelay(FIRST_PAUSE)
                .setMaxDelay(LONGEST_PAUSE);
        return authorise(new TableClientBuilder())
                .tableName(TABLE)
                .addPolicy(new TableRefusals())
                .httpClient(http)
                .retryOptions(new RetryOptions(delays))
                .buildClient();
    }

    BlobContainerClient container() {
        return authorise(new BlobContainerClientBuilder())
                .containerName(CONTAINER)
                .httpClient(http)
                .retryOptions(retries())
                .buildClient();
    }

    QueueClient queue(String name) {
        return authorise(new QueueClientBuilder())
                .queueName(name)
                .messageEncoding(QueueMessageEncoding.BASE64)
                .httpClient(http)
                .retryOptions(retries())
                .buildClient();
    }

    private static RequestRetryOptions retries() {
        return new RequestRetryOptions(
                RetryPolicyType.EXPONENTIAL,
                RETRIES + 1,
                LONGEST_TRY_SECONDS,
                FIRST_PAUSE.toMillis(),
                LONGEST_PAUSE.toMillis(),
                null);
    }
}
