package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;

/** Where does the host come from that the gateway sends to a server: which setting, or which probe, would one change? */
public final class HostNameSource {

    private final Corroboration witnesses;

    private HostNameSource(Corroboration witnesses) {
        this.witnesses = witnesses;
    }

    public static HostNameSource of(Corroboration witnesses) {
        return new HostNameSource(witnesses);
    }

    /** Which host is sent. */
    public Finding finding(Rejection rejection) {
        Target server = rejection.server();
        String host = witnesses.asked(server).map(ProbeRequest::host).orElse("");
        Finding finding = witnesses.filled(Finding.of(
                Source.GATEWAY, server, holder(server).name() + " sends host " + host + " to " + server.name()));
        return NameBasedBackends.isOne(server.name()) ? finding.with("served-host", server.name()) : finding;
    }

    /** The finding about a server, told of what holds the host. */
    public Finding atItsHolder(Finding finding) {
        Target server = finding.target();
        return new Finding(
                finding.source(), holder(server), finding.text(), finding.at(), finding.values(), List.of(server));
    }

    /** The finding about live requests to a server, told of the setting, whose host (or lack of one) they carry. */
    public Finding atTheSetting(Finding finding) {
        Target server = finding.target();
        Target holder = witnesses
                .setting(server)
                .map(setting -> setting.target().on(Place.PROBE, setting.probe()))
                .orElseGet(
                        () -> Target.of(Kind.SETTING, server.at(Place.SETTING).orElse(""), ""))
                .on(Place.POOL, server.at(Place.POOL).orElse(""));
        return new Finding(finding.source(), holder, finding.text(), finding.at(), finding.values(), List.of(server));
    }

    private Target holder(Target server) {
        return witnesses
                .asked(server)
                .map(asked -> asked.probe()
                        .filter(probe -> isOfTheProbeAlone(asked, probe, server))
                        .map(probe ->
                                probe.target().on(Place.SETTING, asked.setting().name()))
                        .orElseGet(() -> asked.setting()
                                .target()
                                .on(Place.PROBE, asked.probe().map(Probe::name).orElse(""))))
                .map(holder -> holder.on(Place.POOL, server.at(Place.POOL).orElse("")))
                .orElse(server);
    }

    /** The probe names the host, and live requests carry another: changing the probe is enough. */
    private boolean isOfTheProbeAlone(ProbeRequest asked, Probe probe, Target server) {
        if (probe.pickHostFromSetting() || probe.host().isEmpty()) {
            return false;
        }
        String live = witnesses
                .gateway()
                .map(each -> each.liveHost(asked.setting(), server.name()))
                .orElse("");
        return live.isEmpty() ? !isAClientsHost(server, probe.host()) : !live.equalsIgnoreCase(probe.host());
    }

    /** Whether clients come by this host, so that live requests carry it to the server as well. */
    private boolean isAClientsHost(Target server, String host) {
        return witnesses.gateway().stream()
                .anyMatch(gateway -> gateway.rules().stream()
                        .filter(rule -> rule.pool()
                                .equalsIgnoreCase(server.at(Place.POOL).orElse("")))
                        .map(Rule::listener)
                        .anyMatch(listener -> takes(gateway, listener, host)));
    }

    private static boolean takes(Gateway gateway, String listener, String host) {
        return gateway.listeners().stream()
                .filter(each -> each.name().equalsIgnoreCase(listener))
                .map(Listener::hosts)
                .flatMap(List::stream)
                .anyMatch(host::equalsIgnoreCase);
    }
}
