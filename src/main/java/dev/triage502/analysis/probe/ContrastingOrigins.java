package dev.triage502.analysis.probe;

import dev.triage502.analysis.gateway.AccessRejections;
import dev.triage502.analysis.probe.Corroboration.Rehearsal;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.ProbeFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does a server answer the same question in one way here and in another way there? Two looks that differ only in where
 * they come from, of which one is forbidden and the other answered as wanted, show a rule about who may come in.
 */
public final class ContrastingOrigins {

    private static final int FORBIDDEN = 403;

    private static final Map<AzureServiceDomains, String> OWN_LISTS = Map.of(
            AzureServiceDomains.STATIC_WEB_APPS, "static-site", AzureServiceDomains.API_MANAGEMENT, "api-management");

    private ContrastingOrigins() {}

    /** Both looks, for each server that answers the gateway's own question with 403 from one place and well from another. */
    public static Stream<Finding> of(DirectProbes probes, Corroboration witnesses) {
        List<Rehearsal> rehearsals =
                witnesses.rehearsals(probes, ProbeFailure.STATUS_MISMATCH).toList();
        return rehearsals.stream()
                .filter(each -> each.look().status().orElse(0) == FORBIDDEN)
                .flatMap(refused -> rehearsals.stream()
                        .filter(other -> other.server().equals(refused.server()))
                        .filter(other -> other.asked().accepts(other.look()))
                        .filter(other -> differOnlyInOrigin(refused.look(), other.look()))
                        .limit(1)
                        .flatMap(other -> Stream.of(refused.finding(""), other.finding(""))))
                .map(each -> witnesses
                        .filled(each)
                        .with("status", String.valueOf(FORBIDDEN))
                        .with(keeperOfTheList(each.target().name())));
    }

    /**
     * The same with the gateway's own probe as the one that is forbidden, at servers whose rules about who may come in were
     * read: the probe's word, the look that is answered as wanted, and the rules.
     */
    public static Stream<Finding> ofGateway(BackendHealth health, Corroboration witnesses, AccessRejections access) {
        return health.failingWith(ProbeFailure.STATUS_MISMATCH)
                .filter(server -> server.received().orElse(0) == FORBIDDEN)
                .flatMap(server -> access.mayRejectByRule(server).stream()
                        .flatMap(rules -> welcome(server, witnesses).stream()
                                .flatMap(look -> Stream.of(
                                        witnesses.filled(server.quote()).with(rules.values()), look, rules))));
    }

    /** The look alone, at services of Azure's that have such rules, which were not read. */
    public static Stream<Finding> ofGatewayWithoutRules(
            BackendHealth health, Corroboration witnesses, AccessRejections access, Evidence evidence) {
        NameBasedBackends read = NameBasedBackends.of(evidence);
        return health.failingWith(ProbeFailure.STATUS_MISMATCH)
                .filter(server -> server.received().orElse(0) == FORBIDDEN)
                .filter(server -> access.mayReject(server.target(), read.knows(server.address())))
                .flatMap(server -> welcome(server, witnesses).stream())
                .map(each -> each.with("status", String.valueOf(FORBIDDEN)));
    }

    /** A look from elsewhere that asked what the probe asks, publicly, and was answered as it wants, as all such looks were. */
    private static Optional<Finding> welcome(Server server, Corroboration witnesses) {
        return witnesses.asked(server.target()).stream()
                .filter(asked -> witnesses.looks(server.target()).stream()
                        .filter(look -> asked.isRepeatedBy(look) && look.answered())
                        .allMatch(asked::accepts))
                .flatMap(asked -> witnesses.looks(server.target()).stream()
                        .filter(look -> asked.isRepeatedBy(look) && asked.accepts(look) && !isPrivate(look))
                        .map(look -> new Rehearsal(server.target(), look, asked)
                                .finding(" in a direct request, while the gateway's probe gets " + FORBIDDEN)))
                .findFirst();
    }

    private static boolean isPrivate(DirectProbe look) {
        return look.dns().stream()
                .flatMap(dns -> dns.addresses().stream())
                .anyMatch(each ->
                        IpAddresses.parse(each).filter(IpAddresses::isPrivate).isPresent());
    }

    /** Services that keep the list in a file or a policy of their own, where no command of Azure's changes it. */
    private static Map<String, String> keeperOfTheList(String server) {
        return AzureServiceDomains.of(server)
                .map(OWN_LISTS::get)
                .map(value -> Map.of(value, server))
                .orElse(Map.of());
    }

    private static boolean differOnlyInOrigin(DirectProbe one, DirectProbe other) {
        return !one.from().isEmpty()
                && !other.from().isEmpty()
                && !one.from().equalsIgnoreCase(other.from())
                && one.address().equalsIgnoreCase(other.address())
                && one.serverName().equalsIgnoreCase(other.serverName())
                && reachedTheSame(one, other);
    }

    /** Where both say what the name resolved to, it has to be the same: another address may be another server. */
    private static boolean reachedTheSame(DirectProbe one, DirectProbe other) {
        Set<String> here = new HashSet<>(one.dns().map(Dns::addresses).orElse(List.of()));
        Set<String> there = new HashSet<>(other.dns().map(Dns::addresses).orElse(List.of()));
        return here.isEmpty() || there.isEmpty() || here.equals(there);
    }
}
