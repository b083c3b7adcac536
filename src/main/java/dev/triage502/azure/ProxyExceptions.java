package dev.triage502.azure;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which hosts are asked without the proxy: what {@code NO_PROXY} lists, as curl reads it. {@code *} is every host,
 * {@code azure.com}, {@code .azure.com} and {@code *.azure.com} are that name and all below it, and
 * {@code 10.0.0.0/8} is every host that is given as an address in that range; names are not looked up.
 */
final class ProxyExceptions {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*]|[^:]*):(\\d{1,5})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final List<Entry> entries;

    ProxyExceptions(String list) {
        entries = Stream.of(list.split("[,\\s]+"))
                .filter(each -> !each.isEmpty())
                .map(each -> Entry.of(each.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Whether a host is excepted; a port below 0 is that of https. */
    boolean cover(String host, int port) {
        String bare = withoutBrackets(host.toLowerCase(Locale.ROOT));
        return entries.stream().anyMatch(each -> each.covers(bare, port < 0 ? 443 : port));
    }

    /** One name, address or range; a port below 0 is every port. */
    private record Entry(String name, int port, Optional<AddressRange> range) {

        static Entry of(String text) {
            Matcher withPort = WITH_PORT.matcher(text);
            boolean hasPort = withPort.matches();
            String name = withoutBrackets(hasPort ? withPort.group(1) : text).replaceFirst("^\\*?\\.", "");
            return new Entry(name, hasPort ? Integer.parseInt(withPort.group(2)) : -1, AddressRange.of(name));
        }

        boolean covers(String host, int asked) {
            return name.equals("*") || (port < 0 || port == asked) && isOf(host);
        }

        private boolean isOf(String host) {
            return range.isPresent()
                    ? address(host).filter(range.get()::holds).isPresent()
                    : host.equals(name) || host.endsWith("." + name);
        }
    }

    /** The addresses whose first {@code bits} bits are those of {@code first}. */
    private record AddressRange(InetAddress first, int bits) {

        /** The range of an address, with or without a {@code /length}; empty if it is none. */
        static Optional<AddressRange> of(String text) {
            String[] both = text.split("/", 2);
            return address(both[0]).flatMap(first -> {
                int most = first.getAddress().length * 8;
                String length = both.length == 1 ? String.valueOf(most) : both[1];
                boolean right = length.matches("\\d{1,3}") && Integer.parseInt(length) <= most;
                return right ? Optional.of(new AddressRange(first, Integer.parseInt(length))) : Optional.empty();
            });
        }

        boolean holds(InetAddress address) {
            byte[] these = first.getAddress();
            byte[] those = address.getAddress();
            int others = these.length * 8 - bits;
            return these.length == those.length
                    && new BigInteger(1, these).shiftRight(others).equals(new BigInteger(1, those).shiftRight(others));
        }
    }

    /** The address that a text is; empty for a name, which is never looked up. */
    private static Optional<InetAddress> address(String host) {
        if (!host.contains(":") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
