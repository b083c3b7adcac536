package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.incident.Wording;
import dev.triage502.json.JsonTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which endpoint of Azure's does a request mean? */
final class EndpointDirectory {

    /** What the one subscription is called. */
    static final String SUBSCRIPTION_NAME = "pretend";

    private static final PretendEndpoint UNKNOWN = new PretendEndpoint(
            Optional.empty(),
            PretendEndpoint.NO_TYPE,
            false,
            false,
            (call, stuck) -> PretendAnswer.error(
                    404,
                    "InvalidRequestUri",
                    "The path '" + call.path() + "' is not one that the pretend Azure knows."));

    /** Before the name of a source that is not Azure's to answer. */
    private static final String PRETENDED = "/pretended/";

    private final PretendResources estate;
    private final PollableOperations operations;
    private final ResourcesApi resources;
    private final GatewayApi gateway;
    private final NetworkApi network;
    private final ResourceGraphApi graph;
    private final LogQueryApi logs;

    EndpointDirectory(PretendResources estate, PollableOperations operations, int pageSize) {
        this.estate = estate;
        this.operations = operations;
        this.resources = new ResourcesApi(estate, pageSize);
        this.gateway = new GatewayApi(estate, operations, pageSize);
        this.network = new NetworkApi(estate, operations, pageSize);
        this.graph = new ResourceGraphApi(estate);
        this.logs = new LogQueryApi(estate);
    }

    PretendEndpoint find(PretendRequest call) {
        Wording asked = Wording.of(call.path());
        if (asked.startWith("/v1/")) {
            return PretendEndpoint.of(Source.ACCESS_LOG, PretendEndpoint.NO_TYPE, (each, stuck) -> logs.answer(each))
                    .logQuery();
        }
        if (asked.startWith(PRETENDED)) {
            return Source.withHyphenatedName(call.path().substring(PRETENDED.length()))
                    .map(source ->
                            PretendEndpoint.of(source, PretendEndpoint.NO_TYPE, (each, stuck) -> recorded(source)))
                    .orElse(UNKNOWN);
        }
        if (call.path().equalsIgnoreCase("/subscriptions")) {
            return new PretendEndpoint(
                    Optional.empty(),
                    ResourceType.of("subscriptions"),
                    false,
                    true,
                    (each, stuck) -> subscriptions(each));
        }
        return ArmPath.of(call.path()).map(path -> find(call, path)).orElse(UNKNOWN);
    }

    private PretendEndpoint find(PretendRequest call, ArmPath path) {
        ResourceType type = path.type();
        switch (type.inLowerCase()) {
            case "microsoft.network/applicationgateways/backendhealth":
                return post(Source.BACKEND_HEALTH, type, each -> gateway.backendHealth(each, path));
            case "microsoft.network/applicationgateways/getbackendhealthondemand":
                return post(Source.ON_DEMAND_HEALTH, type, each -> gateway.onDemandHealth(each, path));
            case "microsoft.network/locations/operationresults":
                return PretendEndpoint.of(
                        operations.source(path.name(1)),
                        type,
                        (each, stuck) -> operations.result(each, path.name(1), stuck));
            case "microsoft.network/locations/operations":
                return PretendEndpoint.of(
                        operations.source(path.name(1)),
                        type,
                        (each, stuck) -> operations.status(each, path.name(1), stuck));
            case "microsoft.network/locations/servicetagdetails":
                return get(Source.NETWORK, type, path, each -> network.serviceTag(each, path))
                        .list();
            case "microsoft.network/networkinterfaces/effectiveroutetable":
                return post(Source.NETWORK, type, each -> network.effectiveRoutes(each, path));
            case "microsoft.network/virtualnetworks/listnetworkmanagereffectivesecurityadminrules":
                return post(Source.NETWORK, type, each -> network.ofManager(path, "securityAdminRules"));
            case "microsoft.network/virtualnetworks/listnetworkmanagereffectiveconnectivityconfigurations":
                return post(Source.NETWORK, type, each -> network.ofManager(path, "connectivityConfigurations"));
            case "microsoft.compute/virtualmachinescalesets/networkinterfaces":
                return get(Source.NETWORK, type, path, each -> network.interfacesOfScaleSet(each, path))
                        .list();
            case "microsoft.app/containerapps/revisions":
                return get(Source.BACKENDS, type, path, each -> resources.revisions(each, path, kind(type)))
                        .list();
            case "microsoft.insights/metrics":
                return get(Source.METRICS, type, path, each -> gateway.metrics(each, path));
            case "microsoft.insights/eventtypes/values":
                return get(Source.ACTIVITY_LOG, type, path, each -> gateway.activityLog(each, path))
                        .list();
            case "microsoft.insights/diagnosticsettings":
                return get(Source.DIAGNOSTIC_SETTINGS, type, path, each -> gateway.diagnosticSettings(each, path))
                        .list();
            case "microsoft.resourcehealth/availabilitystatuses":
                return get(Source.RESOURCE_HEALTH, type, path, each -> gateway.resourceHealth(each, path));
            case "microsoft.resourcehealth/events":
                return get(Source.RESOURCE_HEALTH, type, path, each -> gateway.serviceEvents(each, path))
                        .list();
            case "microsoft.operationalinsights/workspaces/tables":
                return get(Source.ACCESS_LOG, type, path, each -> LogQueryApi.table(each, path));
            case "microsoft.resourcegraph/resources":
                return post(graphSource(call), type, graph::answer).list();
            case "microsoft.compute/virtualmachines/instanceview":
                return get(Source.BACKENDS, type, path, each -> resources.instanceView(each, path, kind(type)));
            default:
                return ResourceKind.holding(type)
                        .map(kind -> resource(path, kind))
                        .orElse(UNKNOWN);
        }
    }

    private PretendEndpoint resource(ArmPath path, ResourceKind kind) {
        PretendEndpoint endpoint =
                PretendEndpoint.of(kind.source(), path.type(), (call, stuck) -> resources.get(call, path, kind));
        return path.endsInType() ? endpoint.list() : endpoint;
    }

    private static ResourceKind kind(ResourceType type) {
        return ResourceKind.holding(type).orElseThrow();
    }

    private static PretendEndpoint get(
            Source source, ResourceType type, ArmPath path, Function<PretendRequest, PretendAnswer> answer) {
        return PretendEndpoint.of(
                source,
                type,
                (call, stuck) -> call.is("GET") ? answer.apply(call) : ResourcesApi.otherThanGet(call, path));
    }

    private static PretendEndpoint post(
            Source source, ResourceType type, Function<PretendRequest, PretendAnswer> answer) {
        return PretendEndpoint.of(
                source, type, (call, stuck) -> call.is("POST") ? answer.apply(call) : ResourcesApi.notAllowed(call));
    }

    /** What a query of Resource Graph's is about: what it names first. */
    private static Source graphSource(PretendRequest call) {
        return ResourceGraphApi.typesIn(call).stream()
                .flatMap(type -> ResourceKind.holding(type).stream())
                .map(ResourceKind::source)
                .findFirst()
                .orElse(Source.NETWORK);
    }

    /** No endpoint of Azure's: what asking past Azure showed when the case was recorded. */
    private PretendAnswer recorded(Source source) {
        Reading<JsonElement> recorded = estate.document(source);
        return recorded.unread()
                        .filter(unread -> unread.why() == Why.NOT_COLLECTED)
                        .isPresent()
                ? PretendAnswer.error(404, "NotCollected", "the case has no " + source.fileName())
                : RecordedRefusal.or(recorded, source.words(), "", EndpointDirectory::saidToBeRecorded);
    }

    private static PretendAnswer saidToBeRecorded(JsonElement recorded) {
        JsonElement rows = recorded.deepCopy();
        if (rows instanceof JsonArray array) {
            JsonTree.objects(array).stream()
                    .filter(row -> !row.has("from"))
                    .forEach(row -> row.addProperty("from", "where the case was recorded"));
        }
        return PretendAnswer.ok(rows);
    }

    private PretendAnswer subscriptions(PretendRequest call) {
        if (!call.is("GET")) {
            return ResourcesApi.notAllowed(call);
        }
        ResourceId id = estate.gateway();
        var one = JsonLookup.of("id", "/subscriptions/" + id.subscription());
        one.addProperty("subscriptionId", id.subscription());
        one.addProperty("displayName", SUBSCRIPTION_NAME);
        one.addProperty("state", "Enabled");
        return ListPaging.page(call, List.of(one), 1);
    }
}
