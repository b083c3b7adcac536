package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.Corroboration.Rehearsal;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
