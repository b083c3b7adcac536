package dev.triage502.evidence;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ingress controller that fills a gateway from the ingresses of a Kubernetes cluster. An edit of the gateway is
 * overwritten by it, and a change of the cluster's pods reaches the gateway's pools only through it.
 *
 * @param sign    what shows it
 * @param name    what to call it: {@code the ingress add-on of aks-shop}, its identity's name, or {@code the ingress controller}
 * @param shownBy the same as a sentence without its full stop
 * @param cluster the cluster that it runs in, where that is known
 * @param callers the ids by which the activity log may know it, in lower case
 */
public record IngressController(
        Sign sign, String name, String shownBy, Optional<ResourceId> cluster, Set<String> callers) {

    /** What shows a controller, the surest first. */
    public enum Sign {
        ADD_ON,
        TAG,
        IDENTITY,
        /** Names alone: those of a controller that may have been there once. */
        NAMES
    }

    private static final String CLUSTER = "Microsoft.ContainerService/managedClusters";
    private static final String UNNAMED = "the ingress controller";

    /** How its identities are named: by the add-on, and by people who install the controller themselves. */
    private static final Pattern IDENTITY = Pattern.compile("ingressapplicationgateway|ingress-?appgw|\\bagic\\b");

    /** How it names the parts that it writes. */
    private static final Pattern PART = Pattern.compile(
            "(pool-.+-bp-.+|bp-.+-.+|fl-.+|rr-.+|pb-.+|pr-.+|url-.+|defaultaddresspool|defaulthttpsetting|defaultprobe-.*)");

    private static final Pattern POOL = Pattern.compile("(^|.*-)pool-.+-bp-.+");

    /** A name that would be too long ends in a hash instead; the default pool has its own. */
    private static final Pattern HASHED = Pattern.compile("(^|.*-)pool-[0-9a-f]{32}|defaultaddresspool");

    private static final Pattern SETTING = Pattern.compile("(^|.*-)bp-.+-.+");

    /** The controller that fills the gateway of this evidence; empty where nothing that was read shows one. */
    public static Optional<IngressController> of(Evidence evidence) {
        List<Cluster> clusters =
                evidence.backends().toOptional().map(Backends::clusters).orElse(List.of());
        return byAddOn(evidence.incident().gateway(), clusters)
                .or(() -> evidence.gateway().toOptional().flatMap(gateway -> byTag(gateway, clusters)))
                .or(() -> evidence.activityLog()
                        .toOptional()
                        .flatMap(log -> byWrites(evidence.incident().gateway(), log, clusters)))
                .or(() -> evidence.gateway()
                        .toOptional()
                        .filter(IngressController::isNamedByOne)
                        .map(gateway -> new IngressController(
                                Sign.NAMES,
                                UNNAMED,
                                "the pools and settings of " + gateway.id().name()
                                        + " have the names that an ingress controller gives",
                                Optional.empty(),
                                Set.of())));
    }

    private static Optional<IngressController> byAddOn(ResourceId gateway, List<Cluster> clusters) {
        return clusters.stream()
                .filter(each -> each.ingress()
                        .flatMap(IngressAddOn::gateway)
                        .filter(gateway::equals)
                        .isPresent())
                .findFirst()
                .map(each -> ofAddOn(each, each.ingress().orElseThrow()));
    }

    private static IngressController ofAddOn(Cluster cluster, IngressAddOn addOn) {
        Set<String> callers = Stream.concat(
                        Stream.of(addOn.objectId()), addOn.identity().map(ResourceId::toString).stream())
                .filter(each -> !each.isEmpty())
                .map(IngressController::lower)
                .collect(Collectors.toUnmodifiableSet());
        return new IngressController(
                Sign.ADD_ON,
                "the ingress add-on of " + cluster.id().name(),
                "the ingress add-on of cluster " + cluster.id().name() + " names this gateway",
                Optional.of(cluster.id()),
                callers);
    }

    private static Optional<IngressController> byTag(Gateway gateway, List<Cluster> clusters) {
        if (!gateway.isTaggedByIngressController()) {
            return Optional.empty();
        }
        Optional<ResourceId> tagged = gateway.tags().entrySet().stream()
                .filter(tag -> lower(tag.getKey()).startsWith("ingress-for-aks-cluster-id"))
                .map(Map.Entry::getValue)
                .filter(value -> lower(value).contains("/managedclusters/"))
                .map(ResourceId::of)
                .findFirst();
        return Optional.of(new IngressController(
                Sign.TAG,
                UNNAMED,
                "the tags of " + gateway.id().name() + " say that an ingress controller manages it",
                tagged.or(() -> onlyOf(clusters)),
                Set.of()));
    }

    /** Where one cluster is known, and no other, its controller is meant. */
    private static Optional<ResourceId> onlyOf(List<Cluster> clusters) {
        return clusters.size() == 1 ? Optional.of(clusters.get(0).id()) : Optional.empty();
    }

    private static Optional<IngressController> byWrites(ResourceId gateway, ActivityLog log, List<Cluster> clusters) {
        return log.on(gateway)
                .filter(each -> each.concerns("Microsoft.Network/applicationGateways"))
                .filter(each -> each.outcome() == Outcome.SUCCEEDED || each.failed())
                .filter(IngressController::isBehind)
                .filter(each -> isSwitchedOn(nameOf(each), clusters))
                .reduce((earlier, later) -> later)
                .map(each -> new IngressController(
                        Sign.IDENTITY,
                        nameOf(each),
                        nameOf(each) + ", an ingress controller's identity, writes " + gateway.name(),
                        each.identity()
                                .filter(identity -> identity.hasType(CLUSTER))
                                .or(() -> clusters.stream()
                                        .map(Cluster::id)
                                        .filter(cluster -> isIdentityOf(nameOf(each), cluster))
                                        .findFirst()),
                        Stream.concat(Stream.of(each.caller()), each.identity().map(ResourceId::toString).stream())
                                .map(IngressController::lower)
                                .collect(Collectors.toUnmodifiableSet())));
    }

    private static String nameOf(Operation write) {
        return write.identity().map(ResourceId::name).orElse(write.caller());
    }

    /** The add-on's identity is named after the cluster; where that cluster has the add-on off, it writes no more. */
    private static boolean isSwitchedOn(String identity, List<Cluster> clusters) {
        return clusters.stream()
                .filter(each -> isIdentityOf(identity, each.id()))
                .allMatch(each -> each.ingress().isPresent());
    }

    private static boolean isIdentityOf(String identity, ResourceId cluster) {
        return lower(identity).equals("ingressapplicationgateway-" + lower(cluster.name()));
    }

    /** Whether a pool and a setting that belong together both have a controller's names, or both of its defaults are there. */
    private static boolean isNamedByOne(Gateway gateway) {
        boolean defaults = gateway.pool("defaultaddresspool").isPresent()
                && gateway.setting("defaulthttpsetting").isPresent();
        return defaults
                || gateway.associations().stream()
                        .anyMatch(pair -> POOL.matcher(lower(pair.pool().name()))
                                        .matches()
                                && SETTING.matcher(lower(pair.setting().name())).matches());
    }

    /**
     * Whether a pool is not the controller's on a gateway that it shares: others have the names that it gives, and this one
     * has none. Where no pool has such a name, the gateway's names tell nothing.
     */
    public static boolean leavesAlone(Gateway gateway, String pool) {
        return gateway.pools().stream()
                        .anyMatch(each -> POOL.matcher(lower(each.name())).matches())
                && !isNameOfPool(pool);
    }

    private static boolean isNameOfPool(String pool) {
        String name = lower(pool);
        return POOL.matcher(name).matches() || HASHED.matcher(name).matches();
    }

    /** Whether a part of a gateway has a name as ingress controllers give it. */
    public static boolean isNameOfPart(String part) {
        return PART.matcher(lower(part)).matches();
    }

    /** Whether some ingress controller's identity stands behind an operation, by its name, or since a cluster's own identity wrote. */
    public static boolean isBehind(Operation operation) {
        boolean clusters =
                operation.identity().filter(each -> each.hasType(CLUSTER)).isPresent();
        return clusters
                || operation
                        .identity()
                        .map(ResourceId::name)
                        .or(() -> Optional.of(operation.caller()).filter(caller -> caller.indexOf('@') < 0))
                        .filter(name -> IDENTITY.matcher(lower(name)).find())
                        .isPresent();
    }

    /** Whether this controller did it. */
    public boolean made(Operation operation) {
        return isBehind(operation)
                || callers.contains(lower(operation.caller()))
                || operation
                        .identity()
                        .filter(each -> callers.contains(lower(each.toString())))
                        .isPresent();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
