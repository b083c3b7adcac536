package dev.triage502.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * KeyValueTable in a folder, for one machine: a cell is a file {@code row/column}, whose first line counts its states. Who
 * writes holds the row's lock file, so it holds between processes too; who reads finds a whole state, the old or the new.
 */
final class FolderKeyValueTable implements KeyValueTable {

    private static final String LOCK = ".lock";
    private static final long PAUSE_MILLIS = 2;

    private final Path folder;

    FolderKeyValueTable(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Cell> read(String row, String column) {
        Path file = folder.resolve(row).resolve(column);
        try {
            String content = Files.readString(file);
            int line = content.indexOf('\n');
            return Optional.of(new Cell(content.substring(line + 1), content.substring(0, line)));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailure(file.toString(), e);
        }
    }

    @Override
    public boolean write(String row, String column, String text, Optional<String> seen) {
        Path place = folder.resolve(row);
        try {
            PrivateFiles.createDirectories(place);
            PrivateFiles.createIfMissing(place.resolve(LOCK));
            try (FileChannel channel =
                            FileChannel.open(place.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock(channel)) {
                boolean unchanged =
                        held.isValid() && read(row, column).map(Cell::tag).equals(seen);
                if (unchanged) {
                    long state = seen.map(Long::parseLong).orElse(0L) + 1;
                    AtomicFile.write(place.resolve(column), (state + "\n" + text).getBytes(StandardCharsets.UTF_8));
                }
                return unchanged;
            }
        } catch (IOException e) {
            throw new StoreFailure(place.resolve(column).toString(), e);
        }
    }

    @Override
    public List<Listed> list(String row, String after, int atMost) {
        Path place = folder.resolve(row);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            List<String> columns = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && name.compareTo(after) > 0)
                    .sorted()
                    .limit(atMost)
                    .toList();
            List<Listed> found = new ArrayList<>();
            for (String column : columns) {
                read(row, column).ifPresent(cell -> found.add(new Listed(column, cell.text())));
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new StoreFailure(place.toString(), e);
        }
    }

    @Override
    public void remove(String row, String column) {
        try {
            Files.deleteIfExists(folder.resolve(row).resolve(column));
        } catch (IOException e) {
            throw new StoreFailure(folder.resolve(row).resolve(column).toString(), e);
        }
    }

    /** Waits for the lock. The JDK waits for other processes, but refuses where this one holds it already. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldHere) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted while waiting for a cell");
        }
    }
}
