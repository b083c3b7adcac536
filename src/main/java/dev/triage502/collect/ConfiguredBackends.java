package dev.triage502.collect;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the pools hold: addresses, names in lower case, and IP configurations of interfaces that joined them; and the host
 * names that backend settings send. Not more than a query takes; a gateway may have 120,000 of them.
 */
record ConfiguredBackends(Set<String> addresses, Set<String> names, Set<String> hosts, Set<ResourceId> configurations) {

    private static final int MOST = 500;
    private static final String SCALE_SETS = "virtualMachineScaleSets";

    static ConfiguredBackends of(Gateway gateway) {
        Set<String> addresses = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        Set<ResourceId> configurations = new LinkedHashSet<>();
        for (Pool pool : inUseFirst(gateway)) {
            for (String member : pool.members()) {
                Set<String> kind = IpAddresses.isAddress(member) ? addresses : names;
                if (kind.size() < MOST) {
                    kind.add(HostName.of(member.strip()).inLowerCase());
                }
            }
            pool.interfaces().stream()
                    .limit(Math.max(0, MOST - configurations.size()))
                    .forEach(configurations::add);
        }
        Set<String> hosts = new LinkedHashSet<>();
        gateway.settings().stream()
                .map(setting -> HostName.of(setting.hostName().strip()).inLowerCase())
                .filter(host -> !host.isEmpty() && !IpAddresses.isAddress(host))
                .limit(MOST)
                .forEach(hosts::add);
        return new ConfiguredBackends(addresses, names, hosts, configurations);
    }

    private static List<Pool> inUseFirst(Gateway gateway) {
        Set<Pool> pools = new LinkedHashSet<>();
        gateway.associations().forEach(each -> pools.add(each.pool()));
        pools.addAll(gateway.pools());
        return List.copyOf(pools);
    }

    /** The interfaces of machines that joined a pool; {@code …/networkInterfaces/{nic}/ipConfigurations/{name}}. */
    List<ResourceId> interfaces() {
        return configurations.stream()
                .filter(each -> each.after(SCALE_SETS).isEmpty())
                .map(each -> each.parent())
                .distinct()
                .toList();
    }

    /** The scale sets whose instances joined a pool. */
    List<ResourceId> scaleSets() {
        return configurations.stream()
                .filter(each -> !each.after(SCALE_SETS).isEmpty())
                .map(ConfiguredBackends::scaleSet)
                .distinct()
                .toList();
    }

    /** The scale set that an id is of something in. */
    static ResourceId scaleSet(ResourceId inside) {
        ResourceId at = inside;
        while (!at.isOneOf(SCALE_SETS)) {
            at = at.parent();
        }
        return at;
    }

    /** Whether a member has, or may have, an address in the open. */
    boolean mayBePublic() {
        return !names.isEmpty()
                || addresses.stream()
                        .flatMap(address -> IpAddresses.parse(address).stream())
                        .anyMatch(address -> !IpAddresses.isPrivate(address));
    }

    /** The names' first labels: an App Service app, a storage account or a vault is called so. */
    Set<String> firstLabels() {
        Set<String> labels = new LinkedHashSet<>();
        names.forEach(name -> labels.add(name.split("\\.", 2)[0]));
        return labels;
    }

    /** The names of zones that could answer for a name: each of its endings, and those endings behind a private link. */
    Set<String> zoneNames() {
        Set<String> zones = new LinkedHashSet<>();
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                String ending = name.substring(dot + 1);
                if (ending.indexOf('.') > 0 || ending.length() > 3) {
                    zones.add(ending);
                    zones.add("privatelink." + ending);
                }
            }
            zones.add(name);
        }
        return zones;
    }
}
