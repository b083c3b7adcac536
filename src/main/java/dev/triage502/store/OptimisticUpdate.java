package dev.triage502.store;

import dev.triage502.store.KeyValueTable.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** Changes cells that others change too: reads, decides, writes, and does it over when another was quicker. */
final class OptimisticUpdate {

    /** Azure Monitor waits about ten seconds for an answer, and comes again if there is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int LONGEST_PAUSE_MILLIS = 40;
    private static final int LANES = 16;

    private final KeyValueTable cells;

    /** Within this process one waits for the other, which in a storm is cheaper than doing it over. */
    private final List<Lock> lanes =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(LANES).toList();

    /** What to write, if anything, and what to return. */
    record Written<T>(Optional<String> text, T result) {}

    OptimisticUpdate(KeyValueTable cells) {
        this.cells = cells;
    }

    /** Lets {@code writer} decide, given what is there; it may be asked several times, and its last word counts. */
    <T> T take(String row, String column, Function<Optional<Cell>, Written<T>> writer) {
        Lock lane = lanes.get(Math.floorMod(row.hashCode(), LANES));
        lane.lock();
        try {
            long began = System.nanoTime();
            while (true) {
                Optional<Cell> cell = cells.read(row, column);
                Written<T> written = writer.apply(cell);
                if (written.text().isEmpty()
                        || cells.write(row, column, written.text().get(), cell.map(Cell::tag))) {
                    return written.result();
                }
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new StoreFailure(
                            row + "/" + column + ": others kept changing it for " + PATIENCE.toSeconds() + " seconds");
                }
                pause();
            }
        } finally {
            lane.unlock();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted while waiting for a turn");
        }
    }
}
