package dev.triage502.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkStoreTest {

    @TempDir
    private Path folder;

    /** Two instances that start at once must not sign with two secrets: half of the links would not open. */
    @Test
    void allHaveTheSecretOfWhoeverAskedFirst() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(8);
        Set<String> secrets = new HashSet<>();
        try {
            Callable<String> asks = () -> store().links().secret();
            for (Future<String> secret :
                    instances.invokeAll(Stream.generate(() -> asks).limit(16).toList())) {
                secrets.add(secret.get());
            }
        } finally {
            instances.shutdownNow();
        }

        assertThat(secrets).hasSize(1);
        assertThat(secrets.iterator().next()).matches("[A-Za-z0-9_-]{43}");
        assertThat(store().links().secret()).isIn(secrets);
    }

    @Test
    void anotherStoreHasAnotherSecret() {
        Store other = Store.inFolder(folder.resolve("other"), Clock.systemUTC());

        assertThat(other.links().secret()).isNotEqualTo(store().links().secret());
    }

    @Test
    void revokingIsOfOneIncidentAndForGood() {
        assertThat(store().links().series("agw-1")).isZero();
        assertThat(store().links().revoke("agw-1")).isEqualTo(1);
        assertThat(store().links().revoke("agw-1")).isEqualTo(2);

        assertThat(store().links().series("agw-1")).isEqualTo(2);
        assertThat(store().links().series("agw-2")).isZero();
    }

    private Store store() {
        return Store.inFolder(folder.resolve("store"), Clock.systemUTC());
    }
}
