package dev.triage502.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One of those who share a folder: a file with its name, which it holds locked as long as its process lives. The operating
 * system lets go of the lock whatever ends the process.
 */
final class FolderOwner {

    /** A lock does not keep out its own process, so that the owners of this one are known here. */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String name;

    /** Held, and never closed: the lock ends with the process. */
    @SuppressWarnings("unused")
    private final FileLock lock;

    private FolderOwner(Path folder, String name, FileLock lock) {
        this.folder = folder;
        this.name = name;
        this.lock = lock;
    }

    static FolderOwner join(Path folder) {
        String name = UUID.randomUUID().toString();
        Path file = folder.resolve(name);
        try {
            PrivateFiles.createDirectories(folder);
            PrivateFiles.create(file);
            HERE.add(name);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            return new FolderOwner(folder, name, channel.lock());
        } catch (IOException e) {
            throw new StoreFailure(file.toString(), e);
        }
    }

    String name() {
        return name;
    }

    /** Whether the process of an owner has ended; its file is taken away then. */
    boolean isDead(String other) {
        if (HERE.contains(other)) {
            return false;
        }
        Path file = folder.resolve(other);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            @Nullable FileLock free = channel.tryLock();
            if (free == null) {
                return false;
            }
            Files.deleteIfExists(file);
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (OverlappingFileLockException here) {
            return false;
        } catch (IOException e) {
            throw new StoreFailure(file.toString(), e);
        }
    }
}
