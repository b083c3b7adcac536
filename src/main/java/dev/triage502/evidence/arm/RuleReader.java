package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway.Rule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which ways lead from listeners to pools: basic rules, the paths of path maps, and layer-4 rules. */
final class RuleReader {

    private final Map<String, ArmObject> maps;
    private final Map<String, ArmObject> policies;

    private RuleReader(ArmObject gateway) {
        maps = byName(gateway.objects("urlPathMaps"));
        policies = byName(gateway.objects("loadDistributionPolicies"));
    }

    /** In the order in which they are tried: by priority, where there is one, else as the document lists them. */
    static List<Rule> read(ArmObject gateway) {
        RuleReader reader = new RuleReader(gateway);
        return Stream.concat(gateway.objects("requestRoutingRules").stream(), gateway.objects("routingRules").stream())
                .flatMap(rule -> reader.rules(rule, reader.maps.get(key(rule.referredName("urlPathMap")))))
                .sorted(Comparator.comparingInt(rule -> rule.priority().orElse(Integer.MAX_VALUE)))
                .toList();
    }

    /** A rule's one way, or those of its path map: one for each path, and the map's default last. */
    private Stream<Rule> rules(ArmObject rule, @Nullable ArmObject map) {
        if (map == null) {
            return ways(rule, rule, List.of(), "backend", "loadDistributionPolicy");
        }
        Stream<Rule> paths = map.objects("pathRules").stream()
                .flatMap(path -> ways(rule, path, path.texts("paths"), "backend", "loadDistributionPolicy"));
        return Stream.concat(paths, ways(rule, map, List.of(), "defaultBackend", "defaultLoadDistributionPolicy"));
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
        ArmObject found = policies.get(key(route.referredName(policy)));
        return found == null
                ? Stream.empty()
                : found.objects("loadDistributionTargets").stream()
                        .map(each -> each.referredName("backendAddressPool"))
                        .sorted();
    }

    private static Map<String, ArmObject> byName(List<ArmObject> parts) {
        Map<String, ArmObject> named = new HashMap<>();
        parts.forEach(part -> named.put(key(part.name()), part));
        return named;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
