package dev.triage502.report.shell;

import java.util.List;

/** The shells that commands are printed for. */
public enum Shell {
    /** Bash, as on Linux, macOS, WSL and in Cloud Shell. */
    BASH("bash"),
    /** PowerShell on Windows, where {@code az} is a batch file whose arguments {@code cmd} reads once more. */
    POWERSHELL("powershell");

    private final String id;

    Shell(String id) {
        this.id = id;
    }

    /** A text as one word of this shell, whatever is in it. */
    public String quoted(String text) {
        if (text.isEmpty()) {
            return "''";
        }
        CommandValues none = name -> List.of();
        return this == BASH ? new BashWriter(none).quoted(text, "") : new PowerShellWriter(none).quoted(text, "");
    }

    /** The name on the command line and of a fence in Markdown: {@code bash}, {@code powershell}. */
    public String id() {
        return id;
    }
}
