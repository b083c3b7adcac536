package dev.triage502.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An {@code az} on a PATH of its own that prints what a test says. */
public final class StubbedAz {

    private final Path folder;

    private StubbedAz(Path folder) {
        this.folder = folder;
    }

    /** One that gives a token, and writes down how it was called. */
    static StubbedAz signedIn(Path folder) throws IOException {
        return signedIn(folder, "");
    }

    /** The same; it first runs some lines of shell. */
    public static StubbedAz signedIn(Path folder, String first) throws IOException {
        return printing(folder, first + """
            echo "$@" >> '%s'
            audience=$(echo "$6" | sed 's,/.default$,,')
            claims=$(printf '{"aud":"%%s"}' "$audience" | base64 | tr -d '=\\n' | tr '/+' '_-')
            echo "{\\"accessToken\\":\\"eyJhbGciOiJub25lIn0.$claims.\\",\\"expires_on\\":4102444800}"
            """.replace("\\\\", "\\").formatted(folder.resolve("calls")));
    }

    /** One that fails with this on standard error. */
    static StubbedAz failing(Path folder, String error) throws IOException {
        Path text = Files.writeString(folder.resolve("error.txt"), error + "\n");
        return printing(folder, "cat '" + text + "' >&2\nexit 1");
    }

    private static StubbedAz printing(Path folder, String script) throws IOException {
        Path az = Files.writeString(folder.resolve("az"), "#!/bin/sh\n" + script + "\n");
        if (!az.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + az + " executable");
        }
        return new StubbedAz(folder);
    }

    /** The PATH that it is on, alone. */
    public String path() {
        return folder.toString();
    }

    /** How it was called, a line for each call. */
    String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }
}
