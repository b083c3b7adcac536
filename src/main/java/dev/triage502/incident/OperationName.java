package dev.triage502.incident;

/**
 * The name of a control-plane operation or of the permission for it, such as
 * {@code Microsoft.Network/applicationGateways/write}. Azure spells one in several ways, so the case does not count. The
 * spelling that was read is kept for display.
 */
public final class OperationName extends CaselessText {

    private static final String ACTION = "/action";

    private OperationName(String text) {
        super(text);
    }

    /** The name in this spelling, which may be empty where none is known. */
    public static OperationName of(String text) {
        return new OperationName(text);
    }

    /** Whether it is one on a type or in a namespace: {@code Microsoft.Network}, {@code Microsoft.Web/sites}. */
    public boolean isOn(String type) {
        int end = type.length();
        return text.regionMatches(true, 0, type, 0, end) && text.startsWith("/", end);
    }

    /** Whether these letters, written in lower case, stand in it. */
    public boolean has(String letters) {
        return key.contains(letters);
    }

    /** Whether it only reads. */
    public boolean isRead() {
        return verb().equals("read");
    }

    /** What is done, in lower case: {@code write}, {@code delete}; of an action its own name, such as {@code start}. */
    public String verb() {
        String named = key.endsWith(ACTION) ? key.substring(0, key.length() - ACTION.length()) : key;
        return named.substring(named.lastIndexOf('/') + 1);
    }
}
