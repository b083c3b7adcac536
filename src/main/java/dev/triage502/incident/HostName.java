package dev.triage502.incident;

import java.util.Optional;

/**
 * The name of a host, or its address, as a configuration, a log or a certificate writes it. Two are equal if they differ
 * only in case (RFC 4343). The spelling that was read is kept for display.
 */
public final class HostName extends CaselessText {

    private HostName(String text) {
        super(text);
    }

    /** The name in this spelling, which may be empty where no host is named. */
    public static HostName of(String text) {
        return new HostName(text);
    }

    /** Whether no host is named. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Whether it is the domain, or lies below it: {@code app.azurewebsites.net} below {@code azurewebsites.net}. */
    public boolean isBelow(HostName domain) {
        return equals(domain) || key.endsWith("." + domain.key);
    }

    /** What stands before the domain, in lower case: {@code app} of {@code app.contoso.com}; empty if it is not below it. */
    public Optional<String> before(HostName domain) {
        String end = "." + domain.key;
        return key.endsWith(end) ? Optional.of(key.substring(0, key.length() - end.length())) : Optional.empty();
    }

    /**
     * Whether a certificate's name is good for it: the same name, or one whose leftmost label is {@code *}, which stands
     * for exactly one label (RFC 6125, 6.4.3).
     */
    public boolean isCoveredBy(HostName certified) {
        int dot = key.indexOf('.');
        return !isEmpty() && equals(certified)
                || certified.key.startsWith("*.")
                        && dot > 0
                        && key.substring(dot).equals(certified.key.substring(1));
    }
}
