package dev.triage502.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A bundled case of which one file is broken. */
final class BrokenCase {

    private static final Path WHOLE = Path.of("src/test/resources/cases/python-orders-api");

    private BrokenCase() {}

    static Path in(Path parent, String file, String content) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("case"));
        try (Stream<Path> files = Files.list(WHOLE)) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve(each.getFileName()));
            }
        }
        Files.writeString(folder.resolve(file), content);
        return folder;
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(WHOLE)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
