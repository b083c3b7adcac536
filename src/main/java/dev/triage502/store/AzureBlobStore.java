package dev.triage502.store;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.util.Optional;

/** Texts as blobs of one container. */
final class AzureBlobStore implements BlobStore {

    private final LazyValue<BlobContainerClient> container;

    AzureBlobStore(AzureClients clients) {
        this.container = new LazyValue<>(clients::container);
    }

    @Override
    public void put(String name, String text) {
        try {
            upload(name, text);
        } catch (BlobStorageException e) {
            if (!BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
                throw failure(name, e);
            }
            createAndUpload(name, text);
        } catch (RuntimeException e) {
            throw failure(name, e);
        }
    }

    @Override
    public Optional<String> get(String name) {
        try {
            return Optional.of(
                    container.get().getBlobClient(name).downloadContent().toString());
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                return Optional.empty();
            }
            throw failure(name, e);
        } catch (RuntimeException e) {
            throw failure(name, e);
        }
    }

    @Override
    public void remove(String name) {
        try {
            container.get().getBlobClient(name).deleteIfExists();
        } catch (RuntimeException e) {
            throw failure(name, e);
        }
    }

    @Override
    public void removeAll(String prefix) {
        try {
            container
                    .get()
                    .listBlobs(new ListBlobsOptions().setPrefix(prefix), null)
                    .forEach(item ->
                            container.get().getBlobClient(item.getName()).deleteIfExists());
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != 404) {
                throw failure(prefix, e);
            }
        } catch (RuntimeException e) {
            throw failure(prefix, e);
        }
    }

    private void createAndUpload(String name, String text) {
        try {
            container.get().createIfNotExists();
            upload(name, text);
        } catch (RuntimeException e) {
            throw failure(name, e);
        }
    }

    private void upload(String name, String text) {
        container.get().getBlobClient(name).upload(BinaryData.fromString(text), true);
    }

    private static StoreFailure failure(String name, RuntimeException e) {
        return new StoreFailure("blob " + AzureClients.CONTAINER + "/" + name, e);
    }
}
