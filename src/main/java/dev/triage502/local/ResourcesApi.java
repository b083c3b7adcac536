package dev.triage502.local;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.arm.ErrorCode;
import dev.triage502.incident.ResourceType;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ARM's {@code GET} of one resource or of a list of them. */
final class ResourcesApi {

    private final PretendResources estate;
    private final int pageSize;

    ResourcesApi(PretendResources estate, int pageSize) {
        this.estate = estate;
        this.pageSize = pageSize;
    }

    PretendAnswer get(PretendRequest call, ArmPath path, ResourceKind kind) {
        if (!call.is("GET")) {
            return otherThanGet(call, path);
        }
        String action = path.spelledType() + "/read";
        if (path.endsInType()) {
            return list(call, path, kind, action);
        }
        return RecordedRefusal.or(
                estate.resources(kind),
                action,
                path.path(),
                all -> estate.resource(path.path())
                        .map(resource -> answer(call, path, resource))
                        .orElseGet(() -> path.type().is("microsoft.web/sites/config")
                                ? siteConfig(path, action)
                                : RecordedRefusal.notFound(path.path())));
    }

    /** What a case folder keeps inside a site stands beside it at Azure. */
    private PretendAnswer siteConfig(ArmPath path, String action) {
        String site = path.path().replaceFirst("(?i)/config/[^/]+$", "");
        return estate.resource(site)
                .map(found -> {
                    JsonObject config = JsonTree.object(JsonTree.object(found, "properties"), "siteConfig");
                    if (config.has("error")) {
                        return PretendAnswer.error(
                                403, JsonTree.text(config, "error", "code"), JsonTree.text(config, "error", "message"));
                    }
                    JsonObject answer = JsonLookup.of("id", path.path());
                    answer.add("properties", config);
                    return config.size() == 0 ? PretendAnswer.forbidden(action, path.path()) : PretendAnswer.ok(answer);
                })
                .orElseGet(() -> RecordedRefusal.notFound(site));
    }

    /** A case folder keeps a scale set's instances inside it or beside it; at Azure they are a list of their own. */
    private PretendAnswer instances(PretendRequest call, ArmPath path, ResourceKind kind, String action) {
        Optional<JsonObject> set = estate.resource(path.parent());
        if (set.isEmpty()) {
            return RecordedRefusal.notFound(path.parent());
        }
        List<JsonObject> instances = set.get().has("instances")
                ? JsonTree.objects(set.get(), "instances")
                : estate.listed(kind, path.type(), path.parent()).toOptional().orElse(List.of());
        boolean known = set.get().has("instances") || !instances.isEmpty();
        return known ? ListPaging.page(call, instances, pageSize) : PretendAnswer.forbidden(action, path.parent());
    }

    /** A case folder keeps an app's revisions inside it; at Azure they are a list of their own. */
    PretendAnswer revisions(PretendRequest call, ArmPath path, ResourceKind kind) {
        return RecordedRefusal.or(
                estate.resources(kind),
                path.spelledType() + "/read",
                path.parent(),
                all -> estate.resource(path.parent())
                        .map(app -> JsonTree.object(app, "properties").has("revisions")
                                ? ListPaging.page(
                                        call,
                                        JsonTree.objects(JsonTree.object(app, "properties"), "revisions"),
                                        pageSize)
                                : PretendAnswer.forbidden(path.spelledType() + "/read", path.parent()))
                        .orElseGet(() -> RecordedRefusal.notFound(path.parent())));
    }

    /** The state of a machine: a part of its document here, a resource of its own at Azure. */
    PretendAnswer instanceView(PretendRequest call, ArmPath path, ResourceKind kind) {
        String machine = path.path().replaceFirst("(?i)/instanceView$", "");
        return RecordedRefusal.or(
                estate.resources(kind),
                path.spelledType() + "/read",
                machine,
                all -> estate.resource(machine)
                        .map(found -> {
                            JsonObject view = JsonTree.object(JsonTree.object(found, "properties"), "instanceView");
                            return view.size() == 0
                                    ? PretendAnswer.forbidden(path.spelledType() + "/read", machine)
                                    : PretendAnswer.ok(view);
                        })
                        .orElseGet(() -> RecordedRefusal.notFound(machine)));
    }

    private PretendAnswer list(PretendRequest call, ArmPath path, ResourceKind kind, String action) {
        if (path.type().is("microsoft.compute/virtualmachinescalesets/virtualmachines")) {
            return RecordedRefusal.or(
                    estate.resources(kind), action, path.parent(), all -> instances(call, path, kind, action));
        }
        boolean inside = !path.names().isEmpty();
        Reading<List<JsonObject>> found =
                inside ? children(path, kind) : estate.listed(kind, path.type(), path.scope());
        if (inside
                && found instanceof Present<?>
                && estate.resource(path.parent()).isEmpty()) {
            return RecordedRefusal.notFound(path.parent());
        }
        return RecordedRefusal.or(
                found,
                action,
                inside ? path.parent() : path.scope(),
                all -> all.stream()
                        .filter(each -> each.has("error") && !each.has("properties"))
                        .findFirst()
                        .map(ResourcesApi::refused)
                        .orElseGet(() -> ListPaging.page(call, all, pageSize)));
    }

    /** What stands in a resource. {@code ALL} of a private zone is every record set, whatever its type. */
    private Reading<List<JsonObject>> children(ArmPath path, ResourceKind kind) {
        if (!path.type().is("microsoft.network/privatednszones/all")) {
            return estate.listed(kind, path.type(), path.parent());
        }
        return estate.resources(kind).map(all -> {
            List<JsonObject> records = new ArrayList<>();
            for (String type : List.of("all", "a", "aaaa", "cname", "mx", "ptr", "soa", "srv", "txt")) {
                estate.listed(kind, ResourceType.of("microsoft.network/privatednszones/" + type), path.parent())
                        .toOptional()
                        .ifPresent(records::addAll);
            }
            return records;
        });
    }

    /** A resource as it stands; a machine's state only to who asks for it. */
    private static PretendAnswer answer(PretendRequest call, ArmPath path, JsonObject resource) {
        if (resource.has("error") && !resource.has("properties")) {
            return refused(resource);
        }
        boolean expanded = call.parameter("$expand").equalsIgnoreCase("instanceView");
        if (path.type().is("microsoft.compute/virtualmachines") && !expanded) {
            JsonObject machine = resource.deepCopy();
            JsonTree.object(machine, "properties").remove("instanceView");
            return PretendAnswer.ok(machine);
        }
        return PretendAnswer.ok(PretendResources.alone(resource, path.type()));
    }

    /** What the case records in a resource's place. */
    private static PretendAnswer refused(JsonObject place) {
        String code = JsonTree.text(JsonTree.object(place, "error"), "code");
        int status = ErrorCode.of(code).saysNotFound() ? 404 : 403;
        return PretendAnswer.error(status, code, JsonTree.text(JsonTree.object(place, "error"), "message"));
    }

    /** Nobody changes anything here: a caller with reading rights is told which right it lacks. */
    static PretendAnswer otherThanGet(PretendRequest call, ArmPath path) {
        Optional<String> verb = switch (call.method()) {
            case "PUT", "PATCH" -> Optional.of("write");
            case "DELETE" -> Optional.of("delete");
            default -> Optional.empty();
        };
        return verb.map(each -> PretendAnswer.forbidden(path.spelledType() + "/" + each, path.path()))
                .orElseGet(() -> notAllowed(call));
    }

    static PretendAnswer notAllowed(PretendRequest call) {
        return PretendAnswer.error(
                405,
                "MethodNotAllowed",
                "The HTTP method '" + call.method() + "' is not supported on the resource '" + call.path() + "'.");
    }
}
