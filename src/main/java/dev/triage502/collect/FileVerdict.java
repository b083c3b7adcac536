package dev.triage502.collect;

import java.nio.file.Path;
import java.util.List;

/**
 * What a file was taken for.
 *
 * @param file    the file as it was named
 * @param taken   whether it is used
 * @param words   what it is, or why it is not used
 * @param command what makes a file that can be used; empty for one that is
 * @param notes   what of it is not used; empty if all is
 */
public record FileVerdict(Path file, boolean taken, String words, String command, List<String> notes) {

    public FileVerdict {
        notes = List.copyOf(notes);
    }

    static FileVerdict taken(Path file, String as, List<String> notes) {
        return new FileVerdict(file, true, as, "", notes);
    }

    static FileVerdict refused(Path file, String reason, String command) {
        return new FileVerdict(file, false, reason, command, List.of());
    }

    /** One line for a person, which begins with the file. */
    public String line() {
        if (taken) {
            return file + ": " + words + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
        }
        return file + ": not used: " + words + (command.isEmpty() ? "" : ". To get what is needed: " + command);
    }
}
