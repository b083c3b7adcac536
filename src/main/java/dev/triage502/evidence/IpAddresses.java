package dev.triage502.evidence;

import com.github.jgonian.ipmath.AbstractIp;
import com.github.jgonian.ipmath.AbstractIpRange;
import com.github.jgonian.ipmath.Ipv4;
import com.github.jgonian.ipmath.Ipv4Range;
import com.github.jgonian.ipmath.Ipv6;
import com.github.jgonian.ipmath.Ipv6Range;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** IP addresses and prefixes as values, of both families; a name is no address. */
public final class IpAddresses {

    private IpAddresses() {}

    /**
     * An address, or a range of them, of one family.
     *
     * @param six   whether it is IPv6
     * @param first the first address as a number
     * @param last  the last address as a number, not less than the first
     * @param text  as it was written
     */
    public record Range(boolean six, BigInteger first, BigInteger last, String text) {

        /** Whether every address of the other lies in this one. */
        public boolean contains(Range other) {
            return six == other.six && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
        }

        /** Whether they share an address. */
        public boolean overlaps(Range other) {
            return six == other.six && first.compareTo(other.last) <= 0 && last.compareTo(other.first) >= 0;
        }

        /** How many leading bits are fixed, if this is a prefix: 24 for {@code 10.0.1.0/24}. */
        public int prefixLength() {
            return (six ? 128 : 32) - last.subtract(first).bitLength();
        }

        /** Whether it is a single address. */
        public boolean isSingle() {
            return first.equals(last);
        }
    }

    /** The range that a prefix ({@code 10.0.1.0/24}), a range ({@code a-b}) or a single address is; empty for all else. */
    public static Optional<Range> parse(String text) {
        String trimmed = text.strip();
        long number = quad(trimmed);
        if (number >= 0) {
            BigInteger address = BigInteger.valueOf(number);
            return Optional.of(new Range(false, address, address, trimmed));
        }
        try {
            if (trimmed.indexOf(':') >= 0) {
                return Optional.of(of(true, trimmed, Ipv6Range.parse(spread(trimmed, 128))));
            }
            if (!trimmed.isEmpty() && Character.isDigit(trimmed.charAt(0))) {
                return Optional.of(of(false, trimmed, Ipv4Range.parse(spread(trimmed, 32))));
            }
            return Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Whether the text is one address and not a name or a prefix. */
    public static boolean isAddress(String text) {
        return text.indexOf('/') < 0 && parse(text).filter(Range::isSingle).isPresent();
    }

    /** Whether an address can be reached only inside private networks (RFC 1918, RFC 4193, RFC 6598). */
    public static boolean isPrivate(Range address) {
        return PRIVATE.stream().anyMatch(each -> each.contains(address));
    }

    private static final List<Range> PRIVATE = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
            .map(each -> parse(each).orElseThrow())
            .toList();

    /** The range between two addresses of one family, written as a prefix where it is one. */
    public static Range between(boolean six, BigInteger first, BigInteger last) {
        BigInteger size = last.subtract(first).add(BigInteger.ONE);
        boolean isPrefix = size.bitCount() == 1 && first.mod(size).signum() == 0;
        String start = six ? Ipv6.of(first).toString() : Ipv4.of(first).toString();
        if (first.equals(last)) {
            return new Range(six, first, last, start);
        }
        String end = six ? Ipv6.of(last).toString() : Ipv4.of(last).toString();
        int length = (six ? 128 : 32) - (size.bitLength() - 1);
        return new Range(six, first, last, isPrefix ? start + "/" + length : start + "-" + end);
    }

    /** IpAddresses as numbers, IPv4 first, and names after them as words: {@code 10.0.0.9} before {@code 10.0.0.10}. */
    public static final Comparator<String> ORDER =
            ((Comparator<String>) IpAddresses::compare).thenComparing(Comparator.naturalOrder());

    /** As {@link #ORDER}, where two ways of writing one address are the same. */
    static int compare(String one, String other) {
        long first = quad(one);
        long second = quad(other);
        if (first >= 0 && second >= 0) {
            return Long.compare(first, second);
        }
        if (first >= 0 || second >= 0) {
            return first >= 0 ? -1 : 1;
        }
        Optional<Range> range = parse(one);
        Optional<Range> against = parse(other);
        if (range.isPresent() && against.isPresent()) {
            return range.get().first().compareTo(against.get().first());
        }
        return range.isPresent() == against.isPresent() ? one.compareTo(other) : range.isPresent() ? -1 : 1;
    }

    /** The number of a dotted IPv4 address; -1 for all else. Comparing long lists must not cost a parser's work. */
    private static long quad(String text) {
        long number = 0;
        int part = -1;
        int parts = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                part = Math.max(part, 0) * 10 + (c - '0');
            } else if (c == '.' && part >= 0) {
                number = number * 256 + part;
                part = -1;
                parts++;
            } else {
                return -1;
            }
            if (part > 255 || parts > 4) {
                return -1;
            }
        }
        return parts == 4 && part >= 0 ? number * 256 + part : -1;
    }

    /** A prefix may be written with host bits set ({@code 10.0.1.4/24}); its network is meant. */
    private static String spread(String text, int bits) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf('-') >= 0) {
            return text.indexOf('-') >= 0 ? text : text + "/" + bits;
        }
        int length = Integer.parseInt(text.substring(slash + 1).strip());
        AbstractIp<?, ?> ip = bits == 32 ? Ipv4.parse(text.substring(0, slash)) : Ipv6.parse(text.substring(0, slash));
        return (ip instanceof Ipv4 four ? four.lowerBoundForPrefix(length) : ((Ipv6) ip).lowerBoundForPrefix(length))
                + "/" + length;
    }

    private static Range of(boolean six, String text, AbstractIpRange<?, ?> range) {
        return new Range(six, number(range.start()), number(range.end()), text);
    }

    private static BigInteger number(AbstractIp<?, ?> ip) {
        return ip.asBigInteger();
    }
}
