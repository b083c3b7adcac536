package dev.triage502.function;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are kept, and where the queues are.
 *
 * @param store  the ledger, the diagnoses, what was sent
 * @param queues what is still to be done
 */
record StorageSettings(Place store, Place queues) {

    private static final String ACCOUNT = "a storage account's name: 3 to 24 letters and digits in lower case";
    private static final String STORE =
            "the blob address of a storage account, as https://NAME.blob.core.windows.net, or the path of a folder";

    static StorageSettings read(Map<String, String> environment) {
        Optional<Place> host = host(environment);
        Optional<Place> store = Setting.STORE
                .in(environment)
                .map(value -> value.contains("://") || isConnectionString(value)
                        ? account(value, environment)
                        : folder(value));
        Place kept = store.or(() -> host)
                .orElseThrow(() -> new WrongSetting(Setting.STORAGE.key()
                        + " is not set. Expected a storage account: " + Setting.STORAGE_ACCOUNT.key() + " in Azure, a"
                        + " connection string on this machine; or " + Setting.STORE.key()
                        + " with a folder on this machine"));
        Place queues = host.orElse(kept);
        if (queues instanceof Place.ByIdentity && host.isEmpty()) {
            throw new WrongSetting(Setting.STORAGE.key() + " is not set. Expected the storage account of the queues and"
                    + " of the Functions host; " + Setting.STORE.key() + " is only where diagnoses are kept");
        }
        return new StorageSettings(kept, queues);
    }

    /** The account that the platform's own settings name. If both kinds are set, the connection string wins there too. */
    private static Optional<Place> host(Map<String, String> environment) {
        Optional<String> secret = Setting.STORAGE.in(environment);
        if (secret.isPresent()) {
            if (!isConnectionString(secret.get())) {
                throw Setting.STORAGE.wrong(
                        secret.get(),
                        "a connection string, as DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…");
            }
            return Optional.of(new Place.ByConnectionString(secret.get()));
        }
        Optional<String> client = Setting.STORAGE_CLIENT_ID.in(environment);
        Optional<String> name = Setting.STORAGE_ACCOUNT.in(environment);
        if (name.isPresent()) {
            if (!name.get().matches("[a-z0-9]{3,24}")) {
                throw Setting.STORAGE_ACCOUNT.wrong(name.get(), ACCOUNT);
            }
            return Optional.of(identity(URI.create("https://" + name.get() + ".blob.core.windows.net"), client));
        }
        Optional<URI> blobs = address(Setting.STORAGE_BLOBS, environment);
        Optional<URI> queues = address(Setting.STORAGE_QUEUES, environment);
        Optional<URI> tables = address(Setting.STORAGE_TABLES, environment);
        if (blobs.isEmpty() && queues.isEmpty() && tables.isEmpty()) {
            return Optional.empty();
        }
        if (blobs.isEmpty() || queues.isEmpty() || tables.isEmpty()) {
            Setting missing = blobs.isEmpty()
                    ? Setting.STORAGE_BLOBS
                    : queues.isEmpty() ? Setting.STORAGE_QUEUES : Setting.STORAGE_TABLES;
            throw new WrongSetting(missing.key() + " is not set, while others of the three addresses are. Expected "
                    + missing.example());
        }
        return Optional.of(new Place.ByIdentity(blobs.get(), queues.get(), tables.get(), client));
    }

    private static Place account(String value, Map<String, String> environment) {
        if (isConnectionString(value)) {
            throw new WrongSetting(
                    Setting.STORE.key() + " is a connection string, which holds a key. Expected " + STORE);
        }
        URI uri = httpsHost(value).orElseThrow(() -> Setting.STORE.wrong(value, STORE));
        if (!uri.getHost().contains(".blob.")) {
            throw Setting.STORE.wrong(value, STORE);
        }
        return identity(uri, Setting.STORAGE_CLIENT_ID.in(environment));
    }

    private static Place folder(String value) {
        try {
            return new Place.Folder(Path.of(value));
        } catch (InvalidPathException e) {
            throw Setting.STORE.wrong(value, STORE);
        }
    }

    private static Optional<URI> address(Setting setting, Map<String, String> environment) {
        return setting.in(environment)
                .map(value ->
                        httpsHost(value).orElseThrow(() -> setting.wrong(value, "an address as " + setting.example())));
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

    private static Place.ByIdentity identity(URI blobs, Optional<String> client) {
        return new Place.ByIdentity(blobs, service(blobs, ".queue."), service(blobs, ".table."), client);
    }

    private static URI service(URI blobs, String service) {
        return URI.create(blobs.toString().replaceFirst("\\.blob\\.", service));
    }

    private static boolean isConnectionString(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("usedevelopmentstorage=")
                || lower.contains("accountname=")
                || lower.contains("endpoint=");
    }
}
