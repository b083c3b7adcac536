package dev.triage502.store;

import dev.triage502.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;

/**
 * All that is kept: the ledger, the reports and what they rest on, what was sent, and the queues.
 *
 * <p>Nothing is opened before it is used, and what is missing (a queue, the table, the container) is made when it is.
 */
public final class Store {

    private final Ledger ledger;
    private final ReportStore reports;
    private final ArchivedCases cases;
    private final Outbox outbox;
    private final WorkQueue queue;

    private Store(KeyValueTable cells, BlobStore shelf, MessageSender messages) {
        this.ledger = new KeyValueLedger(cells);
        this.reports = new ReportStore(cells, shelf);
        this.cases = new ArchivedCases(shelf);
        this.outbox = new Outbox(cells);
        this.queue = new LargeMessageQueue(messages, shelf);
    }

    /** In a folder on this machine, the queues too; {@link #queuesIn} has the receiving side. */
    public static Store inFolder(Path folder, Clock clock) {
        return new Store(
                new FolderKeyValueTable(folder.resolve("cells")),
                new FolderBlobStore(folder.resolve("shelf")),
                queuesIn(folder, clock));
    }

    /** Everything in a folder but the queues, which are those of a storage account. */
    public static Store inFolder(Path folder, StorageAccount queues) {
        return new Store(
                new FolderKeyValueTable(folder.resolve("cells")),
                new FolderBlobStore(folder.resolve("shelf")),
                queues.messages());
    }

    /** In storage accounts, which may be one: that of the store, and that of the queues. */
    public static Store inAzure(StorageAccount store, StorageAccount queues) {
        return new Store(store.cells(), store.shelf(), queues.messages());
    }

    /** The queues of a store in a folder: for the host on this machine, which receives from them. */
    public static FolderQueues queuesIn(Path folder, Clock clock) {
        return new FolderQueues(folder.resolve("queues"), clock);
    }

    public Ledger ledger() {
        return ledger;
    }

    public ReportStore reports() {
        return reports;
    }

    public ArchivedCases cases() {
        return cases;
    }

    public Outbox outbox() {
        return outbox;
    }

    public WorkQueue queue() {
        return queue;
    }
}
