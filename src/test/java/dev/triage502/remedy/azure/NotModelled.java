package dev.triage502.remedy.azure;

/** A change that the model cannot apply: its thing is not among the documents, or nobody wrote the command yet. */
public final class NotModelled extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean unread;

    private NotModelled(String what, boolean unread) {
        super(what);
        this.unread = unread;
    }

    static NotModelled command(String what) {
        return new NotModelled(what, false);
    }

    static NotModelled unread(String what) {
        return new NotModelled(what, true);
    }

    /** Whether the command is known and only what it changes was never read. */
    public boolean isUnread() {
        return unread;
    }
}
