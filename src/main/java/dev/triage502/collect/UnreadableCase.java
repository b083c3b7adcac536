package dev.triage502.collect;

/** Why a folder is no case: which file, what was seen there and what would be right. For the person who named it. */
public final class UnreadableCase extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableCase(String message) {
        super(message);
    }
}
