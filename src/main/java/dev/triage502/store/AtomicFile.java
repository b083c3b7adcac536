package dev.triage502.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are there whole or not at all, whoever looks. */
final class AtomicFile {

    private AtomicFile() {}

    /** Writes a file, in place of one that may be there. */
    static void write(Path target, byte[] content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFiles.createDirectories(folder);
        }
        Path draft = PrivateFiles.create(target.resolveSibling(".draft-" + UUID.randomUUID()));
        Files.write(draft, content);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
