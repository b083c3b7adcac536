package dev.triage502.collect.probe;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What does a client's request look like when the gateway hands it to a member, as far as the configuration tells? */
public record ClientsRequest(Gateway gateway) {

    /** The host that a request carries: the setting's, or one that a listener takes; a name with a star is no host. */
    public Optional<String> host(Association pair, String member) {
        String sent = gateway.liveHost(pair.setting(), member);
        return sent.isEmpty() ? clientsHost(pair) : Optional.of(sent);
    }

    private Optional<String> clientsHost(Association pair) {
        return rules(pair).stream()
                .flatMap(rule ->
                        gateway.listeners().stream().filter(each -> each.name().equalsIgnoreCase(rule.listener())))
                .map(Listener::hosts)
                .flatMap(List::stream)
                .filter(host -> !host.contains("*") && !host.contains("?"))
                .findFirst();
    }

    /** The beginning of a path that leads to the pair: {@code /api/} of {@code /api/*}. */
    public String path(Association pair) {
        return rules(pair).stream()
                .map(rule -> rule.paths().stream()
                        .findFirst()
                        .map(path -> path.replaceAll("\\*.*$", ""))
                        .orElse("/"))
                .filter(path -> path.startsWith("/"))
                .min(Comparator.comparingInt(String::length))
                .orElse("/");
    }

    private List<Rule> rules(Association pair) {
        return gateway.routes().stream()
                .filter(rule -> rule.pool().equalsIgnoreCase(pair.pool().name())
                        && rule.setting().equalsIgnoreCase(pair.setting().name()))
                .toList();
    }
}
