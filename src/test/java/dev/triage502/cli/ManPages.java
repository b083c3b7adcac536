package dev.triage502.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a manual page in AsciiDoc for each command. A profile of the build makes man pages of them. */
final class ManPages {

    private ManPages() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        CommandLine root = Main.commandLine(new Terminal(false, Map.of()).console());
        int code =
                ManPageGenerator.generateManPage(folder.toFile(), null, new boolean[0], false, root.getCommandSpec());
        if (code != 0) {
            throw new IOException("the manual pages could not be written to " + folder + ": code " + code);
        }
    }
}
