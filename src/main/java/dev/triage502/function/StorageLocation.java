package dev.triage502.function;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where something is kept. */
sealed interface StorageLocation {

    /** A folder on this machine. */
    record Folder(Path path) implements StorageLocation {}

    /** A storage account by a connection string, which does not show. */
    record ByConnectionString(String connectionString) implements StorageLocation {
        @Override
        public String toString() {
            return "ByConnectionString[…]";
        }
    }

    /** A storage account by its addresses, used as an identity. */
    record ByIdentity(URI blobs, URI queues, URI tables, Optional<String> clientId) implements StorageLocation {}
}
