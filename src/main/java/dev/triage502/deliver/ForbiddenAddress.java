package dev.triage502.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Addresses that nothing is sent to, because what answers there is the platform itself: its metadata service hands out
 * tokens, and quotes of its answers would go into logs. Private addresses are right: many receivers are only reached there.
 */
final class ForbiddenAddress {

    /** Azure's platform, and Amazon's metadata service; link-local addresses are known by their form. */
    private static final Set<String> OF_PLATFORMS = Set.of("168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private ForbiddenAddress() {}

    /**
     * Why nothing is sent to a host; empty if it may be, or if only a proxy knows its addresses.
     *
     * @param loopback whether this machine itself may be sent to
     */
    static Optional<String> of(String host, boolean loopback) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .flatMap(address -> kind(address, loopback).stream())
                    .map(kind -> "nothing is sent to " + kind)
                    .findFirst();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** Whether a host is written as such an address; names are not looked up. */
    static boolean isWritten(String host) {
        boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
        return isAddress && of(host, true).isPresent();
    }

    private static Optional<String> kind(InetAddress address, boolean loopback) {
        if (address.isLinkLocalAddress()) {
            return Optional.of("link-local addresses");
        }
        if (OF_PLATFORMS.contains(
                List.of(address.getHostAddress().split("%", 2)).get(0))) {
            return Optional.of("addresses of the cloud's platform");
        }
        boolean isThisMachine = address.isLoopbackAddress() || address.isAnyLocalAddress();
        return isThisMachine && !loopback ? Optional.of("loopback addresses in Azure") : Optional.empty();
    }
}
