package dev.triage502.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which triage502 is this? */
public final class ProductVersion {

    private static final String RESOURCE = "/dev/triage502/version.txt";

    private ProductVersion() {}

    /** The version that the build wrote into the jar: {@code 0.1.0}. */
    public static String current() {
        try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        RESOURCE + " is not on the class path: the build did not copy resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who made a document: {@code triage502 0.1.0}. */
    public static String producer() {
        return "triage502 " + current();
    }
}
