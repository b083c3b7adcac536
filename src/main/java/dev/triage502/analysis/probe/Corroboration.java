package dev.triage502.analysis.probe;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.OnDemandHealth.Answer;
import dev.triage502.evidence.PairedServer;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What does everything else say of a server, beside the source that a look is made at? A source that was not read says
 * nothing; the signs say which those are.
 */
public final class Corroboration {

    private final Optional<Gateway> gateway;
    private final Map<String, Setting> settings = new HashMap<>();
    private final Map<PairedServer, List<DirectProbe>> looks = new HashMap<>();
    private final Map<String, List<DirectProbe>> looksByAddress = new HashMap<>();
    private final Map<PairedServer, List<Answer>> answers = new HashMap<>();
    private final Map<PairedServer, Server> probed = new HashMap<>();
    private final Map<String, ProbeRequest> asked = new HashMap<>();
    private final Map<String, ResourceId> sites = new HashMap<>();

    private Corroboration(Optional<Gateway> gateway) {
        this.gateway = gateway;
        gateway.stream()
                .flatMap(each -> each.settings().stream())
                .forEach(setting -> settings.putIfAbsent(lower(setting.name()), setting));
    }

    public static Corroboration of(Evidence evidence) {
        Corroboration all = new Corroboration(evidence.gateway().toOptional());
        evidence.directProbes().toOptional().stream()
                .flatMap(DirectProbes::stream)
                .forEach(all::learn);
        evidence.onDemandHealth()
                .toOptional()
                .map(OnDemandHealth::answers)
                .orElse(List.of())
                .forEach(answer -> all.answers
                        .computeIfAbsent(PairedServer.of(answer.server().target()), key -> new ArrayList<>())
                        .add(answer));
        evidence.probeResults().toOptional().ifPresent(all::learn);
        evidence.backends()
                .toOptional()
                .map(Backends::sites)
                .orElse(List.of())
                .forEach(site -> site.hostNames().forEach(name -> all.sites.putIfAbsent(lower(name), site.id())));
        return all;
    }

    private void learn(DirectProbe look) {
        Stream.concat(Stream.of(look.address()), look.names().stream())
                .map(Corroboration::lower)
                .distinct()
                .forEach(server -> looksByAddress
                        .computeIfAbsent(server, key -> new ArrayList<>())
                        .add(look));
        look.targets()
                .forEach(target -> looks.computeIfAbsent(PairedServer.of(target), key -> new ArrayList<>())
                        .add(look));
    }

    /** Only servers that somebody looked at are looked up: a gateway can have very many. */
    private void learn(BackendHealth health) {
        if (looks.isEmpty()) {
            return;
        }
        for (Server server : health.servers()) {
            PairedServer key = PairedServer.of(server.target());
            if (looks.containsKey(key)) {
                probed.putIfAbsent(key, server);
            }
        }
    }

    /** Whether it is not known to be v2. */
    public boolean mayBeV1() {
        return gateway.filter(each -> each.sku().isV2()).isEmpty();
    }

    /** The name that is the only member of a pool: what the log has as an address is that server. */
    public Optional<String> onlyNameIn(String pool) {
        return gateway.flatMap(each -> each.pool(pool))
                .filter(each -> each.whole() && each.members().size() == 1)
                .map(each -> each.members().get(0))
                .filter(member -> !IpAddresses.isAddress(member));
    }

    public Optional<Gateway> gateway() {
        return gateway;
    }

    /** The setting through which the server is reached. */
    public Optional<Setting> setting(Target server) {
        return server.at(Place.SETTING).map(name -> settings.get(lower(name)));
    }

    /** What the probe asks the server. */
    public Optional<ProbeRequest> asked(Target server) {
        return gateway.flatMap(each -> setting(server).map(setting -> asked(each, setting, server.name())));
    }

    /** All addresses behind one setting are asked alike; a name may be asked for by itself. */
    private ProbeRequest asked(Gateway of, Setting setting, String member) {
        String alike = IpAddresses.isAddress(member) ? "" : lower(member);
        return asked.computeIfAbsent(setting.name() + " " + alike, unused -> ProbeRequest.of(of, setting, member));
    }

    /** The looks past the gateway at the server, as the gateway speaks to it. */
    public List<DirectProbe> looks(Target server) {
        return looks.getOrDefault(PairedServer.of(server), List.of());
    }

    /**
     * The looks past the gateway at the server's address, at ports and in protocols that the gateway does not use too. The
     * address of a server that is known by name is the one where it was looked at.
     */
    List<DirectProbe> looksAtAddress(Target server) {
        return Stream.concat(Stream.of(server.name()), looks(server).stream().map(DirectProbe::address))
                .map(Corroboration::lower)
                .distinct()
                .flatMap(address -> looksByAddress.getOrDefault(address, List.of()).stream())
                .toList();
    }

    /** A look past the gateway that asked a server what its probe asks, and was answered. */
    public record Rehearsal(Target server, DirectProbe look, ProbeRequest asked) {
        public Finding finding(String more) {
            return look.finding(
                    server,
                    server.name() + " returns " + look.status().getAsInt() + " for " + asked.host() + asked.path()
                            + more);
        }
    }

    /** The rehearsals at servers of which no probe says anything but this failure, if anything. */
    public Stream<Rehearsal> rehearsals(DirectProbes probes, ProbeFailure failure) {
        return probes.stream()
                .filter(DirectProbe::answered)
                .flatMap(look -> look.targets().stream()
                        .filter(server -> saysNothingBut(failure, server))
                        .flatMap(server -> asked(server).stream()
                                .filter(asked -> asked.isRepeatedBy(look))
                                .map(asked -> new Rehearsal(server, look, asked))));
    }

    private boolean saysNothingBut(ProbeFailure failure, Target server) {
        Set<ProbeFailure> open = EnumSet.of(failure, ProbeFailure.OTHER, ProbeFailure.NOT_RETRIEVED);
        return probed(server).map(each -> open.contains(each.failure())).orElse(true);
    }

    /** What test probes saw of the server. */
    public Stream<Answer> answers(Target server) {
        return answers.getOrDefault(PairedServer.of(server), List.of()).stream();
    }

    /** What the gateway's own probe last saw of a server that somebody looked at. */
    public Optional<Server> probed(Target server) {
        return Optional.ofNullable(probed.get(PairedServer.of(server)));
    }

    /** The finding with what the page's commands need to ask what the probe asks, and to find the app behind it. */
    public Finding filled(Finding finding) {
        Finding filled = asked(finding.target()).map(each -> each.fill(finding)).orElse(finding);
        ResourceId site = sites.get(lower(finding.target().name()));
        return site == null
                ? filled
                : filled.with("site", site.name()).with("backend-resource-group", site.resourceGroup());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
