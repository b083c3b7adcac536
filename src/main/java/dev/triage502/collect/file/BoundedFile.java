package dev.triage502.collect.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bytes of a file that somebody else may have made: only of a regular file, no more than a program can hold, and
 * no longer than a person waits.
 */
public final class BoundedFile {

    /** A busy gateway's access log of an hour is smaller; as a tree in memory it is ten times as much. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private BoundedFile() {}

    /** How a file is opened; tests open slow ones. */
    interface Opening {
        InputStream open(Path file) throws IOException;
    }

    /**
     * The bytes of a file that a person named; links are followed.
     *
     * @throws UnreadableFile if it is a folder, a pipe or a device, or too large, or cannot be read in time
     */
    public static byte[] read(Path file) throws IOException {
        return read(file, MOST_BYTES, LONGEST);
    }

    /**
     * The bytes of a file found in a folder; a link that leads out of the folder is refused.
     *
     * @throws UnreadableFile as {@link #read(Path)}
     */
    public static byte[] readWithin(Path folder, Path file) throws IOException {
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw new UnreadableFile("it is a symbolic link to a file outside the folder");
        }
        return read(file);
    }

    static byte[] read(Path file, long mostBytes, Duration longest) throws IOException {
        return read(file, Files::newInputStream, mostBytes, longest);
    }

    static byte[] read(Path file, Opening opening, long mostBytes, Duration longest) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFile("Is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableFile("it is a pipe or a device; write the output to a file first");
        }
        FutureTask<byte[]> reading = new FutureTask<>(() -> bytes(opening.open(file), mostBytes));
        Thread reader = new Thread(reading, "triage502-file");
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reader.interrupt();
            throw new UnreadableFile("not read within " + longest.toSeconds() + " s; copy it to a local disk");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IOException("it is not usable", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** By what is read, not by the size that the file system names: a file may grow, and some have no size. */
    private static byte[] bytes(InputStream opened, long most) throws IOException {
        try (opened) {
            byte[] bytes = opened.readNBytes((int) (most + 1));
            if (bytes.length > most) {
                throw new UnreadableFile(
                        "larger than " + most / (1024 * 1024) + " MB; cut a log to the hour of the incident");
            }
            return bytes;
        }
    }
}
