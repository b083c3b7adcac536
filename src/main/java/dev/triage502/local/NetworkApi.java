package dev.triage502.local;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What ARM answers about networks beside the resources themselves: tags, routes in effect, interfaces of scale sets. */
final class NetworkApi {

    private static final String ROUTES = "Microsoft.Network/networkInterfaces/effectiveRouteTable/action";

    private final Estate estate;
    private final LongRunning operations;
    private final int pageSize;

    NetworkApi(Estate estate, LongRunning operations, int pageSize) {
        this.estate = estate;
        this.operations = operations;
        this.pageSize = pageSize;
    }

    /** {@code …/serviceTagDetails}: all tags, or the one that {@code tagName} names. */
    Answer serviceTag(Call call, ArmPath path) {
        String name = call.parameter("tagName");
        return Refusal.or(
                listed("serviceTags"), "Microsoft.Network/locations/serviceTagDetails/read", path.scope(), recorded -> {
                    List<JsonObject> tags = new ArrayList<>();
                    for (JsonObject each : recorded) {
                        tags.addAll(each.has("values") ? Json.objects(each, "values") : List.of(each));
                    }
                    tags.removeIf(
                            tag -> !name.isEmpty() && !Json.text(tag, "name").equalsIgnoreCase(name));
                    return Paging.page(call, tags, pageSize);
                });
    }

    /** {@code …/networkInterfaces/{name}/effectiveRouteTable}, which Azure works out while the caller polls. */
    Answer effectiveRoutes(Call call, ArmPath path) {
        ResourceId card = ResourceId.of(path.parent());
        return Refusal.or(listed("effectiveRoutes"), ROUTES, path.parent(), recorded -> {
            Optional<JsonObject> row = recorded.stream()
                    .filter(each -> ResourceId.of(Json.text(each, "networkInterface", "id"))
                            .equals(card))
                    .findFirst();
            return row.map(each -> operations.begin(
                            call,
                            Source.NETWORK,
                            card.subscription(),
                            Answer.ok(Json.of("value", Json.array(Json.objects(each, "value"))))))
                    .orElseGet(() -> Answer.forbidden(ROUTES, path.parent()));
        });
    }

    /** {@code …/virtualMachineScaleSets/{name}/networkInterfaces}; a case folder keeps them with all others. */
    Answer interfacesOfScaleSet(Call call, ArmPath path) {
        ResourceId set = ResourceId.of(path.parent());
        return Refusal.or(
                listed("networkInterfaces"),
                "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read",
                path.parent(),
                all -> Paging.page(
                        call,
                        all.stream()
                                .filter(each ->
                                        ResourceId.of(Json.text(each, "id")).isWithin(set))
                                .toList(),
                        pageSize));
    }

    private Reading<List<JsonObject>> listed(String array) {
        return estate.resources(new ResourceKind(array, Source.NETWORK, array));
    }
}
