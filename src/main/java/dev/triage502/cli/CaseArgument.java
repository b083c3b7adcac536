package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.UnreadableCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which recorded case does a person mean by a folder, or by the name of one that ships? */
final class CaseArgument {

    private CaseArgument() {}

    /** The case; a name that ships is taken before a folder of the same name, which {@code ./name} tells apart. */
    static RecordedCase read(String given) {
        try {
            return CaseFolder.shipped().contains(given) ? CaseFolder.readShipped(given) : inFolder(given);
        } catch (UnreadableCase e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** The one shown when none is named. */
    static String usual() {
        return CaseFolder.shipped().get(0);
    }

    /** A line for each case that ships: its name and what it is about. */
    static List<String> list() {
        int longest =
                CaseFolder.shipped().stream().mapToInt(String::length).max().orElse(0);
        return CaseFolder.shipped().stream()
                .map(name -> name
                        + " ".repeat(longest - name.length() + 2)
                        + CaseFolder.readShipped(name).title())
                .toList();
    }

    private static RecordedCase inFolder(String given) {
        Path folder = Path.of(given);
        if (!Files.exists(folder)) {
            throw new CommandFailed(given + " is neither a folder nor a bundled case ("
                    + String.join(", ", CaseFolder.shipped()) + ")");
        }
        return CaseFolder.read(folder);
    }
}
