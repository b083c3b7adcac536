package dev.triage502.store;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.net.URI;
import java.util.function.Supplier;

/** A storage account, and as whom it is used: with a connection string, or as the identity of this app. */
public final class StorageAccount {

    private final AzureClients clients;

    private StorageAccount(AzureClients clients) {
        this.clients = clients;
    }

    /** By a connection string, which is a secret; {@code UseDevelopmentStorage=true} is the emulator on this machine. */
    public static StorageAccount byConnectionString(String connectionString, HttpClient http) {
        return new StorageAccount(AzureClients.byConnectionString(connectionString, http));
    }

    /**
     * By its three addresses and an identity that has the roles Storage Blob, Queue and Table Data Contributor.
     *
     * @param credential asked for when the account is first used
     */
    public static StorageAccount byIdentity(
            URI blobs, URI queues, URI tables, Supplier<TokenCredential> credential, HttpClient http) {
        return new StorageAccount(AzureClients.byIdentity(blobs, queues, tables, credential, http));
    }

    KeyValueTable cells() {
        return new AzureKeyValueTable(clients);
    }

    BlobStore shelf() {
        return new AzureBlobStore(clients);
    }

    MessageSender messages() {
        return new StorageQueues(clients);
    }
}
