package dev.triage502.reachability.nsg;

import dev.triage502.incident.Wording;
import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import java.util.List;

/** Which ports does a security rule mean? */
public final class PortRanges {

    private static final int LAST = 65535;
    private static final int FIRST_EPHEMERAL = 1024;

    private PortRanges() {}

    /** The first and the last port of {@code 443}, {@code 1000-2000} or {@code *}; nothing for what is none. */
    public record Span(int first, int last) {
        static final Span NOTHING = new Span(1, 0);

        public static Span of(String text) {
            String stripped = text.strip();
            if (stripped.equals("*")) {
                return new Span(0, LAST);
            }
            int dash = stripped.indexOf('-');
            try {
                return dash < 0
                        ? new Span(Integer.parseInt(stripped), Integer.parseInt(stripped))
                        : new Span(
                                Integer.parseInt(stripped.substring(0, dash).strip()),
                                Integer.parseInt(stripped.substring(dash + 1).strip()));
            } catch (NumberFormatException notAPort) {
                return NOTHING;
            }
        }

        boolean has(int port) {
            return first <= port && port <= last;
        }
    }

    public static boolean match(List<String> ports, int port) {
        return ports.stream().anyMatch(each -> Span.of(each).has(port));
    }

    /** Whether connections that start at a port of the system's choosing are meant. */
    static Match ephemeral(List<String> ports) {
        Match match = ports.isEmpty() ? Match.YES : Match.NO;
        for (String each : ports) {
            Span span = Span.of(each);
            if (span.first() <= FIRST_EPHEMERAL && span.last() >= LAST) {
                return Match.YES;
            }
            if (span.last() > FIRST_EPHEMERAL && span.last() > span.first()) {
                match = Match.MAYBE;
            }
        }
        return match;
    }

    /** Whether a rule's protocol takes in TCP: {@code Tcp}, {@code *}, or its number. */
    public static boolean isTcp(String protocol) {
        return isAny(protocol) || Wording.of(protocol).is("tcp") || protocol.equals("6");
    }

    /** Whether it takes in UDP, likewise. */
    public static boolean isUdp(String protocol) {
        return isAny(protocol) || Wording.of(protocol).is("udp") || protocol.equals("17");
    }

    private static boolean isAny(String protocol) {
        return protocol.equals("*") || Wording.of(protocol).is("any");
    }
}
