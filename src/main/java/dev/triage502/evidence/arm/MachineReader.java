package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.NodeTags;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Virtual machines and scale sets with the states of their instances. */
final class MachineReader {

    private static final AzureWords<Power> POWER = AzureWords.of(Power.RUNNING, "running")
            .and(Power.STOPPED, "stopped", "deallocated")
            .and(Power.IN_TRANSITION, "starting", "stopping", "deallocating", "restarting", "creating");

    private static final List<String> TAGS_OF_AKS = List.of(
            "aks-managed-cluster-name", "aks-managed-cluster-rg", "aks-managed-poolName", "aks-managed-orchestrator");

    /** One status of an instance view: {@code PowerState}, {@code deallocated}, {@code VM deallocated}. */
    private record Status(String kind, String state, String words) {

        private static final Comparator<Status> ORDER = Comparator.comparing(
                        Status::kind, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Status::state, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Status::words);

        /** By its code, {@code PowerState/deallocated}. */
        static Status of(String code, String words) {
            int slash = code.indexOf('/');
            return new Status(
                    slash < 0 ? "" : code.substring(0, slash), slash < 0 ? code : code.substring(slash + 1), words);
        }

        boolean isOf(String wanted) {
            return kind.equalsIgnoreCase(wanted);
        }
    }

    private MachineReader() {}

    static ResourceId idOf(ArmObject resource) {
        return resource.id()
                .filter(id -> id.key().startsWith("/"))
                .orElseThrow(() -> resource.lacks("a resource with its id"));
    }

    static Machine machine(ArmObject machine, Optional<ElementError> refused) {
        List<Status> statuses = statuses(machine);
        Optional<Status> power =
                statuses.stream().filter(each -> each.isOf("PowerState")).findFirst();
        String words = power.map(Status::words).orElseGet(() -> machine.text("provisioningState"));
        return new Machine(
                idOf(machine),
                power(power.map(Status::state).orElse(""), statuses, machine.text("provisioningState")),
                refused.map(ElementError::words).orElse(words),
                machine.object("networkProfile").references("networkInterfaces").stream()
                        .distinct()
                        .sorted()
                        .toList(),
                addresses(machine),
                nodeTags(machine));
    }

    /** The tags by which AKS marks what it makes; older clusters name only the node pool. */
    private static Optional<NodeTags> nodeTags(ArmObject resource) {
        if (!(resource.find("tags") instanceof JsonObject)) {
            return Optional.empty();
        }
        ArmObject tags = resource.object("tags");
        boolean marked = TAGS_OF_AKS.stream().anyMatch(tag -> !tags.text(tag).isEmpty());
        return marked
                ? Optional.of(new NodeTags(tags.text("aks-managed-cluster-name"), tags.text("aks-managed-cluster-rg")))
                : Optional.empty();
    }

    /** Where Azure and its command line put them: the instance view, beside the machine or in it, or a word alone. */
    private static List<Status> statuses(ArmObject machine) {
        Stream<ArmObject> listed = Stream.concat(
                machine.object("instanceView").objects("statuses").stream(), machine.objects("statuses").stream());
        ArmObject extended = machine.object("extended").object("instanceView");
        Stream<ArmObject> resolved = extended.find("powerState") instanceof JsonObject
                ? Stream.of(extended.object("powerState"))
                : Stream.empty();
        String printed = machine.find("powerState") instanceof JsonObject ? "" : machine.text("powerState");
        Stream<Status> alone = printed.isEmpty()
                ? Stream.empty()
                : Stream.of(new Status("PowerState", printed.replaceFirst("(?i)^vm ", ""), printed));
        return Stream.concat(
                        Stream.concat(listed, resolved)
                                .map(each -> Status.of(each.text("code"), each.text("displayStatus", "code"))),
                        alone)
                .sorted(Status.ORDER)
                .toList();
    }

    private static Power power(String state, List<Status> statuses, String provisioningState) {
        Power power = POWER.valueOf(state).orElse(Power.UNSAID);
        boolean settled = power == Power.STOPPED || power == Power.IN_TRANSITION;
        return !settled && isChanging(statuses, provisioningState) ? Power.IN_TRANSITION : power;
    }

    private static boolean isChanging(List<Status> statuses, String provisioningState) {
        return Stream.concat(
                        statuses.stream()
                                .filter(each -> each.isOf("ProvisioningState"))
                                .map(Status::state),
                        Stream.of(provisioningState))
                .map(Wording::of)
                .anyMatch(state -> state.endIn("updating", "creating") || state.has("reimag"));
    }

    private static List<String> addresses(ArmObject machine) {
        Stream<String> cards = machine.object("networkProfile").objects("networkInterfaces").stream()
                .flatMap(card -> card.objects("ipConfigurations").stream())
                .map(each -> each.text("privateIPAddress"));
        Stream<String> printed = Stream.of("privateIps", "privateIpAddresses", "privateIpAddress", "addresses")
                .flatMap(field -> machine.texts(field).stream())
                .flatMap(text -> Stream.of(text.split(",")));
        return Stream.concat(cards, printed)
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .distinct()
                .sorted(IpAddresses.ORDER)
                .toList();
    }

    /**
     * A scale set.
     *
     * @param machines those of a flexible set, which has no list of instances
     */
    static ScaleSet scaleSet(ArmObject set, Optional<ElementError> refused, List<Machine> machines, Losses losses) {
        Losses ofInstances = losses.ofPart();
        List<ArmObject> listed = ofInstances.read(List.of(), () -> instances(set));
        List<Machine> instances = ofInstances.each(listed, each -> machine(each, ElementError.inPlaceOf(each))).stream()
                .sorted(Comparator.comparing(Machine::id).thenComparing(Machine::toString))
                .toList();
        OptionalInt capacity = set.object("sku").integer("capacity");
        // One more than are known: what is not known of keeps the set from being taken for stopped.
        OptionalInt atLeast =
                ofInstances.any() ? OptionalInt.of(Math.max(capacity.orElse(0), instances.size() + 1)) : capacity;
        Power power = together(instances.isEmpty() ? machines : instances, capacity.orElse(-1));
        boolean someUnknown = ofInstances.any() || (instances.isEmpty() && machines.size() < capacity.orElse(0));
        boolean unsaid = refused.isPresent() || (someUnknown && power == Power.STOPPED);
        return new ScaleSet(idOf(set), unsaid ? Power.UNSAID : power, pools(set), instances, atLeast, nodeTags(set));
    }

    /** The instances, under whichever name they were joined to the set. */
    private static List<ArmObject> instances(ArmObject set) {
        for (String name : List.of("instances", "virtualMachines", "value")) {
            if (set.find(name) instanceof JsonArray) {
                return set.objects(name);
            }
            if (set.find(name) instanceof JsonObject) {
                return set.object(name).objects("value");
            }
        }
        return List.of();
    }

    private static List<ResourceId> pools(ArmObject set) {
        return set
                .object("virtualMachineProfile")
                .object("networkProfile")
                .objects("networkInterfaceConfigurations")
                .stream()
                .flatMap(card -> card.objects("ipConfigurations").stream())
                .flatMap(each -> each.references("applicationGatewayBackendAddressPools").stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A set runs while one of its instances does. */
    private static Power together(List<Machine> instances, int capacity) {
        for (Power power : List.of(Power.RUNNING, Power.IN_TRANSITION, Power.UNSAID)) {
            if (instances.stream().anyMatch(each -> each.power() == power)) {
                return power;
            }
        }
        return instances.isEmpty() && capacity != 0 ? Power.UNSAID : Power.STOPPED;
    }
}
