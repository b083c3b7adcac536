package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.incident.ArmName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Which ways lead from listeners to pools: basic rules, the paths of path maps, and layer-4 rules. */
final class RuleReader {

    private final Map<ArmName, ArmObject> maps;
    private final Map<ArmName, ArmObject> policies;

    private final Losses losses;

    private RuleReader(ArmObject gateway, Losses losses) {
        this.losses = losses;
        maps = byName(losses.list(gateway, "urlPathMaps"));
        policies = byName(losses.list(gateway, "loadDistributionPolicies"));
    }

    /** In the order in which they are tried: by priority, where there is one, else as the document lists them. */
    static List<Rule> read(ArmObject gateway, Losses losses) {
        RuleReader reader = new RuleReader(gateway, losses);
        return Stream.of("requestRoutingRules", "routingRules")
                .flatMap(name -> losses.list(gateway, name).stream())
                .flatMap(rule -> losses.read(Stream.<Rule>empty(), () -> reader.rules(rule)))
                .sorted(Comparator.comparingInt(rule -> rule.priority().orElse(Integer.MAX_VALUE)))
                .toList();
    }

    /** A rule's one way, or those of its path map: one for each path, and the map's default last. */
    private Stream<Rule> rules(ArmObject rule) {
        if (rule.name().isBlank()) {
            throw rule.lacks("a rule with its name");
        }
        ArmName named = ArmName.of(rule.referredName("urlPathMap"));
        ArmObject map = maps.get(named);
        if (map == null && !named.isEmpty()) {
            throw rule.lacks("a rule whose urlPathMap is among the gateway's");
        }
        if (map == null) {
            return ways(rule, rule, List.of(), "backend", "loadDistributionPolicy").toList().stream();
        }
        List<String> names =
                map.objects("pathRules").stream().map(ArmObject::name).toList();
        List<Rule> paths = losses
                .each(
                        map,
                        "pathRules",
                        path -> ways(rule, path, path.texts("paths"), "backend", "loadDistributionPolicy")
                                .map(way -> in(map, names.indexOf(path.name()), way))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        List<Rule> standard = losses.read(
                List.of(),
                () -> ways(rule, map, List.of(), "defaultBackend", "defaultLoadDistributionPolicy")
                        .map(way -> in(map, -1, way))
                        .toList());
        return Stream.concat(paths.stream(), standard.stream());
    }

    private static Rule in(ArmObject map, int place, Rule way) {
        return new Rule(
                way.name(),
                way.listener(),
                way.paths(),
                way.pool(),
                way.setting(),
                way.priority(),
                map.name(),
                place < 0 ? OptionalInt.empty() : OptionalInt.of(place));
    }

    /** Where {@code route} (the rule, a path of its map, or the map's default) leads; a redirect leads to no pool. */
    private Stream<Rule> ways(ArmObject rule, ArmObject route, List<String> paths, String prefix, String policy) {
        String listener = rule.referredName("httpListener");
        String setting = route.referredName(prefix + "HttpSettings");
        return Stream.concat(Stream.of(route.referredName(prefix + "AddressPool")), furtherPools(route, policy))
                .distinct()
                .map(pool -> new Rule(
                        rule.name(),
                        listener.isEmpty() ? rule.referredName("listener") : listener,
                        List.copyOf(paths),
                        pool,
                        setting.isEmpty() ? route.referredName(prefix + "Settings") : setting,
                        rule.integer("priority")));
    }

    /** The pools that a load distribution policy spreads requests over. */
    private Stream<String> furtherPools(ArmObject route, String policy) {
        ArmObject found = policies.get(ArmName.of(route.referredName(policy)));
        return found == null
                ? Stream.empty()
                : found.objects("loadDistributionTargets").stream()
                        .map(each -> each.referredName("backendAddressPool"))
                        .sorted();
    }

    private Map<ArmName, ArmObject> byName(List<ArmObject> parts) {
        Map<ArmName, ArmObject> named = new HashMap<>();
        parts.forEach(part -> losses.read(() -> ArmName.of(part.name())).ifPresent(name -> named.put(name, part)));
        return named;
    }
}
