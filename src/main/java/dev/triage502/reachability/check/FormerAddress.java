package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address to which a name led until its requests failed, while none was served where it leads now.
 *
 * @param address    the former address
 * @param lastServed when it served the last request
 * @param look       a direct look by which it still serves, if somebody looked
 */
record FormerAddress(HostName address, Instant lastServed, Optional<DirectProbe> look) {

    /** What a report adds where a look by which it still serves was made. */
    String serves() {
        return look.map(each -> "; that address still serves requests"
                        + (each.from().isEmpty() ? "" : " (tested from " + each.from() + ")"))
                .orElse("");
    }

    /** That of a server, whose name leads to these addresses now. */
    static Optional<FormerAddress> of(
            BackendServer server, List<String> now, Topology topology, Observations observed) {
        return observed.requests().flatMap(requests -> {
            List<HostName> present = now.stream().map(HostName::of).toList();
            boolean servedNow = present.stream()
                    .anyMatch(each ->
                            requests.of(server.pool(), each).lastServed().isPresent());
            boolean triedNow = present.stream()
                    .anyMatch(each -> requests.of(server.pool(), each).failures() > 0);
            return servedNow
                    ? Optional.empty()
                    : topology.addresses().routed(server).stream()
                            .filter(each -> !present.contains(each))
                            .flatMap(each -> served(server, each, requests, observed))
                            // Without either the gateway may still use the former address, and that may be gone.
                            .filter(each -> triedNow || each.look().isPresent())
                            .max(Comparator.comparing(FormerAddress::lastServed)
                                    .thenComparing(each -> each.address().toString()));
        });
    }

    /**
     * That of a server, of which only the log tells where its name leads now: to the address of the last requests. The one
     * has to have taken the place of the other, or both serve at once.
     */
    static Optional<FormerAddress> before(
            BackendServer server, HostName now, Topology topology, Observations observed) {
        return observed.requests().flatMap(requests -> {
            Optional<Instant> since = requests.of(server.pool(), now).firstError();
            boolean servedNow = requests.of(server.pool(), now).lastServed().isPresent();
            return servedNow || since.isEmpty()
                    ? Optional.empty()
                    : topology.addresses().routed(server).stream()
                            .filter(each -> !each.equals(now))
                            .filter(each -> requests.of(server.pool(), each)
                                    .firstError()
                                    .isEmpty())
                            .flatMap(each -> requests.of(server.pool(), each).lastServed().stream()
                                    .filter(last -> !last.isAfter(since.get()))
                                    .map(last -> new FormerAddress(each, last, serving(server, each, observed))))
                            .max(Comparator.comparing(FormerAddress::lastServed)
                                    .thenComparing(each -> each.address().toString()));
        });
    }

    private static Stream<FormerAddress> served(
            BackendServer server, HostName address, RequestHistory requests, Observations observed) {
        RequestHistory.Seen seen = requests.of(server.pool(), address);
        Optional<Instant> failed = requests.of(server.pool()).lastFailure();
        return seen
                .lastServed()
                .filter(last ->
                        seen.failures() == 0 && failed.filter(last::isBefore).isPresent())
                .map(last -> new FormerAddress(address, last, serving(server, address, observed)))
                .stream();
    }

    private static Optional<DirectProbe> serving(BackendServer server, HostName address, Observations observed) {
        return Stream.concat(
                        observed.probes().at(address),
                        observed.probes().asked(server).filter(look -> leadsTo(look, address)))
                .filter(DirectProbe::answeredWell)
                .findFirst();
    }

    /** A look by the name that went to this address alone. */
    private static boolean leadsTo(DirectProbe look, HostName address) {

        List<String> led = look.dns().map(dns -> dns.addresses()).orElse(List.of());
        return !led.isEmpty() && led.stream().map(HostName::of).allMatch(address::equals);
    }
}
