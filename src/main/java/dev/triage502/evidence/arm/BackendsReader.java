package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What stands behind the addresses: arrays of ARM resources by what they are. An array that the document lacks is
 * empty here, for nothing is ever concluded from a machine that is not listed. A resource that Azure refused is
 * listed with its power unsaid and the refusal for its status.
 */
final class BackendsReader {

    private static final List<String> LISTS =
            List.of("virtualMachines", "scaleSets", "sites", "containerApps", "managedClusters", "unread");

    private BackendsReader() {}

    static Backends read(JsonElement json) {
        ArmObject document = ArmObject.document(json);
        if (LISTS.stream().noneMatch(document::has)) {
            throw document.lacks("an object with virtualMachines, scaleSets, sites, containerApps or managedClusters");
        }
        return new Backends(
                list(document, "virtualMachines", MachineReader::machine, Machine::id),
                list(document, "scaleSets", MachineReader::scaleSet, ScaleSet::id),
                list(document, "sites", AppReader::site, Site::id),
                list(document, "containerApps", AppReader::containerApp, ContainerApp::id),
                list(document, "managedClusters", BackendsReader::cluster, Cluster::id));
    }

    private static <T> List<T> list(
            ArmObject document,
            String name,
            BiFunction<ArmObject, Optional<ElementError>, T> reader,
            Function<T, ResourceId> id) {
        return document.objects(name).stream()
                .filter(each -> !ElementError.inPlaceOf(each)
                        .map(ElementError::saysNotFound)
                        .orElse(false))
                .map(each -> reader.apply(each, ElementError.inPlaceOf(each)))
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
                (network.text("networkPlugin") + " " + network.text("networkPluginMode")).strip(),
                network.text("podCidr"),
                network.text("serviceCidr"));
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
