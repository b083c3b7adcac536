package dev.triage502.evidence.arm;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The cases of the corpus, for tests that every one of them has to pass. Read once: who changes a document copies it. */
public final class Cases {

    private static final Path FOLDER = Path.of("src/test/resources");
    private static final Map<String, List<RecordedCase>> READ = new ConcurrentHashMap<>();

    private Cases() {}

    public static List<RecordedCase> all() {
        return of("cases");
    }

    /** The cases of a set: {@code cases}, {@code cases-kinds}, {@code cases-fresh}, {@code cases-intermittent}. */
    public static List<RecordedCase> of(String set) {
        return READ.computeIfAbsent(set, Cases::read);
    }

    private static List<RecordedCase> read(String set) {
        try (Stream<Path> folders = Files.list(FOLDER.resolve(set))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(CaseFolder::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
