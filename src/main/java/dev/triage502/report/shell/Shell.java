package dev.triage502.report.shell;

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

    /** The name on the command line and of a fence in Markdown: {@code bash}, {@code powershell}. */
    public String id() {
        return id;
    }
}
