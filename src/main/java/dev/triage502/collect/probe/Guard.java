package dev.triage502.collect.probe;

import dev.triage502.incident.HostName;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * What must not be asked, whatever a gateway's configuration says? This machine, its neighbours on the link (the
 * platform's metadata and identity service among them), the platform's wire server, and what is no single machine. Who
 * may write a pool must not thereby be able to send this program there.
 */
interface Guard {

    /** Why a name must not even be resolved, or nothing. */
    Optional<String> againstName(String name);

    /** Why an address must not be connected to, or nothing. */
    Optional<String> againstAddress(InetAddress address);

    /** The guard that counts; tests, whose servers are on this machine, have another. */
    static Guard strict() {
        return new Strict();
    }

    /** As said above. */
    final class Strict implements Guard {

        /** Azure's wire server: DNS, DHCP and the agent's and the load balancer's probes. */
        private static final byte[] WIRE_SERVER = {(byte) 168, 63, (byte) 129, 16};

        private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

        private static final HostName LOCALHOST = HostName.of("localhost");
        private static final HostName METADATA = HostName.of("metadata.azure.internal");

        @Override
        public Optional<String> againstName(String name) {
            HostName host = HostName.of(name.replaceAll("\\.$", ""));
            boolean local = host.isBelow(LOCALHOST) || host.equals(METADATA);
            return local ? Optional.of(name + " is a name of this machine or of the Azure platform") : Optional.empty();
        }

        @Override
        public Optional<String> againstAddress(InetAddress address) {
            Optional<InetAddress> inner = embedded(address);
            if (inner.isPresent()) {
                return againstAddress(inner.get());
            }
            String what = kind(address);
            return what.isEmpty() ? Optional.empty() : Optional.of(address.getHostAddress() + " is " + what);
        }

        private static String kind(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (address.isLoopbackAddress()) {
                return "a loopback address";
            }
            if (address.isLinkLocalAddress()) {
                return "a link-local address (Azure's metadata service)";
            }
            if (address.isMulticastAddress()) {
                return "a multicast address";
            }
            if (address.isAnyLocalAddress() || address instanceof Inet4Address && bytes[0] == 0) {
                return "not the address of a machine";
            }
            if (Arrays.equals(bytes, WIRE_SERVER)) {
                return "the Azure wire server";
            }
            // 240.0.0.0/4 with the broadcast address in it.
            return address instanceof Inet4Address && (bytes[0] & 0xf0) == 0xf0 ? "a reserved address" : "";
        }

        /** The IPv4 address that an IPv6 one leads to: mapped, compatible, translated (NAT64), or by 6to4. */
        private static Optional<InetAddress> embedded(InetAddress address) {
            if (!(address instanceof Inet6Address six)) {
                return Optional.empty();
            }
            byte[] bytes = six.getAddress();
            if (six.isIPv4CompatibleAddress() && !six.isLoopbackAddress() && !six.isAnyLocalAddress()) {
                return four(bytes, 12);
            }
            if (Arrays.equals(Arrays.copyOf(bytes, 12), NAT64)) {
                return four(bytes, 12);
            }
            return bytes[0] == 0x20 && bytes[1] == 0x02 ? four(bytes, 2) : Optional.empty();
        }

        private static Optional<InetAddress> four(byte[] bytes, int from) {
            try {
                return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
            } catch (java.net.UnknownHostException e) {
                return Optional.empty();
            }
        }
    }
}
