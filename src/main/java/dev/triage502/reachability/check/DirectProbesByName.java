package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.member.BackendResources;
import dev.triage502.reachability.member.IpOwners;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.name.NameResolution;
import dev.triage502.reachability.name.NameResolution.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of which named members does a direct probe at an address speak? Of those whose name leads there by the private zone that
 * the gateway asks. Where that zone leads a name to another address, what was sent to this one says nothing of it, whatever
 * host it asked for.
 */
public final class DirectProbesByName {

    private final Gateway gateway;
    private final Map<HostName, List<String>> addresses;

    private DirectProbesByName(Gateway gateway, Map<HostName, List<String>> addresses) {
        this.gateway = gateway;
        this.addresses = addresses;
    }

    /** The evidence, with each direct probe at an address speaking of the members whose names lead there. */
    public static Evidence in(Evidence evidence) {
        Optional<DirectProbes> probes = evidence.directProbes().toOptional();
        Optional<Gateway> gateway = evidence.gateway().toOptional();
        boolean worthIt = probes.stream().flatMap(DirectProbes::stream).anyMatch(DirectProbesByName::isAtAddress);
        if (!worthIt || gateway.isEmpty()) {
            return evidence;
        }
        Map<HostName, List<String>> addresses = addresses(evidence, gateway.get());
        if (addresses.isEmpty()) {
            return evidence;
        }
        DirectProbesByName names = new DirectProbesByName(gateway.get(), addresses);
        return evidence.with(
                Source.DIRECT_PROBE,
                Reading.present(new DirectProbes(
                        probes.get().stream().map(names::spokenOf).toList())));
    }

    private static boolean isAtAddress(DirectProbe probe) {
        return IpAddresses.isAddress(probe.address());
    }

    /** Where the named members lead, as far as a zone tells. */
    private static Map<HostName, List<String>> addresses(Evidence evidence, Gateway gateway) {
        List<String> members = gateway.associations().stream()
                .flatMap(pair -> pair.pool().members().stream())
                .filter(member -> !IpAddresses.isAddress(member))
                .distinct()
                .toList();
        if (members.isEmpty() || !evidence.network().isPresent()) {
            return Map.of();
        }
        NameResolution names = resolution(evidence, gateway);
        Map<HostName, List<String>> addresses = new HashMap<>();
        for (String member : members) {
            if (names.resolve(member) instanceof Resolution.Record found) {
                addresses.put(HostName.of(member), found.addresses());
            }
        }
        return addresses;
    }

    private static NameResolution resolution(Evidence evidence, Gateway gateway) {
        Reading<Network> network = evidence.network();
        Optional<AddressLocator> places =
                network.toOptional().flatMap(read -> AddressLocator.around(gateway.subnets(), read));
        BackendResources members = new BackendResources(network, evidence.backends(), new IpOwners(network, places));
        return new NameResolution(network, places, gateway.isolated(), new PrivateEndpointLookup(network, members));
    }

    private DirectProbe spokenOf(DirectProbe probe) {
        if (!isAtAddress(probe)) {
            return probe;
        }
        List<String> leading = gateway.associations().stream()
                .flatMap(pair -> pair.pool().members().stream())
                .filter(member -> leadsTo(member, probe.address()))
                .distinct()
                .sorted()
                .toList();
        List<Target> servers = Stream.concat(
                        probe.targets().stream().filter(server -> !leadsElsewhere(server.name(), probe.address())),
                        gateway.associations().stream()
                                .filter(pair -> isAskedAlike(pair.setting(), probe))
                                .flatMap(pair -> ledTo(pair, probe.address())))
                .distinct()
                .sorted()
                .toList();
        return probe.ledToBy(leading, servers);
    }

    private Stream<Target> ledTo(Association pair, String address) {
        return pair.pool().members().stream()
                .filter(member -> leadsTo(member, address))
                .map(member -> gateway.server(pair.pool(), pair.setting(), member));
    }

    /** Whether it was made as the gateway asks through this setting: with TLS or without, and at a port that it uses. */
    private boolean isAskedAlike(Setting setting, DirectProbe probe) {
        int port = probe.port().orElse(setting.port());
        return setting.isTls() == probe.overTls() && (port == setting.port() || port == gateway.probedPort(setting));
    }

    private boolean leadsTo(String member, String address) {
        return addresses.getOrDefault(HostName.of(member), List.of()).contains(address);
    }

    private boolean leadsElsewhere(String member, String address) {
        List<String> known = addresses.get(HostName.of(member));
        return known != null && !known.contains(address);
    }
}
