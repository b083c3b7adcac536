package dev.triage502.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are there whole or not at all, whoever looks. */
final class NewFile {

    private NewFile() {}

    /** Writes a file that must not be there yet; says whether it was the one to do so. */
    static boolean write(Path target, byte[] content) throws IOException {
        Path draft = draft(target, content);
        try {
            Files.createLink(target, draft);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } catch (UnsupportedOperationException noLinksHere) {
            return moveTo(target, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Writes a file in place of one that may be there. */
    static void replace(Path target, byte[] content) throws IOException {
        Files.move(draft(target, content), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean moveTo(Path target, Path draft) throws IOException {
        try {
            Files.move(draft, target);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }

    private static Path draft(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        return Files.write(target.resolveSibling(".draft-" + UUID.randomUUID()), content);
    }
}
