package dev.triage502.cli;

import dev.triage502.collect.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which case folders does a person mean who names a folder? */
final class CaseFolders {

    private CaseFolders() {}

    /** The folder itself if it is a case (or nothing that can be looked into), else the cases in it, by name. */
    static List<Path> under(Path folder) {
        if (Files.exists(folder.resolve("case.json")) || !Files.isDirectory(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> inner = Files.list(folder)) {
            List<Path> cases = inner.filter(each -> Files.exists(each.resolve("case.json")))
                    .sorted()
                    .toList();
            return cases.isEmpty() ? List.of(folder) : cases;
        } catch (IOException e) {
            throw new CommandFailed("cannot list " + folder + ": " + FileFault.words(e), e);
        }
    }
}
