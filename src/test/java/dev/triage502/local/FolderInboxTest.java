package dev.triage502.local;

import dev.triage502.store.FolderQueues;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class FolderInboxTest extends QueueInboxContract {

    @TempDir
    private Path folder;

    @Override
    QueueInbox inbox() {
        return new FolderInbox(new FolderQueues(folder, Clock.systemUTC()));
    }
}
