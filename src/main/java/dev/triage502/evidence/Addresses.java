package dev.triage502.evidence;

import com.github.jgonian.ipmath.AbstractIp;
import com.github.jgonian.ipmath.AbstractIpRange;
import com.github.jgonian.ipmath.Ipv4;
import com.github.jgonian.ipmath.Ipv4Range;
import com.github.jgonian.ipmath.Ipv6;
import com.github.jgonian.ipmath.Ipv6Range;
import java.math.BigInteger;
import java.util.Optional;

/** IP addresses and prefixes as values, of both families; a name is no address. */
public final class Addresses {

    private Addresses() {}

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

    private static final java.util.List<Range> PRIVATE = java.util.stream.Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
            .map(each -> parse(each).orElseThrow())
            .toList();

    /** A text by which addresses sort as numbers and names as words: {@code 10.0.0.9} before {@code 10.0.0.10}. */
    public static String sortable(String name) {
        return parse(name)
                .map(range -> String.format("%s%039d", range.six() ? "6" : "4", range.first()))
                .orElse(name);
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
