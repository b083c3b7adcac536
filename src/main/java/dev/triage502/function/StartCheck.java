package dev.triage502.function;

import dev.triage502.store.Store;
import dev.triage502.store.StoreFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does it work, as far as can be told before the first alert? The settings are read, the store and the queues are written
 * to, and a pretended Azure is called.
 *
 * <p>For a host whose operator watches it start. In Azure, where nobody does, each part says what is wrong when it is used.
 */
final class StartCheck {

    private static final int CONNECT_MILLIS = 3000;

    private final AppSettings settings;
    private final Supplier<Store> store;

    StartCheck(AppSettings settings, Supplier<Store> store) {
        this.settings = settings;
        this.store = store;
    }

    /** One line for each setting that is missing, wrong, or names what cannot be used; none if all is well. */
    List<String> problems() {
        List<String> wrong = new ArrayList<>(settings.problems());
        if (wrong.isEmpty()) {
            storage().ifPresent(wrong::add);
            endpoint().ifPresent(wrong::add);
        }
        return wrong;
    }

    private Optional<String> storage() {
        StorageSettings where = settings.storage();
        Optional<String> kept = failure(where.store(), () -> store.get().tryOut());
        return kept.isPresent()
                ? kept
                : failure(where.queues(), () -> {
                    QueueNames.ALL.forEach(store.get()::tryOutQueue);
                });
    }

    private static Optional<String> failure(StorageLocation where, Runnable trial) {
        try {
            trial.run();
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(problem(where, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException unusable) {
            // The words are those of Azure's library, which may quote a key.
            return Optional.of(problem(where, "its connection string is invalid"));
        }
    }

    private static String problem(StorageLocation where, String why) {
        if (where instanceof StorageLocation.Folder folder) {
            return "cannot write to the store folder \"" + folder.path() + "\": "
                    + why + ". Set " + AppSetting.STORE.key()
                    + " to a writable folder";
        }
        return "cannot use the storage account: " + why + ". Check "
                + (where instanceof StorageLocation.ByConnectionString
                        ? AppSetting.STORAGE.key() + ", and that the account or emulator is running"
                        : AppSetting.STORE.key() + " and the roles of the identity");
    }

    private Optional<String> endpoint() {
        return settings.azure().endpoint().flatMap(StartCheck::silence);
    }

    private static Optional<String> silence(URI endpoint) {
        int scheme = "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
        int port = endpoint.getPort() < 0 ? scheme : endpoint.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), port), CONNECT_MILLIS);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(AppSetting.ENDPOINT.key() + " is \"" + endpoint
                    + "\", but nothing responds there. Use the address that ./triage502 pretend-azure"
                    + " prints, or unset it to use Azure");
        }
    }
}
