package dev.triage502.reachability;

import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Something that traffic passes on its way to servers and whose rules are not read. While one is there, nobody may call
 * the way open.
 *
 * @param name    what it is, for a sentence: {@code the Azure Firewall at 10.0.9.4}
 * @param rules   what of it is not read, for a sentence: {@code rules}
 * @param values  values for the command that shows them: {@code hop-address}, {@code cluster} …
 * @param source  what showed that it is there
 * @param servers the servers that are reached through it
 */
public record UncheckedHop(
        Kind kind, String name, String rules, Map<String, String> values, Source source, List<Target> servers) {

    /** The kinds of things that may drop traffic by rules of their own. */
    public enum Kind {
        AZURE_FIREWALL,
        /** A machine that forwards. */
        APPLIANCE,
        VIRTUAL_WAN_HUB,
        /** What lies behind a VPN or ExpressRoute gateway. */
        ON_PREMISES,
        /** What drops traffic among the pods of a Kubernetes cluster, and to them. */
        NETWORK_POLICIES,
        /** Rules of Azure Virtual Network Manager for a virtual network, which could not be read this time. */
        SECURITY_ADMIN_RULES;

        /** The name in documents: {@code azure-firewall}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public UncheckedHop {
        values = Map.copyOf(values);
        servers = List.copyOf(servers);
    }

    /** The same for the servers of another one as well. */
    public UncheckedHop with(UncheckedHop other) {
        return new UncheckedHop(
                kind,
                name,
                rules,
                values,
                source,
                Stream.concat(servers.stream(), other.servers.stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** What is not read: {@code the rules of the Azure Firewall at 10.0.9.4}. */
    public String what() {
        return "the " + rules + " of " + name;
    }

    /** What is not known, in one sentence. */
    public String text() {
        boolean readOtherwise = kind == Kind.SECURITY_ADMIN_RULES;
        return "traffic to "
                + NameLists.some(servers.stream().map(Target::name).distinct().toList())
                + (readOtherwise ? " enters " : " passes ") + name + ", whose " + rules + " triage502 "
                + (readOtherwise ? "could" : "does") + " not read";
    }
}
