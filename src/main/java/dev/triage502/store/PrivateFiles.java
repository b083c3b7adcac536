package dev.triage502.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders and files that only their owner may use (700 and 600), where the file system has such rights. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Makes a folder and those above it that are not there. */
    static void createDirectories(Path folder) throws IOException {
        Files.createDirectories(folder, rights(folder, "rwx------"));
    }

    /** Makes an empty file. */
    static Path create(Path file) throws IOException {
        return Files.createFile(file, rights(file, "rw-------"));
    }

    /** Makes an empty file, unless it is there. */
    static void createIfMissing(Path file) throws IOException {
        try {
            create(file);
        } catch (FileAlreadyExistsException there) {
            // as wanted
        }
    }

    private static FileAttribute<?>[] rights(Path at, String rights) {
        boolean posix = at.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
