package dev.triage502.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queues in a folder that behave as storage queues do: a message that is taken is hidden for a while, and shows again
 * unless it is deleted.
 *
 * <p>A message is a file named {@code VISIBLE-AT_ID_TAKEN}; to take or release it is to rename it, which of all who try
 * the file system lets one do. So any number of processes may share a folder. One that is taken has the name of who took
 * it as a fourth part, who holds a lock as long as it lives: what a dead process held shows again at once.
 */
public final class FolderQueues implements MessageSender, Heartbeats.Processes {

    private static final String OWNERS = ".owners";

    private final Path folder;
    private final Clock clock;
    private @Nullable FolderOwner owner;

    /** {@code clock} decides what is hidden: one that stands still shows no delayed message ever. */
    public FolderQueues(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * A message that was taken.
     *
     * @param receipt      names this take of it: once it shows again and is taken anew, the old receipt does nothing
     * @param dequeueCount how often it was taken, this time included
     * @param text         as it lies in the queue: base64, as the host expects it
     */
    public record Taken(String id, String receipt, long dequeueCount, String text) {}

    @Override
    public void send(String queue, String text, Duration delay) {
        put(queue, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), delay);
    }

    /** Puts a text, as it is to lie in the queue, into a queue; the queue is made if it is not there. */
    public void put(String queue, String text, Duration delay) {
        Path file = folder.resolve(queue).resolve(name(delay, UUID.randomUUID().toString(), 0));
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    /** Makes the queue's folder if it is not there, and sees that a message can be written into it. */
    @Override
    public void open(String queue) {
        Path file = folder.resolve(queue).resolve(".opened");
        try {
            AtomicFile.write(file, new byte[0]);
            Files.delete(file);
        } catch (IOException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    /** Takes the messages that show, those first that have shown longest, and no more than asked for. */
    public List<Taken> take(String queue, int atMost, Duration hiddenFor) {
        releaseHeldByDead(queue);
        List<Taken> taken = new ArrayList<>();
        for (Path file : showing(queue)) {
            if (taken.size() == atMost) {
                break;
            }
            take(file, hiddenFor).ifPresent(taken::add);
        }
        return taken;
    }

    /** Deletes a message, if it has not been taken by another since. */
    public void delete(String queue, Taken message) {
        try {
            Files.deleteIfExists(folder.resolve(queue).resolve(message.receipt()));
        } catch (IOException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    /** Lets a message show again after a while, if it has not been taken by another since. */
    public void release(String queue, Taken message, Duration hiddenFor) {
        Path file = folder.resolve(queue).resolve(message.receipt());
        rename(file, name(hiddenFor, message.id(), message.dequeueCount()));
    }

    /** How many messages a queue holds, the hidden ones included. */
    public int length(String queue) {
        return files(queue).size();
    }

    private Optional<Taken> take(Path file, Duration hiddenFor) {
        String[] parts = parts(file);
        long count = Long.parseLong(parts[2]) + 1;
        Optional<Path> mine = rename(file, name(hiddenFor, parts[1], count) + "_" + owner().name());
        try {
            return mine.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Taken(
                            parts[1], mine.get().getFileName().toString(), count, Files.readString(mine.get())));
        } catch (IOException e) {
            throw new StoreFailure(mine.map(Path::toString).orElse(""), e);
        }
    }

    @Override
    public String own() {
        return owner().name();
    }

    @Override
    public boolean isDead(String name) {
        return owner().isDead(name);
    }

    private synchronized FolderOwner owner() {
        FolderOwner mine = owner;
        if (mine == null) {
            mine = FolderOwner.join(folder.resolve(OWNERS));
            owner = mine;
        }
        return mine;
    }

    /** Lets show again what somebody took who is dead. */
    private void releaseHeldByDead(String queue) {
        long now = clock.millis();
        Map<String, Boolean> dead = new HashMap<>();
        for (Path file : files(queue)) {
            String[] parts = parts(file);
            boolean held = parts.length == 4 && Long.parseLong(parts[0]) > now;
            if (held && dead.computeIfAbsent(parts[3], name -> owner().isDead(name))) {
                rename(file, name(Duration.ZERO, parts[1], Long.parseLong(parts[2])));
            }
        }
    }

    private List<Path> showing(String queue) {
        long now = clock.millis();
        return files(queue).stream()
                .filter(file -> Long.parseLong(parts(file)[0]) <= now)
                .sorted()
                .toList();
    }

    private List<Path> files(String queue) {
        Path place = folder.resolve(queue);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> parts(file).length == 3 || parts(file).length == 4)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreFailure("queue " + queue, e);
        }
    }

    private static Optional<Path> rename(Path file, String name) {
        try {
            return Optional.of(Files.move(file, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE));
        } catch (NoSuchFileException takenByAnother) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailure(file.toString(), e);
        }
    }

    private String name(Duration hiddenFor, String id, long count) {
        long visibleAt = clock.millis() + hiddenFor.toMillis();
        return String.format(Locale.ROOT, "%016d_%s_%d", visibleAt, id, count);
    }

    private static String[] parts(Path file) {
        return file.getFileName().toString().split("_", -1);
    }
}
