package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.TimedOutRequests;
import dev.triage502.diagnosis.Cause.AtFault;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.RequestsByTarget;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What would one change, of all that the findings of a cause speak of; the one that hurts most first. */
final class TargetSelection {

    private final Optional<Gateway> gateway;
    private final Optional<RequestsByTarget> failed;
    private final Evidence evidence;
    private final Map<String, Set<String>> probed;

    TargetSelection(Evidence evidence) {
        this.evidence = evidence;
        this.probed = byPool(evidence.backendHealth().toOptional().stream()
                .flatMap(health -> health.servers().stream())
                .map(BackendHealth.Server::target));
        this.gateway = evidence.gateway().toOptional();
        this.failed = evidence.accessLog().toOptional().map(AccessLog::failedByWay);
    }

    /** The targets at fault, each once; never empty. */
    List<Target> of(JudgedCause judged) {
        Set<Target> found = new TreeSet<>();
        Set<Target> ofThemselves = new TreeSet<>();
        for (Finding finding : judged.shown().findings()) {
            found.add(named(finding.target()));
            if (finding.values().containsKey(TimedOutRequests.SLOW_SERVER)) {
                ofThemselves.add(named(finding.target()));
            }
        }
        AtFault fault = judged.cause().atFault();
        Set<String> whole = wholePools(found);
        return found.stream()
                .flatMap(target -> ofThemselves.contains(target) ? Stream.of(target) : lift(fault, target, whole))
                .distinct()
                .sorted(Comparator.comparingLong((Target each) -> -hurt(each)).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** A finding of the whole gateway need not know its name, or may have it in the letter case of another source. */
    private Target named(Target target) {
        boolean ours =
                target.id().isEmpty() || target.id().equalsIgnoreCase(gateway().id());
        return target.kind() == Kind.GATEWAY && ours ? gateway() : target;
    }

    private Target gateway() {
        return gateway.map(Gateway::target)
                .orElse(Target.of(
                        Kind.GATEWAY,
                        evidence.incident().gateway().name(),
                        evidence.incident().gateway().toString()));
    }

    private long hurt(Target target) {
        return failed.map(each -> each.by(target)).orElse(0L);
    }

    private Stream<Target> lift(AtFault fault, Target target, Set<String> whole) {
        switch (fault) {
            case GATEWAY:
                return Stream.of(gateway());
            case SETTING:
                return Stream.of(setting(target));
            case PROBE:
                return Stream.of(probe(target));
            case POOL_OR_SERVER:
                return Stream.of(isOfPool(target, whole) ? pool(target) : target);
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

    private static boolean isOfPool(Target target, Set<String> pools) {
        return target.kind() == Kind.SERVER
                && pools.contains(target.at(Place.POOL).orElse(""));
    }

    /** The pools of which every member is found; a pool of one member is known by its name. */
    private Set<String> wholePools(Set<Target> found) {
        Set<String> whole = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        byPool(found.stream()).forEach((pool, servers) -> {
            Collection<String> members = members(pool);
            if (!members.isEmpty() && servers.containsAll(members)) {
                whole.add(pool);
            }
        });
        return whole;
    }

    /** Those that were probed, else those that are configured. */
    private Collection<String> members(String pool) {
        Set<String> seen = probed.get(pool);
        return seen != null
                ? seen
                : gateway.flatMap(each -> each.pool(pool)).map(Pool::members).orElse(List.of());
    }

    private static Map<String, Set<String>> byPool(Stream<Target> targets) {
        Map<String, Set<String>> servers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        targets.filter(each -> each.kind() == Kind.SERVER)
                .forEach(each -> servers.computeIfAbsent(
                                each.at(Place.POOL).orElse(""), pool -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
                        .add(each.name()));
        return servers;
    }

    private Target pool(Target target) {
        String name = target.at(Place.POOL).orElse("");
        Target pool = gateway.flatMap(each -> each.pool(name))
                .map(each -> Target.of(Kind.POOL, each.name(), each.id().toString()))
                .orElse(Target.of(Kind.POOL, name, ""));
        return pool.on(Place.SETTING, target.at(Place.SETTING).orElse(""));
    }
}
