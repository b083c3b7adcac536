package dev.triage502.reachability.check;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Does the pool hold a public address that an App Service app had and has no more? An app gets another one with another plan,
 * region or kind of TLS binding; at the former address a front end answers that knows no such app, or nothing does.
 */
final class MovedApps {

    private static final int NOT_FOUND = 404;

    private final Topology topology;
    private final Observations observed;

    MovedApps(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** Shown where what answers there says that it has no such app, hinted at where it answers the probe with 404. */
    Optional<CheckResult> of(BackendServer server) {
        boolean open = IpAddresses.parse(server.address())
                .filter(address -> !IpAddresses.isPrivate(address))
                .isPresent();
        boolean held =
                topology.owners().isHeld(server.address()) || topology.members().isHeld(server.address());
        return open && !held
                ? sent(server)
                        .flatMap(host -> app(host).flatMap(app -> elsewhere(server, host, app).stream()))
                        .findFirst()
                : Optional.empty();
    }

    /** The hosts that the probe and live requests ask for there. */
    private Stream<String> sent(BackendServer server) {
        Optional<Gateway> gateway = topology.gateway().toOptional();
        return gateway.stream()
                .flatMap(known -> known.setting(server.setting().toString()).stream()
                        .flatMap(setting -> sent(known, setting, server.address())))
                .filter(host -> !host.isEmpty())
                .distinct();
    }

    private static Stream<String> sent(Gateway gateway, Setting setting, String member) {
        return Stream.of(gateway.probedHost(setting, member), gateway.liveHost(setting, member));
    }

    private Stream<Site> app(String host) {
        String name = HostName.of(host).inLowerCase();
        return topology.backends().toOptional().stream()
                .flatMap(each -> each.sites().stream())
                .filter(site -> site.hostNames().contains(name) && site.power() != Power.STOPPED);
    }

    private Optional<CheckResult> elsewhere(BackendServer server, String host, Site app) {
        Optional<String> now = app.inboundAddress()
                .filter(address -> !HostName.of(address).equals(server.host()))
                .filter(address -> IpAddresses.parse(address)
                        .filter(each -> !IpAddresses.isPrivate(each))
                        .isPresent());
        return now.flatMap(address -> {
            Claim moved = Claim.of(
                            Source.BACKENDS,
                            server.address(),
                            "app " + app.id().name() + ", whose host name " + host + " is asked for there, has "
                                    + address + " as its inbound address now")
                    .with("address", address)
                    .with("moved-app", app.id().name());
            Claim told = ownName(app)
                    .map(name -> moved.with("addresses", name).with("successor-app", name))
                    .orElse(moved);
            return unknown(server)
                    .<CheckResult>map(answer -> new CheckResult.Shown(List.of(told, answer)))
                    .or(() -> isNotFound(server) ? Optional.of(CheckResult.hinted(told)) : Optional.empty());
        });
    }

    /** The name that the platform gave it; a custom one may lead to the gateway. */
    private static Optional<String> ownName(Site app) {
        return app.hostNames().stream()
                .filter(name -> AzureServiceDomains.of(name)
                        .filter(AzureServiceDomains.APP_SERVICE::equals)
                        .isPresent())
                .filter(name -> !name.contains(".scm."))
                .findFirst();
    }

    /** The answer of a front end that has no app of the name; a proxy that leads to the app would answer otherwise. */
    private static boolean isNotFound(BackendServer server) {
        return server.health()
                .filter(each -> each.received().orElse(0) == NOT_FOUND)
                .isPresent();
    }

    private Optional<Claim> unknown(BackendServer server) {
        return observed.probes()
                .at(server.host())
                .filter(look -> look.answerSays(ClientErrorKind.HOST_UNKNOWN))
                .findFirst()
                .map(look -> Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "answers " + look.host() + " with \"" + look.body().orElse("") + "\""));
    }
}
