package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Cause.AtFault;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.RequestsByWay;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What would one change, of all that the findings of a cause speak of; the one that hurts most first. */
final class Targets {

    private final Optional<Gateway> gateway;
    private final Optional<RequestsByWay> failed;
    private final Evidence evidence;

    Targets(Evidence evidence) {
        this.evidence = evidence;
        this.gateway = evidence.gateway().toOptional();
        this.failed = evidence.accessLog().toOptional().map(AccessLog::failedByWay);
    }

    /** The targets at fault, each once; never empty. */
    List<Target> of(Judged judged) {
        Set<Target> found = new TreeSet<>();
        for (Finding finding : judged.shown().findings()) {
            found.add(finding.target());
        }
        AtFault fault = judged.cause().atFault();
        List<Target> lifted = found.stream()
                .flatMap(target -> lift(fault, target, found))
                .distinct()
                .sorted(Comparator.comparingLong((Target each) -> -hurt(each)).thenComparing(Comparator.naturalOrder()))
                .toList();
        return lifted;
    }

    private long hurt(Target target) {
        return failed.map(each -> each.by(target)).orElse(0L);
    }

    private Stream<Target> lift(AtFault fault, Target target, Set<Target> all) {
        switch (fault) {
            case GATEWAY:
                return Stream.of(gateway.map(Gateway::target)
                        .orElse(Target.of(
                                Kind.GATEWAY,
                                evidence.incident().gateway().name(),
                                evidence.incident().gateway().toString())));
            case SETTING:
                return Stream.of(setting(target));
            case PROBE:
                return Stream.of(probe(target));
            case POOL_OR_SERVER:
                return Stream.of(isWholePool(target, all) ? pool(target) : target);
            default:
                return Stream.of(target);
        }
    }

    private Target setting(Target target) {
        if (target.kind() == Kind.SETTING || target.kind() == Kind.PROBE) {
            return target;
        }
        return target.at(Place.SETTING)
                .map(name -> gateway.flatMap(each -> each.setting(name))
                        .map(Gateway.Setting::target)
                        .orElse(Target.of(Kind.SETTING, name, "")))
                .map(setting -> setting.on(Place.POOL, target.at(Place.POOL).orElse("")))
                .orElse(target);
    }

    private Target probe(Target target) {
        if (target.kind() == Kind.PROBE || target.kind() == Kind.SETTING) {
            return target;
        }
        Optional<Target> probe = target.at(Place.PROBE)
                .map(name -> gateway.flatMap(each -> each.probe(name))
                        .map(Gateway.Probe::target)
                        .orElse(Target.of(Kind.PROBE, name, "")));
        return probe.map(each -> each.on(Place.SETTING, target.at(Place.SETTING).orElse(""))
                        .on(Place.POOL, target.at(Place.POOL).orElse("")))
                .orElseGet(() -> setting(target));
    }

    /** A pool of which every member is found through this setting; a pool of one member is known by its name. */
    private boolean isWholePool(Target target, Set<Target> all) {
        if (target.kind() != Kind.SERVER) {
            return false;
        }
        String name = target.at(Place.POOL).orElse("");
        Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.stream()
                .filter(each -> each.kind() == Kind.SERVER
                        && each.at(Place.POOL).orElse("").equalsIgnoreCase(name))
                .forEach(each -> found.add(each.name()));
        return members(name)
                .filter(members -> !members.isEmpty() && found.containsAll(members))
                .isPresent();
    }

    private Optional<List<String>> members(String pool) {
        Optional<List<String>> probed = evidence.backendHealth()
                .toOptional()
                .map(health -> health.servers().stream()
                        .filter(server -> server.pool().equalsIgnoreCase(pool))
                        .map(server -> server.address())
                        .distinct()
                        .toList())
                .filter(servers -> !servers.isEmpty());
        return probed.or(() -> gateway.flatMap(each -> each.pool(pool)).map(Pool::members));
    }

    private Target pool(Target target) {
        String name = target.at(Place.POOL).orElse("");
        Target pool = gateway.flatMap(each -> each.pool(name))
                .map(each -> Target.of(Kind.POOL, each.name(), each.id().toString()))
                .orElse(Target.of(Kind.POOL, name, ""));
        return pool.on(Place.SETTING, target.at(Place.SETTING).orElse(""));
    }
}
