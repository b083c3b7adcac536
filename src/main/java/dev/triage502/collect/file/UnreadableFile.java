package dev.triage502.collect.file;

import java.io.IOException;

/** A file is not read at all. The message says why, without the file's name. */
public final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableFile(String message) {
        super(message);
    }
}
