package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.LiveHostMismatch;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.diagnosis.Situation;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Target;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The errors that servers return by themselves: are these the servers that the pool means? A name may have been led astray. */
final class BackendErrors {

    private final Situation situation;

    BackendErrors(Situation situation) {
        this.situation = situation;
    }

    /** Those of servers that are what the pool means, told of the server. */
    Stream<Finding> certain(AccessLog log) {
        return own(log).filter(failures -> !mayBeAnothers(failures, log)).map(BackendErrors::described);
    }

    /** Errors of an address that took the place of the one that served: the name may have been led astray. */
    Stream<Finding> maybeAnothers(AccessLog log) {
        return own(log).filter(failures -> mayBeAnothers(failures, log)).map(this::atTheName);
    }

    /** Whether a probe's answer is that of another service, to which the server's name is seen to lead. */
    boolean isShownToBeAnothers(Finding answer) {
        return isAnothers(situation.reachability()::shows, answer);
    }

    /** The same, where it is only likely that the name leads there. */
    boolean mayBeAnothers(Finding answer) {
        return isAnothers(situation.reachability()::hints, answer);
    }

    private Stream<LiveFailures> own(AccessLog log) {
        return LiveHostMismatch.errors(log)
                .filter(failures -> !isAnothers(situation.reachability()::shows, failures))
                .filter(failures -> !situation.liveHosts().isTheMatter(failures, log))
                .filter(failures -> !situation.contrasts().isStray(failures));
    }

    /** Whether an address answers that took the place of the one that served, and that the pool does not hold by itself: a name led there. */
    private boolean mayBeAnothers(LiveFailures failures, AccessLog log) {
        boolean held = situation
                .evidence()
                .gateway()
                .toOptional()
                .flatMap(gateway -> gateway.pool(failures.pool()))
                .filter(pool -> pool.members().isEmpty() || pool.members().contains(failures.server()))
                .isPresent();
        return isAnothers(situation.reachability()::hints, failures) || (!held && failures.tookPlaceOfAnother(log));
    }

    /** The same, told of the server by its name where that is known to lead there. */
    private Finding atTheName(LiveFailures failures) {
        List<Target> named = astray(situation.reachability()::hints)
                .filter(each -> failures.server().equalsIgnoreCase(each.values().get("address")))
                .map(Finding::target)
                .toList();
        return named.isEmpty() ? described(failures) : described(failures).affecting(named);
    }

    /** A name that leads to the gateway itself brings back the gateway's own answers; one that leads astray, another's. */
    private static boolean isAnothers(Function<Step, Reading<List<Finding>>> found, LiveFailures failures) {
        return astray(found)
                .anyMatch(
                        each -> failures.server().equalsIgnoreCase(each.values().get("address")));
    }

    private static boolean isAnothers(Function<Step, Reading<List<Finding>>> found, Finding answer) {
        return astray(found)
                .anyMatch(each -> each.target().name().equals(answer.target().name()));
    }

    private static Stream<Finding> astray(Function<Step, Reading<List<Finding>>> found) {
        return found.apply(Step.NAME_ELSEWHERE).toOptional().orElse(List.of()).stream()
                .filter(each -> each.values().containsKey("own-frontend")
                        || each.values().containsKey("right-address"));
    }

    private static Finding described(LiveFailures failures) {
        int status = failures.rows().get(0).serverStatus().orElse(0);
        Finding finding = failures.finding(failures.server() + " itself returned " + status + " to "
                        + failures.counted() + ", and the gateway passed it on")
                .with("status", String.valueOf(status));
        return mostFailing(failures).map(path -> finding.with("path", path)).orElse(finding);
    }

    /** The path that most of them asked for, to ask for it again; the probe's may be well. */
    private static Optional<String> mostFailing(LiveFailures failures) {
        return failures.rows().stream()
                .filter(row -> row.path().startsWith("/") && !row.path().contains("*"))
                .collect(Collectors.groupingBy(Row::path, TreeMap::new, Collectors.summingLong(Row::requests)))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }
}
