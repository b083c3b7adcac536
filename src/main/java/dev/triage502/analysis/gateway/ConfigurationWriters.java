package dev.triage502.analysis.gateway;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who writes the gateway's configuration: which writes succeeded, by whom, and which of the writers is an ingress
 * controller. A writer is known by the identity behind it, else by the caller.
 */
public final class ConfigurationWriters {

    private static final String CLUSTER = "Microsoft.ContainerService/managedClusters";

    private static final Pattern CONTROLLER = Pattern.compile("ingressapplicationgateway|ingress-?appgw|agic");

    /** How ingress controllers name the parts that they write. */
    private static final Pattern CONTROLLERS_PART = Pattern.compile(
            "(pool-.+-bp-.+|bp-.+-.+|fl-.+|rr-.+|pb-.+|pr-.+|url-.+|defaultaddresspool|defaulthttpsetting|defaultprobe-.*)");

    private final List<Operation> writes;
    private final List<IngressAddOn> addOns;
    private final boolean isTagged;

    private ConfigurationWriters(List<Operation> writes, List<IngressAddOn> addOns, boolean isTagged) {
        this.writes = writes;
        this.addOns = addOns;
        this.isTagged = isTagged;
    }

    /** The writers of the gateway of this evidence, as its activity log, its tags and the clusters' add-ons show them. */
    public static ConfigurationWriters of(ActivityLog log, Evidence evidence) {
        ResourceId gateway = evidence.incident().gateway();
        return new ConfigurationWriters(
                GatewayOperations.of(log, gateway).operations().stream()
                        .filter(GatewayOperations::isWrite)
                        .filter(each -> each.outcome() == Outcome.SUCCEEDED)
                        .toList(),
                evidence.backends().toOptional().map(Backends::clusters).orElse(List.of()).stream()
                        .map(Cluster::ingress)
                        .flatMap(Optional::stream)
                        .filter(addOn -> addOn.gateway().filter(gateway::equals).isPresent())
                        .toList(),
                evidence.gateway()
                        .toOptional()
                        .filter(Gateway::hasIngressController)
                        .isPresent());
    }

    /** The writes that succeeded, in the order of time. */
    public List<Operation> writes() {
        return writes;
    }

    /**
     * The usual writer of a part, if it is another than the one of this write: who last wrote before among those of
     * the part's own kind, or the ingress controller where nothing but a tag or an add-on tells of it.
     *
     * @param part the name of a pool, rule, listener or setting
     */
    public Optional<String> usualWriterOf(String part, Operation write) {
        boolean controllers = isNamedByController(part);
        Optional<Operation> before = writes.stream()
                .filter(each -> each.started().isBefore(write.started()))
                .filter(each -> isController(each) == controllers)
                .reduce((earlier, later) -> later);
        if (before.isPresent()) {
            return before.filter(each -> !isSameWriter(each, write)).map(ConfigurationWriters::words);
        }
        boolean known = controllers && (isTagged || !addOns.isEmpty()) && !isController(write);
        return known ? Optional.of("the ingress controller") : Optional.empty();
    }

    /** Whether an ingress controller made the write. A cluster's own identity has the id of the cluster itself. */
    public boolean isController(Operation write) {
        boolean byName = write.identity()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .filter(name -> CONTROLLER.matcher(name).find())
                .isPresent();
        boolean byCluster =
                write.identity().filter(each -> each.hasType(CLUSTER)).isPresent();
        return byName
                || byCluster
                || addOns.stream()
                        .anyMatch(each ->
                                (!each.objectId().isEmpty() && each.objectId().equalsIgnoreCase(write.caller()))
                                        || (each.identity().isPresent()
                                                && each.identity().equals(write.identity())));
    }

    /** Who made a write, as a report names it. */
    public static String words(Operation write) {
        return write.identity().map(ResourceId::name).orElse(write.caller());
    }

    private static boolean isSameWriter(Operation one, Operation other) {
        return one.caller().equalsIgnoreCase(other.caller())
                || (one.identity().isPresent() && one.identity().equals(other.identity()));
    }

    /** Whether a part has a name as ingress controllers give it. */
    boolean isNamedByController(String part) {
        return CONTROLLERS_PART.matcher(part.toLowerCase(Locale.ROOT)).matches();
    }
}
