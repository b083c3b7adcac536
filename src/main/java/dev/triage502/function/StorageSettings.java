package dev.triage502.function;

import dev.triage502.azure.AzureSettings;
import dev.triage502.incident.Wording;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are kept, and where the queues are.
 *
 * @param store  the ledger, the diagnoses, what was sent
 * @param queues what is still to be done
 */
record StorageSettings(StorageLocation store, StorageLocation queues) {

    private static final String ACCOUNT = "a storage account name (3 to 24 lowercase letters and digits)";
    private static final String STORE =
            "the blob endpoint of a storage account, e.g. https://NAME.blob.core.windows.net, or the path of a folder";

    static StorageSettings read(Map<String, String> environment) {
        Optional<StorageLocation> host = host(environment);
        Optional<StorageLocation> store = AppSetting.STORE
                .in(environment)
                .map(value -> value.contains("://") || isConnectionString(value)
                        ? account(value, environment)
                        : folder(value));
        StorageLocation kept = store.or(() -> host)
                .orElseThrow(() -> new WrongSetting(AppSetting.STORAGE.key()
                        + " is not set. Set " + AppSetting.STORAGE_ACCOUNT.key()
                        + " in Azure; on this machine a connection string, or " + AppSetting.STORE.key()
                        + " to a folder"));
        StorageLocation queues = host.orElse(kept);
        if (queues instanceof StorageLocation.ByIdentity && host.isEmpty()) {
            throw new WrongSetting(AppSetting.STORAGE.key()
                    + " is not set. Set it to the storage account of the queues and the Functions host; "
                    + AppSetting.STORE.key() + " only says where diagnoses are stored");
        }
        return new StorageSettings(kept, queues);
    }

    /** The account that the platform's own settings name. If both kinds are set, the connection string wins there too. */
    private static Optional<StorageLocation> host(Map<String, String> environment) {
        Optional<String> secret = AppSetting.STORAGE.in(environment);
        if (secret.isPresent()) {
            if (!isConnectionString(secret.get())) {
                throw AppSetting.STORAGE.wrong(
                        secret.get(),
                        "a connection string, e.g. DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…");
            }
            return Optional.of(new StorageLocation.ByConnectionString(secret.get()));
        }
        Optional<String> client = AppSetting.STORAGE_CLIENT_ID.in(environment);
        Optional<String> name = AppSetting.STORAGE_ACCOUNT.in(environment);
        if (name.isPresent()) {
            if (!name.get().matches("[a-z0-9]{3,24}")) {
                throw AppSetting.STORAGE_ACCOUNT.wrong(name.get(), ACCOUNT);
            }
            return Optional.of(identity(
                    URI.create("https://" + name.get() + ".blob."
                            + AzureSettings.from(environment).cloud().storageSuffix()),
                    client));
        }
        Optional<URI> blobs = address(AppSetting.STORAGE_BLOBS, environment);
        Optional<URI> queues = address(AppSetting.STORAGE_QUEUES, environment);
        Optional<URI> tables = address(AppSetting.STORAGE_TABLES, environment);
        if (blobs.isEmpty() && queues.isEmpty() && tables.isEmpty()) {
            return Optional.empty();
        }
        if (blobs.isEmpty() || queues.isEmpty() || tables.isEmpty()) {
            AppSetting missing = blobs.isEmpty()
                    ? AppSetting.STORAGE_BLOBS
                    : queues.isEmpty() ? AppSetting.STORAGE_QUEUES : AppSetting.STORAGE_TABLES;
            throw new WrongSetting(missing.key() + " is not set, although the others of its three addresses are. Use "
                    + missing.example());
        }
        return Optional.of(new StorageLocation.ByIdentity(blobs.get(), queues.get(), tables.get(), client));
    }

    private static StorageLocation account(String value, Map<String, String> environment) {
        if (isConnectionString(value)) {
            throw new WrongSetting(
                    AppSetting.STORE.key() + " is a connection string, which contains a key. Use " + STORE);
        }
        URI uri = httpsHost(value).orElseThrow(() -> AppSetting.STORE.wrong(value, STORE));
        if (!uri.getHost().contains(".blob.")) {
            throw AppSetting.STORE.wrong(value, STORE);
        }
        return identity(uri, AppSetting.STORAGE_CLIENT_ID.in(environment));
    }

    private static StorageLocation folder(String value) {
        try {
            return new StorageLocation.Folder(Path.of(value));
        } catch (InvalidPathException e) {
            throw AppSetting.STORE.wrong(value, STORE);
        }
    }

    private static Optional<URI> address(AppSetting setting, Map<String, String> environment) {
        return setting.in(environment)
                .map(value -> httpsHost(value)
                        .orElseThrow(() -> setting.wrong(value, "an address such as " + setting.example())));
    }

    private static Optional<URI> httpsHost(String value) {
        try {
            URI uri = URI.create(value.replaceAll("/+$", ""));
            boolean plain = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null;
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StorageLocation.ByIdentity identity(URI blobs, Optional<String> client) {
        return new StorageLocation.ByIdentity(blobs, service(blobs, ".queue."), service(blobs, ".table."), client);
    }

    private static URI service(URI blobs, String service) {
        return URI.create(blobs.toString().replaceFirst("\\.blob\\.", service));
    }

    private static boolean isConnectionString(String value) {
        Wording words = Wording.of(value);
        return words.startWith("usedevelopmentstorage=") || words.has("accountname=", "endpoint=");
    }
}
