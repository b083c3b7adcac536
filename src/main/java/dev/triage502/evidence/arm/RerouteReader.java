package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway.Reroute;
import dev.triage502.incident.ArmName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which rewrite rules have a path map evaluated again? Those with {@code reroute} in a rewrite set that the map uses. They decide nothing,
 * so what is not understood of them is left out and is no gap in the configuration.
 */
final class RerouteReader {

    private RerouteReader() {}

    static List<Reroute> read(ArmObject gateway) {
        try {
            return gateway.objects("urlPathMaps").stream()
                    .flatMap(map -> of(map, gateway).stream())
                    .distinct()
                    .toList();
        } catch (MalformedDocument e) {
            return List.of();
        }
    }

    private static List<Reroute> of(ArmObject map, ArmObject gateway) {
        ArmName name = ArmName.of(map.name());
        List<ArmName> used = Stream.of(
                        Stream.of(map.referredName("defaultRewriteRuleSet")),
                        map.objects("pathRules").stream().map(path -> path.referredName("rewriteRuleSet")),
                        gateway.objects("requestRoutingRules").stream()
                                .filter(rule -> ArmName.of(rule.referredName("urlPathMap"))
                                        .equals(name))
                                .map(rule -> rule.referredName("rewriteRuleSet")))
                .flatMap(each -> each)
                .filter(each -> !each.isEmpty())
                .map(ArmName::of)
                .toList();
        return gateway.objects("rewriteRuleSets").stream()
                .filter(set -> used.contains(ArmName.of(set.name())))
                .flatMap(set -> set.objects("rewriteRules").stream()
                        .filter(RerouteReader::reroutes)
                        .map(rule -> new Reroute(map.name(), set.name(), rule.name())))
                .toList();
    }

    private static boolean reroutes(ArmObject rule) {
        return rule.object("actionSet")
                .object("urlConfiguration")
                .flag("reroute")
                .orElse(false);
    }
}
