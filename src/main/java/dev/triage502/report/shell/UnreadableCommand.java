package dev.triage502.report.shell;

/** A command on a page that is not written as {@code docs/pages.md} says; the message says where and what. */
public final class UnreadableCommand extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnreadableCommand(String problem, String command) {
        super(problem + " in \"" + command + "\"");
    }
}
