package dev.triage502.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends StoreContract {

    @TempDir
    private Path folder;

    private Store store;
    private FolderQueues queues;

    @BeforeEach
    void open() {
        store = Store.inFolder(folder, Clock.systemUTC());
        queues = Store.queuesIn(folder, Clock.systemUTC());
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    Store anotherProcess() {
        return Store.inFolder(folder, Clock.systemUTC());
    }

    @Override
    Optional<FolderQueues.Taken> receive(String queue, Duration hiddenFor) {
        return queues.take(queue, 1, hiddenFor).stream()
                .map(taken -> new FolderQueues.Taken(
                        taken.id(),
                        taken.receipt(),
                        taken.dequeueCount(),
                        new String(Base64.getDecoder().decode(taken.text()), StandardCharsets.UTF_8)))
                .findFirst();
    }

    @Override
    void delete(String queue, FolderQueues.Taken message) {
        queues.delete(queue, message);
    }

    @Test
    void eachMessageIsTakenByOne() throws Exception {
        for (int i = 0; i < 300; i++) {
            queues.send("q", "m" + i, Duration.ZERO);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<List<String>> taking = () -> Stream.generate(() -> queues.take("q", 7, Duration.ofMinutes(5)))
                .takeWhile(taken -> !taken.isEmpty())
                .flatMap(List::stream)
                .map(FolderQueues.Taken::id)
                .toList();
        Set<String> ids = new HashSet<>();
        int count = 0;
        for (Future<List<String>> future : threads.invokeAll(List.of(taking, taking, taking, taking))) {
            ids.addAll(future.get());
            count += future.get().size();
        }
        threads.shutdown();

        assertThat(count).isEqualTo(300);
        assertThat(ids).hasSize(300);
    }

    @Test
    void noTurnIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Integer> counting = () -> {
            OptimisticUpdate turns = new OptimisticUpdate(new FolderKeyValueTable(folder));
            for (int i = 0; i < 100; i++) {
                turns.take("row", "count", cell -> {
                    int count = cell.map(KeyValueTable.Cell::text)
                            .map(Integer::parseInt)
                            .orElse(0);
                    return new OptimisticUpdate.Written<>(Optional.of(String.valueOf(count + 1)), count);
                });
            }
            return 100;
        };
        for (Future<Integer> done : threads.invokeAll(List.of(counting, counting, counting, counting))) {
            done.get();
        }
        threads.shutdown();

        assertThat(new FolderKeyValueTable(folder)
                        .read("row", "count")
                        .orElseThrow()
                        .text())
                .isEqualTo("400");
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        aMessageArrivesAsItWasSent();
        theLedgerRemembersWhatAnAlertCameTo();
        aReportIsExpectedAndThenThere();

        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(path -> !path.equals(folder)).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void whatAnotherLivingOneHoldsIsNotReleased() {
        queues.send("q", "m", Duration.ZERO);
        assertThat(queues.take("q", 1, Duration.ofMinutes(1))).hasSize(1);

        assertThat(Store.queuesIn(folder, Clock.systemUTC()).take("q", 1, Duration.ofMinutes(1)))
                .isEmpty();
    }

    @Test
    void whatADeadOneHeldIsReleased() throws Exception {
        queues.send("q", "m", Duration.ZERO);
        queues.take("q", 1, Duration.ofMinutes(1));
        Path place = folder.resolve("queues");
        Path held;
        try (Stream<Path> files = Files.list(place.resolve("q"))) {
            held = files.findFirst().orElseThrow();
        }
        String name = held.getFileName().toString();
        Files.move(held, held.resolveSibling(name.substring(0, name.lastIndexOf('_')) + "_no-such-owner"));

        assertThat(queues.take("q", 1, Duration.ofMinutes(1)))
                .extracting(FolderQueues.Taken::dequeueCount)
                .containsExactly(2L);
    }

    @Test
    void anOldReceiptDoesNothing() {
        queues.send("q", "m", Duration.ZERO);
        FolderQueues.Taken first = queues.take("q", 1, Duration.ZERO).get(0);
        FolderQueues.Taken second = queues.take("q", 1, Duration.ofMinutes(1)).get(0);

        queues.delete("q", first);
        queues.release("q", first, Duration.ZERO);
        assertThat(queues.length("q")).isEqualTo(1);
        assertThat(queues.take("q", 1, Duration.ofMinutes(1))).isEmpty();

        queues.release("q", second, Duration.ZERO);
        assertThat(queues.take("q", 5, Duration.ofMinutes(1)))
                .extracting(FolderQueues.Taken::dequeueCount)
                .containsExactly(3L);
    }
}
