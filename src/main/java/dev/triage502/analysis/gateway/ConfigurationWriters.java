package dev.triage502.analysis.gateway;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.IngressController.Sign;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * Who writes the gateway's configuration: which writes succeeded, by whom, and which of the writers is an ingress
 * controller. A writer is known by the identity behind it, else by the caller.
 */
public final class ConfigurationWriters {

    private final List<Operation> writes;
    private final Optional<IngressController> controller;

    private ConfigurationWriters(List<Operation> writes, Optional<IngressController> controller) {
        this.writes = writes;
        this.controller = controller;
    }

    /** The writers of the gateway of this evidence, as its activity log, its tags and the clusters' add-ons show them. */
    public static ConfigurationWriters of(ActivityLog log, Evidence evidence) {
        ResourceId gateway = evidence.incident().gateway();
        return new ConfigurationWriters(
                GatewayOperations.of(log, gateway).operations().stream()
                        .filter(GatewayOperations::isWrite)
                        .filter(each -> each.outcome() == Outcome.SUCCEEDED)
                        .toList(),
                IngressController.of(evidence).filter(each -> each.sign() != Sign.NAMES));
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
        boolean controllers = IngressController.isNameOfPart(part);
        Optional<Operation> before = writes.stream()
                .filter(each -> each.started().isBefore(write.started()))
                .filter(each -> isController(each) == controllers)
                .reduce((earlier, later) -> later);
        if (before.isPresent()) {
            return before.filter(each -> !isSameWriter(each, write)).map(ConfigurationWriters::words);
        }
        boolean known = controllers && controller.isPresent() && !isController(write);
        return known ? Optional.of("the ingress controller") : Optional.empty();
    }

    /** The last write before this one that another writer made. */
    Optional<Operation> otherBefore(Operation write) {
        return writes.stream()
                .filter(each -> each.started().isBefore(write.started()))
                .filter(each -> !isSameWriter(each, write))
                .reduce((earlier, later) -> later);
    }

    /** Whether an ingress controller made the write. A cluster's own identity has the id of the cluster itself. */
    public boolean isController(Operation write) {
        return controller.map(each -> each.made(write)).orElse(IngressController.isBehind(write));
    }

    /** Who made a write, as a report names it. */
    public static String words(Operation write) {
        return write.identity().map(ResourceId::name).orElse(write.caller());
    }

    private static boolean isSameWriter(Operation one, Operation other) {
        return one.caller().equalsIgnoreCase(other.caller())
                || (one.identity().isPresent() && one.identity().equals(other.identity()));
    }
}
