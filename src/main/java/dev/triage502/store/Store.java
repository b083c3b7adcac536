package dev.triage502.store;

import dev.triage502.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept: the ledger, the reports and what they rest on, what was sent, and the queues.
 *
 * <p>Nothing is opened before it is used, and what is missing (a queue, the table, the container) is made when it is.
 */
public final class Store {

    /** Of a cell and a text that are written for no other reason than to see that it can be done. */
    private static final String TRIED = "start-check";

    private static final Heartbeats.Processes ON_SEVERAL_MACHINES = new Heartbeats.Processes() {
        @Override
        public String own() {
            return "";
        }

        @Override
        public boolean isDead(String name) {
            return false;
        }
    };

    private final Ledger ledger;
    private final ReportStore reports;
    private final ArchivedCases cases;
    private final IncidentIndex incidents;
    private final RequestedDiagnoses requests;
    private final IgnoredAlerts ignored;
    private final Heartbeats heartbeats;
    private final FeedbackStore feedback;
    private final LinkStore links;
    private final Outbox outbox;
    private final ChannelNotes channelNotes;
    private final WorkQueue queue;
    private final KeyValueTable cells;
    private final BlobStore shelf;
    private final MessageSender messages;

    private Store(KeyValueTable cells, BlobStore shelf, MessageSender messages, Heartbeats.Processes processes) {
        this.cells = cells;
        this.shelf = shelf;
        this.messages = messages;
        this.ledger = new KeyValueLedger(cells);
        this.reports = new ReportStore(cells, shelf);
        this.cases = new ArchivedCases(shelf);
        this.incidents = new IncidentIndex(cells);
        this.requests = new RequestedDiagnoses(cells);
        this.ignored = new IgnoredAlerts(cells);
        this.heartbeats = new Heartbeats(cells, processes);
        this.feedback = new FeedbackStore(cells);
        this.links = new LinkStore(cells);
        this.outbox = new Outbox(cells);
        this.channelNotes = new ChannelNotes(cells);
        this.queue = new LargeMessageQueue(messages, shelf);
    }

    /** In a folder on this machine, the queues too; {@link #queuesIn} has the receiving side. */
    public static Store inFolder(Path folder, Clock clock) {
        FolderQueues queues = queuesIn(folder, clock);
        return new Store(
                new FolderKeyValueTable(folder.resolve("cells")),
                new FolderBlobStore(folder.resolve("shelf")),
                queues,
                queues);
    }

    /** Everything in a folder but the queues, which are those of a storage account. */
    public static Store inFolder(Path folder, StorageAccount queues) {
        return new Store(
                new FolderKeyValueTable(folder.resolve("cells")),
                new FolderBlobStore(folder.resolve("shelf")),
                queues.messages(),
                ON_SEVERAL_MACHINES);
    }

    /** In storage accounts, which may be one: that of the store, and that of the queues. */
    public static Store inAzure(StorageAccount store, StorageAccount queues) {
        return new Store(store.cells(), store.shelf(), queues.messages(), ON_SEVERAL_MACHINES);
    }

    /** The queues of a store in a folder: for the host on this machine, which receives from them. */
    public static FolderQueues queuesIn(Path folder, Clock clock) {
        return new FolderQueues(folder.resolve("queues"), clock);
    }

    /**
     * Writes into the store, and takes away again what it can.
     *
     * @throws StoreFailure if what an alert needs to be taken in cannot be written
     */
    public void tryOut() {
        shelf.put(TRIED, TRIED);
        shelf.remove(TRIED);
        new OptimisticUpdate(cells)
                .take(TRIED, TRIED, cell -> new OptimisticUpdate.Written<>(Optional.of(TRIED), true));
    }

    /**
     * Takes away some of the closed incidents that were opened, and of the diagnoses that were requested, before a moment,
     * with all that belongs to them.
     *
     * @param atMost how many of each
     * @return how many were taken away
     */
    public int forgetBefore(Instant moment, int atMost) {
        List<IncidentIndex.Old> old = incidents.openedBefore(moment, atMost);
        for (IncidentIndex.Old each : old) {
            removeFiles(each.id());
            incidents.remove(each);
        }
        List<RequestedDiagnoses.Old> requested = requests.askedBefore(moment, atMost);
        for (RequestedDiagnoses.Old each : requested) {
            removeFiles(each.id());
            requests.remove(each);
        }
        return old.size() + requested.size();
    }

    private void removeFiles(String id) {
        shelf.removeAll("diagnoses/" + StoreKeys.safe(id) + "/");
        shelf.removeAll("cases/" + StoreKeys.safe(id) + "/");
    }

    /**
     * Makes a queue, if it is not there.
     *
     * @throws StoreFailure if it cannot be made, or nothing can be put into it
     */
    public void tryOutQueue(String name) {
        messages.open(name);
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

    public IncidentIndex incidents() {
        return incidents;
    }

    public RequestedDiagnoses requests() {
        return requests;
    }

    public IgnoredAlerts ignoredAlerts() {
        return ignored;
    }

    public FeedbackStore feedback() {
        return feedback;
    }

    public LinkStore links() {
        return links;
    }

    public Heartbeats heartbeats() {
        return heartbeats;
    }

    public Outbox outbox() {
        return outbox;
    }

    public ChannelNotes channelNotes() {
        return channelNotes;
    }

    /** A text that an operator put into the container, by its name. */
    public Optional<String> text(String name) {
        return shelf.get(name);
    }

    public WorkQueue queue() {
        return queue;
    }
}
