package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ClusterNetwork;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.PrivateDomain;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What stands behind the addresses: arrays of ARM resources by what they are. An array that the document lacks is
 * empty here, for nothing is ever concluded from a machine that is not listed. A resource that Azure refused is
 * listed with its power unsaid and the refusal for its status.
 */
final class BackendsReader {

    private static final List<String> LISTS = List.of(
            "virtualMachines",
            "scaleSets",
            "sites",
            "containerApps",
            "managedClusters",
            "managedEnvironments",
            "storageAccounts",
            "apiManagementServices",
            "staticSites",
            "unread");

    private BackendsReader() {}

    static Backends read(JsonElement json, Losses losses) {
        ArmObject document = ArmObject.document(json);
        if (LISTS.stream().noneMatch(document::has)) {
            throw document.lacks("an object with virtualMachines, scaleSets, sites, containerApps or managedClusters");
        }
        Losses own = losses.ofPart();
        List<Machine> machines = list(document, "virtualMachines", MachineReader::machine, Machine::id, own);
        Map<ResourceId, List<Machine>> ofSets = machinesOfSets(document, machines);
        List<ScaleSet> sets = list(
                document,
                "scaleSets",
                (set, refused) -> MachineReader.scaleSet(
                        set, refused, ofSets.getOrDefault(MachineReader.idOf(set), List.of()), losses),
                ScaleSet::id,
                own);
        List<Site> sites = list(document, "sites", AppReader::site, Site::id, own);
        List<ContainerApp> apps = list(document, "containerApps", AppReader::containerApp, ContainerApp::id, own);
        List<Cluster> clusters = list(document, "managedClusters", BackendsReader::cluster, Cluster::id, own);
        return new Backends(
                machines,
                sets,
                sites,
                apps,
                clusters,
                ServiceAccessReader.read(document, losses),
                privateDomains(document, own),
                own.gap(Source.BACKENDS));
    }

    /** Of environments that are internal, and of API Management in a network's internal mode. */
    private static List<PrivateDomain> privateDomains(ArmObject document, Losses losses) {
        List<Optional<PrivateDomain>> environments = losses.each(
                document,
                "managedEnvironments",
                each -> each.object("vnetConfiguration")
                        .flag("internal")
                        .filter(internal ->
                                internal && !each.text("defaultDomain").isEmpty())
                        .map(internal -> new PrivateDomain(
                                MachineReader.idOf(each),
                                HostName.of(each.text("defaultDomain")),
                                each.text("staticIp"))));
        List<Optional<PrivateDomain>> managements = losses.each(
                document,
                "apiManagementServices",
                each -> Optional.of(each.text("virtualNetworkType"))
                        .filter("Internal"::equalsIgnoreCase)
                        .map(internal -> new PrivateDomain(
                                MachineReader.idOf(each),
                                HostName.of(each.text("gatewayUrl").replaceFirst("^https?://", "")),
                                each.texts("privateIPAddresses").stream()
                                        .findFirst()
                                        .orElse("")))
                        .filter(domain -> !domain.domain().isEmpty()));
        return Stream.of(environments, managements)
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(PrivateDomain::domain).thenComparing(PrivateDomain::owner))
                .toList();
    }

    /** The instances of flexible scale sets, which are machines of their own and name their set. */
    private static Map<ResourceId, List<Machine>> machinesOfSets(ArmObject document, List<Machine> machines) {
        Map<ResourceId, Machine> byId = new HashMap<>();
        machines.forEach(machine -> byId.put(machine.id(), machine));
        Map<ResourceId, List<Machine>> ofSets = new HashMap<>();
        // What is not understood is said where the machines are read.
        new Losses().each(document, "virtualMachines", machine -> {
            Optional<Machine> known = machine.id().map(byId::get);
            machine.reference("virtualMachineScaleSet")
                    .ifPresent(set -> known.ifPresent(each -> ofSets.computeIfAbsent(set, unused -> new ArrayList<>())
                            .add(each)));
            return machine;
        });
        return ofSets;
    }

    private static <T> List<T> list(
            ArmObject document,
            String name,
            BiFunction<ArmObject, Optional<ElementError>, T> reader,
            Function<T, ResourceId> id,
            Losses losses) {
        return losses
                .each(document, name, each -> {
                    Optional<ElementError> refused = ElementError.inPlaceOf(each);
                    return refused.map(ElementError::saysNotFound).orElse(false)
                            ? Optional.<T>empty()
                            : Optional.of(reader.apply(each, refused));
                })
                .stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(id).thenComparing(Object::toString))
                .toList();
    }

    private static Cluster cluster(ArmObject cluster, Optional<ElementError> refused) {
        ArmObject network = cluster.object("networkProfile");
        String provisioning = refused.map(ElementError::words).orElseGet(() -> cluster.text("provisioningState"));
        return new Cluster(
                MachineReader.idOf(cluster),
                power(cluster.object("powerState").text("code"), provisioning),
                provisioning,
                new ClusterNetwork(
                        (network.text("networkPlugin") + " " + network.text("networkPluginMode")).strip(),
                        network.text("podCidr"),
                        network.text("serviceCidr"),
                        networkPolicy(network)),
                ingressAddOn(cluster),
                cluster.text("nodeResourceGroup"));
    }

    /** What enforces network policies; Azure writes {@code none} where nothing does. */
    private static String networkPolicy(ArmObject network) {
        String engine = network.text("networkPolicy");
        return engine.equalsIgnoreCase("none") ? "" : engine;
    }

    /** The add-on, where it is switched on; Azure writes its name in more than one case. */
    private static Optional<IngressAddOn> ingressAddOn(ArmObject cluster) {
        ArmObject addOn = cluster.object("addonProfiles").object("ingressApplicationGateway");
        if (!addOn.flag("enabled").orElse(false)) {
            return Optional.empty();
        }
        ArmObject config = addOn.object("config");
        ArmObject identity = addOn.object("identity");
        return Optional.of(new IngressAddOn(
                config.reference("effectiveApplicationGatewayId").or(() -> config.reference("applicationGatewayId")),
                identity.reference("resourceId"),
                identity.text("objectId")));
    }

    private static Power power(String code, String provisioning) {
        if (List.of("Starting", "Stopping", "Upgrading").stream().anyMatch(provisioning::equalsIgnoreCase)) {
            return Power.IN_TRANSITION;
        }
        if (code.equalsIgnoreCase("Running")) {
            return Power.RUNNING;
        }
        return code.equalsIgnoreCase("Stopped") ? Power.STOPPED : Power.UNSAID;
    }
}
