package dev.triage502.collect.probe;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What to ask of each member, from the gateway's configuration alone: once as its probe would, and once as a client's
 * request would arrive, where that differs.
 */
public final class DirectRequests {

    private static final int MOST_MEMBERS_OF_A_PAIR = 5;
    private static final int MOST_MEMBERS = 20;
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(20);

    /** What may stand in a request line or a header; a gateway's configuration is text that somebody wrote. */
    private static final Pattern HARMLESS = Pattern.compile("[!-~]{1,2000}");

    private final Gateway gateway;
    private final ClientsRequest clients;
    private final Function<Setting, Optional<List<X509Certificate>>> trusted;
    private final BiFunction<Gateway, Association, List<String>> members;

    /** {@code trusted} knows the roots of a setting, {@code members} what a pool of interfaces holds. */
    public DirectRequests(
            Gateway gateway,
            Function<Setting, Optional<List<X509Certificate>>> trusted,
            BiFunction<Gateway, Association, List<String>> members) {
        this.gateway = gateway;
        this.clients = new ClientsRequest(gateway);
        this.trusted = trusted;
        this.members = members;
    }

    /** The looks, those of each pair of pool and setting in turn. */
    public List<DirectRequest> all() {
        List<DirectRequest> looks = new ArrayList<>();
        int asked = 0;
        for (Association pair : gateway.associations()) {
            for (String member : members.apply(gateway, pair).stream()
                    .limit(MOST_MEMBERS_OF_A_PAIR)
                    .toList()) {
                if (asked++ < MOST_MEMBERS) {
                    add(looks, asProbe(pair, member));
                    add(looks, asClient(pair, member));
                }
            }
        }
        return looks;
    }

    private static void add(List<DirectRequest> looks, DirectRequest look) {
        boolean harmless = HARMLESS.matcher(look.host()).matches()
                && HARMLESS.matcher(look.path()).matches();
        if (harmless && looks.stream().noneMatch(look::asksTheSameAs)) {
            looks.add(look);
        }
    }

    private DirectRequest asProbe(Association pair, String member) {
        Setting setting = pair.setting();
        Optional<Probe> probe = gateway.probeOf(setting);
        boolean tls = probe.map(Probe::isTls).orElse(setting.isTls());
        String host = gateway.probedHost(setting, member);
        return DirectRequest.builder()
                .target(member)
                .port(gateway.probedPort(setting))
                .tls(tls)
                .host(host)
                .sni(tls ? sni(member, host.equals("127.0.0.1") ? "" : host) : "")
                .path(gateway.probedPath(setting))
                .shape("probe")
                .patience(patience(probe.map(Probe::timeoutSeconds).orElse(30)))
                .match(probe.map(Probe::body).filter(body -> !body.isEmpty()))
                .trusted(trusted.apply(setting))
                .build();
    }

    private DirectRequest asClient(Association pair, String member) {
        Setting setting = pair.setting();
        String host = clients.host(pair, member).orElse(member);
        return DirectRequest.builder()
                .target(member)
                .port(setting.port())
                .tls(setting.isTls())
                .host(host)
                .sni(setting.isTls() ? sni(member, setting.sniName().isEmpty() ? host : setting.sniName()) : "")
                .path(clients.path(pair))
                .shape("live")
                .patience(patience(setting.requestTimeoutSeconds()))
                .match(Optional.empty())
                .trusted(trusted.apply(setting))
                .build();
    }

    /** The first generation sends the member's name, whatever the host header says; an address is never sent. */
    private String sni(String member, String secondGeneration) {
        String name = gateway.sku().isV2() ? secondGeneration : member;
        return IpAddresses.isAddress(name) ? "" : name;
    }

    private static Duration patience(int seconds) {
        Duration patience = Duration.ofSeconds(Math.max(1, seconds));
        return patience.compareTo(MOST_PATIENCE) < 0 ? patience : MOST_PATIENCE;
    }
}
