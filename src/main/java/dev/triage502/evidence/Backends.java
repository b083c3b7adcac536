package dev.triage502.evidence;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stands behind the addresses: machines, scale sets, apps and clusters with their states.
 *
 * @param access whom services let in, of those whose rules were read
 * @param privateDomains domains that public DNS does not know, of services that are reachable from a network only
 * @param gap    why not all that were listed are known: one or more could not be understood
 */
public record Backends(
        List<Machine> machines,
        List<ScaleSet> scaleSets,
        List<Site> sites,
        List<ContainerApp> containerApps,
        List<Cluster> clusters,
        List<ServiceAccess> access,
        List<PrivateDomain> privateDomains,
        Optional<CouldNotRead<?>> gap) {

    /** What stands there, where no private domains are known. */
    public Backends(
            List<Machine> machines,
            List<ScaleSet> scaleSets,
            List<Site> sites,
            List<ContainerApp> containerApps,
            List<Cluster> clusters,
            List<ServiceAccess> access,
            Optional<CouldNotRead<?>> gap) {
        this(machines, scaleSets, sites, containerApps, clusters, access, List.of(), gap);
    }

    /** What stands there, where no access rules were read. */
    public Backends(
            List<Machine> machines,
            List<ScaleSet> scaleSets,
            List<Site> sites,
            List<ContainerApp> containerApps,
            List<Cluster> clusters,
            Optional<CouldNotRead<?>> gap) {
        this(machines, scaleSets, sites, containerApps, clusters, List.of(), gap);
    }

    /** What stands there, where every element was understood. */
    public Backends(
            List<Machine> machines,
            List<ScaleSet> scaleSets,
            List<Site> sites,
            List<ContainerApp> containerApps,
            List<Cluster> clusters) {
        this(machines, scaleSets, sites, containerApps, clusters, Optional.empty());
    }

    /** Whether something runs, as its owner service says. */
    public enum Power {
        RUNNING,
        /** Stopped or deallocated. */
        STOPPED,
        /** Starting, stopping, being updated, reimaged or restarted in place. */
        IN_TRANSITION,
        UNSAID
    }

    /**
     * A virtual machine; {@code status} is Azure's display text, such as {@code VM deallocated}.
     *
     * @param node what its tags say of the AKS cluster that it is a node of
     */
    public record Machine(
            ResourceId id,
            Power power,
            String status,
            List<ResourceId> interfaces,
            List<String> addresses,
            Optional<NodeTags> node) {}

    /**
     * A scale set, the pools that it names, and its instances.
     *
     * @param nodes what its tags say of the AKS cluster whose nodes they are
     */
    public record ScaleSet(
            ResourceId id,
            Power power,
            List<ResourceId> pools,
            List<Machine> instances,
            OptionalInt capacity,
            Optional<NodeTags> nodes) {}

    /**
     * An App Service app.
     *
     * @param hostNames     the names it serves
     * @param publicAccess  whether it may be reached without a private endpoint; empty where it is not said
     * @param restrictions  access restrictions: the text of each rule that could shut the gateway out
     * @param plan          the plan whose instances serve it, where their number can be set: not a free, shared or
     *                      consumption plan's
     */
    public record Site(
            ResourceId id,
            Power power,
            String state,
            List<String> hostNames,
            Optional<Boolean> publicAccess,
            List<String> restrictions,
            Optional<ResourceId> plan,
            Map<String, String> properties) {

        /** Where {@link #properties} holds the address at which the platform takes its requests. */
        public static final String INBOUND = "inbound-address";

        /** The address at which the platform takes its requests; empty where it is not said. */
        public Optional<String> inboundAddress() {
            return Optional.ofNullable(properties.get(INBOUND)).filter(address -> !address.isEmpty());
        }

        /** Whether the platform stopped it for the rest of the day, since a free or shared plan has daily quotas. */
        public boolean usedUpItsQuota() {
            return power == Power.STOPPED && state.equalsIgnoreCase("QuotaExceeded");
        }
    }

    /**
     * A container app and whether a revision of it can run.
     *
     * @param minReplicas how many replicas are kept while nobody asks for it; empty where the document does not say
     */
    public record ContainerApp(
            ResourceId id,
            Power power,
            String status,
            List<String> hostNames,
            OptionalInt targetPort,
            OptionalInt minReplicas) {

        /** Whether the first request after a quiet time has to wait until a replica has started. */
        public boolean scalesToZero() {
            return minReplicas.equals(OptionalInt.of(0));
        }
    }

    /**
     * A Kubernetes cluster and its power state.
     *
     * @param ingress   the ingress add-on that fills an application gateway, where it is switched on
     * @param nodeGroup the resource group of its nodes and load balancers; empty where the document does not say
     */
    public record Cluster(
            ResourceId id,
            Power power,
            String provisioningState,
            ClusterNetwork network,
            Optional<IngressAddOn> ingress,
            String nodeGroup) {}

    /**
     * How a cluster's pods are connected.
     *
     * @param plugin       Azure's words for it: {@code azure overlay}
     * @param podRange     where pods have a range of their own, else an empty string
     * @param serviceRange the range of its services' inner addresses
     * @param policy       what enforces network policies among its pods, {@code calico}; empty where nothing does
     */
    public record ClusterNetwork(String plugin, String podRange, String serviceRange, String policy) {}

    /**
     * What the tags say that AKS puts on the machines of its nodes; a name is empty where the tags do not say it.
     *
     * @param cluster       the name of the cluster that the node belongs to
     * @param resourceGroup the resource group of that cluster, which is not the one of the node
     */
    public record NodeTags(String cluster, String resourceGroup) {}

    /**
     * A cluster's add-on that writes what its ingresses say into an application gateway.
     *
     * @param gateway  the gateway that it fills; empty where the document does not say
     * @param identity the identity by which it writes; empty where the document does not say
     * @param objectId that identity's object id, or an empty string
     */
    public record IngressAddOn(Optional<ResourceId> gateway, Optional<ResourceId> identity, String objectId) {}

    /**
     * A domain below which an internal service gives its names: public DNS knows none of them.
     *
     * @param owner   the container environment or API Management instance
     * @param domain  the domain, or the one name
     * @param address the address that a private zone has to hold for it, or an empty string
     */
    public record PrivateDomain(ResourceId owner, HostName domain, String address) {}
}
