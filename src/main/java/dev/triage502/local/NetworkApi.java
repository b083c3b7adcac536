package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What ARM answers about networks beside the resources themselves: tags, routes in effect, interfaces of scale sets. */
final class NetworkApi {

    private static final String ROUTES = "Microsoft.Network/networkInterfaces/effectiveRouteTable/action";

    private final PretendResources estate;
    private final PollableOperations operations;
    private final int pageSize;

    NetworkApi(PretendResources estate, PollableOperations operations, int pageSize) {
        this.estate = estate;
        this.operations = operations;
        this.pageSize = pageSize;
    }

    /** {@code …/serviceTagDetails}: all tags, or the one that {@code tagName} names. */
    PretendAnswer serviceTag(PretendRequest call, ArmPath path) {
        String name = call.parameter("tagName");
        return RecordedRefusal.or(
                listed("serviceTags"), "Microsoft.Network/locations/serviceTagDetails/read", path.scope(), recorded -> {
                    List<JsonObject> tags = new ArrayList<>();
                    for (JsonObject each : recorded) {
                        tags.addAll(each.has("values") ? JsonTree.objects(each, "values") : List.of(each));
                    }
                    tags.removeIf(tag ->
                            !name.isEmpty() && !JsonTree.text(tag, "name").equalsIgnoreCase(name));
                    return ListPaging.page(call, tags, pageSize);
                });
    }

    /** {@code …/networkInterfaces/{name}/effectiveRouteTable}, which Azure works out while the caller polls. */
    PretendAnswer effectiveRoutes(PretendRequest call, ArmPath path) {
        ResourceId card = ResourceId.of(path.parent());
        return RecordedRefusal.or(listed("effectiveRoutes"), ROUTES, path.parent(), recorded -> {
            Optional<JsonObject> row = recorded.stream()
                    .filter(each -> ResourceId.of(JsonTree.text(each, "networkInterface", "id"))
                            .equals(card))
                    .findFirst();
            return row.map(each -> operations.begin(
                            call,
                            Source.NETWORK,
                            card.subscription(),
                            PretendAnswer.ok(
                                    JsonLookup.of("value", JsonLookup.array(JsonTree.objects(each, "value"))))))
                    .orElseGet(() -> PretendAnswer.forbidden(ROUTES, path.parent()));
        });
    }

    /**
     * What Azure Virtual Network Manager has in effect in a network: {@code …/virtualNetworks/{name}/listNetworkManagerEffective…}.
     * A case that says nothing of it has no network manager.
     */
    PretendAnswer ofManager(ArmPath path, String array) {
        ResourceId vnet = ResourceId.of(path.parent());
        String action = "Microsoft.Network/virtualNetworks/listNetworkManagerEffective"
                + (array.equals("securityAdminRules") ? "SecurityAdminRules" : "ConnectivityConfigurations")
                + "/action";
        Reading<List<JsonObject>> all = listed(array);
        if (all.unread().filter(each -> each.why() == Reading.Why.NOT_COLLECTED).isPresent()) {
            return PretendAnswer.ok(JsonLookup.of("value", new JsonArray()));
        }
        return RecordedRefusal.or(all, action, path.parent(), recorded -> {
            for (JsonObject each : recorded) {
                if (ResourceId.of(JsonTree.text(each, "id")).equals(vnet) && each.has("error")) {
                    return PretendAnswer.error(
                            403, JsonTree.text(each, "error", "code"), JsonTree.text(each, "error", "message"));
                }
                if (ResourceId.of(JsonTree.text(each, "virtualNetwork", "id")).equals(vnet)) {
                    return PretendAnswer.ok(JsonLookup.of("value", JsonLookup.array(JsonTree.objects(each, "value"))));
                }
            }
            return PretendAnswer.ok(JsonLookup.of("value", new JsonArray()));
        });
    }

    /** {@code …/virtualMachineScaleSets/{name}/networkInterfaces}; a case folder keeps them with all others. */
    PretendAnswer interfacesOfScaleSet(PretendRequest call, ArmPath path) {
        ResourceId set = ResourceId.of(path.parent());
        return RecordedRefusal.or(
                listed("networkInterfaces"),
                "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read",
                path.parent(),
                all -> ListPaging.page(
                        call,
                        all.stream()
                                .filter(each ->
                                        ResourceId.of(JsonTree.text(each, "id")).isWithin(set))
                                .toList(),
                        pageSize));
    }

    private Reading<List<JsonObject>> listed(String array) {
        return estate.resources(new ResourceKind(ResourceType.of(array), Source.NETWORK, array));
    }
}
