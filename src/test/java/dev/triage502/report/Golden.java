package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole texts, kept as files: what a person would see is compared as a person would see it. */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Compares; with {@code -Dgolden.write=true} the file is written instead, to be looked at and committed. */
    public static void compare(String fileName, String seen) {
        Path file = FOLDER.resolve(fileName);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, seen);
            }
            assertThat(seen).as(file + " (-Dgolden.write=true writes it)").isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
