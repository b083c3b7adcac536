package dev.triage502.analysis.traffic;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.PairedServer;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers that take longer, bypassing the gateway, than the backend setting waits: through the gateway they never come. */
public final class SlowDirectAnswers {

    private SlowDirectAnswers() {}

    /** Those of servers that pass their probe, so that nothing else keeps requests from them. */
    public static Stream<Finding> ofHealthyServers(DirectProbes probes, Gateway gateway, BackendHealth health) {
        Set<PairedServer> healthy =
                health.healthy().map(Server::target).map(PairedServer::of).collect(Collectors.toSet());
        return slow(probes, gateway).filter(each -> healthy.contains(PairedServer.of(each.target())));
    }

    /** All of them. Where a path goes through one setting, the time-outs of the others are not its. */
    public static Stream<Finding> slow(DirectProbes probes, Gateway gateway) {
        return probes.stream()
                .filter(probe -> probe.connect() == Connect.OK && probe.answered())
                .flatMap(probe -> probe.targets().stream()
                        .flatMap(server -> gateway
                                .setting(server.at(Place.SETTING).orElse(""))
                                .filter(setting ->
                                        probe.elapsedMillis().orElse(0) > setting.requestTimeoutSeconds() * 1000L)
                                .filter(setting -> gateway.mayLead(
                                        probe.path(), server.at(Place.POOL).orElse(""), setting.name()))
                                .map(setting -> described(server, probe, setting))
                                .stream()));
    }

    private static Finding described(Target server, DirectProbe probe, Setting setting) {
        double seconds = probe.elapsedMillis().orElse(0) / 1000.0;
        return probe.finding(
                        server,
                        String.format(
                                Locale.ROOT,
                                "%s takes %.1f s to return %s directly; the request timeout of %s is %d s",
                                server.name(),
                                seconds,
                                probe.path(),
                                setting.name(),
                                setting.requestTimeoutSeconds()))
                .with("setting", setting.name())
                .with("limit", String.valueOf(setting.requestTimeoutSeconds()));
    }
}
