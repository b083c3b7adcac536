package dev.triage502.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Texts as files of a folder. */
final class FolderBlobStore implements BlobStore {

    private final Path folder;

    FolderBlobStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String name, String text) {
        try {
            AtomicFile.write(file(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StoreFailure(file(name).toString(), e);
        }
    }

    @Override
    public Optional<String> get(String name) {
        try {
            return Optional.of(Files.readString(file(name)));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailure(file(name).toString(), e);
        }
    }

    @Override
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new StoreFailure(file(name).toString(), e);
        }
    }

    @Override
    public void removeAll(String prefix) {
        Path place = file(prefix);
        if (!Files.isDirectory(place)) {
            return;
        }
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StoreFailure(place.toString(), e);
        }
    }

    private Path file(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IllegalArgumentException(name + " leads out of the store");
        }
        return file;
    }
}
