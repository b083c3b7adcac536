package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Sentences.Said;
import dev.triage502.evidence.reach.Server.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** To which addresses did requests go that the newest configuration no longer holds? */
final class Former {

    private final List<Said> shown = new ArrayList<>();
    private final List<Said> hinted = new ArrayList<>();

    Former(Optional<Gateway> gateway, Optional<Traffic> traffic, List<Server> servers) {
        Map<String, Set<String>> current = new HashMap<>();
        for (Server server : servers) {
            current.computeIfAbsent(lower(server.pool()), pool -> new HashSet<>())
                    .add(lower(server.address()));
        }
        gateway.map(Gateway::associations)
                .orElse(List.of())
                .forEach(used -> traffic.ifPresent(seen -> {
                    Set<String> now = current.getOrDefault(lower(used.pool().name()), Set.of());
                    // Where a member is a name, or joined by its interface and never listed, any address may be its.
                    if (!now.isEmpty() && now.stream().allMatch(Addresses::isAddress)) {
                        look(gateway.orElseThrow(), used, seen, now);
                    }
                }));
    }

    private void look(Gateway gateway, Association used, Traffic traffic, Set<String> now) {
        String pool = used.pool().name();
        Traffic.Seen whole = traffic.of(pool);
        traffic.routed(pool).forEach((address, seen) -> {
            if (now.contains(address)
                    || !Addresses.isAddress(address)
                    || whole.firstFailure().isEmpty()) {
                return;
            }
            Server server = new Server(
                    gateway.server(used.pool(), used.setting(), address),
                    Addresses.parse(address),
                    List.of(),
                    Trouble.UNREACHED,
                    Optional.empty());
            if (seen.failures() > 0) {
                Claim claim = Claim.of(
                                Source.ACCESS_LOG,
                                address,
                                "requests that were sent there failed from "
                                        + Words.time(seen.firstFailure().orElseThrow()) + " to "
                                        + Words.time(seen.lastFailure().orElseThrow()) + ", and " + pool
                                        + " does not hold that address any more")
                        .at(seen.firstFailure().orElseThrow());
                (whole.endsFailing() ? shown : hinted).add(new Said(server, claim));
            } else if (endedBeforeFailures(seen, whole)) {
                hinted.add(new Said(
                        server,
                        Claim.of(
                                        Source.ACCESS_LOG,
                                        address,
                                        "it served requests until "
                                                + Words.time(seen.lastServed().orElseThrow())
                                                + ", then they failed from "
                                                + Words.time(
                                                        whole.firstFailure().orElseThrow()) + " to "
                                                + Words.time(whole.lastFailure().orElseThrow()) + ", and " + pool
                                                + " holds another address now")
                                .at(whole.firstFailure().orElseThrow())));
            }
        });
    }

    private static boolean endedBeforeFailures(Traffic.Seen seen, Traffic.Seen whole) {
        return seen.lastServed()
                .filter(last -> !last.isAfter(whole.firstFailure().orElseThrow()))
                .isPresent();
    }

    /** What shows that requests are still sent there. */
    List<Said> shown() {
        return shown;
    }

    /** What hints that they were, when the failures have ended or went nowhere. */
    List<Said> hinted() {
        return hinted;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
