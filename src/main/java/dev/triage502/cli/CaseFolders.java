package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which case folders does a person mean who names a folder? */
final class CaseFolders {

    private CaseFolders() {}

    /** Whether a folder is a case as triage502 records one: a case.json, and nothing that has another name. */
    static boolean isCase(Path folder) {
        if (!Files.exists(folder.resolve("case.json"))) {
            return false;
        }
        try (Stream<Path> inner = Files.list(folder)) {
            return inner.filter(file -> !Files.isDirectory(file))
                    .map(CaseFolders::name)
                    .allMatch(name ->
                            name.startsWith(".") || CaseFolder.fileNames().contains(name) || isProse(name));
        } catch (IOException e) {
            throw new CommandFailed("cannot list " + folder + ": " + FileFault.words(e), e);
        }
    }

    /** What is in a case's folder, or beside cases in theirs, and is not read: by name, folders with a slash. */
    static List<String> notRead(Path folder) {
        boolean isCase = Files.exists(folder.resolve("case.json"));
        try (Stream<Path> inner = Files.list(folder)) {
            return inner.filter(each -> !isCase || !CaseFolder.fileNames().contains(name(each)))
                    .filter(each -> !Files.exists(each.resolve("case.json")))
                    .map(each -> name(each) + (Files.isDirectory(each) ? "/" : ""))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailed("cannot list " + folder + ": " + FileFault.words(e), e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isProse(String name) {
        return name.endsWith(".md") || name.endsWith(".txt");
    }

    /** Whether a folder holds files that may be recognised by what is in them. */
    static boolean holdsFiles(Path folder) {
        try (Stream<Path> inner = Files.list(folder)) {
            return inner.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new CommandFailed("cannot list " + folder + ": " + FileFault.words(e), e);
        }
    }

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
