package dev.triage502.local;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ARM's {@code GET} of one resource or of a list of them. */
final class ResourcesApi {

    private final Estate estate;
    private final int pageSize;

    ResourcesApi(Estate estate, int pageSize) {
        this.estate = estate;
        this.pageSize = pageSize;
    }

    Answer get(Call call, ArmPath path, ResourceKind kind) {
        if (!call.is("GET")) {
            return otherThanGet(call, path);
        }
        String action = path.spelledType() + "/read";
        if (path.endsInType()) {
            return list(call, path, kind, action);
        }
        return Refusal.or(
                estate.resources(kind),
                action,
                path.path(),
                all -> estate.resource(path.path())
                        .map(resource -> answer(call, path, resource))
                        .orElseGet(() -> path.type().equals("microsoft.web/sites/config")
                                ? siteConfig(path, action)
                                : Refusal.notFound(path.path())));
    }

    /** What a case folder keeps inside a site stands beside it at Azure. */
    private Answer siteConfig(ArmPath path, String action) {
        String site = path.path().replaceFirst("(?i)/config/[^/]+$", "");
        return estate.resource(site)
                .map(found -> {
                    JsonObject config = Json.object(Json.object(found, "properties"), "siteConfig");
                    JsonObject answer = Json.of("id", path.path());
                    answer.add("properties", config);
                    return config.size() == 0 ? Answer.forbidden(action, path.path()) : Answer.ok(answer);
                })
                .orElseGet(() -> Refusal.notFound(site));
    }

    /** A case folder keeps a scale set's instances inside it or beside it; at Azure they are a list of their own. */
    private Answer instances(Call call, ArmPath path, ResourceKind kind, String action) {
        Optional<JsonObject> set = estate.resource(path.parent());
        if (set.isEmpty()) {
            return Refusal.notFound(path.parent());
        }
        List<JsonObject> instances = set.get().has("instances")
                ? Json.objects(set.get(), "instances")
                : estate.listed(kind, path.type(), path.parent()).toOptional().orElse(List.of());
        boolean known = set.get().has("instances") || !instances.isEmpty();
        return known ? Paging.page(call, instances, pageSize) : Answer.forbidden(action, path.parent());
    }

    /** A case folder keeps an app's revisions inside it; at Azure they are a list of their own. */
    Answer revisions(Call call, ArmPath path, ResourceKind kind) {
        return Refusal.or(
                estate.resources(kind),
                path.spelledType() + "/read",
                path.parent(),
                all -> estate.resource(path.parent())
                        .map(app -> Json.object(app, "properties").has("revisions")
                                ? Paging.page(call, Json.objects(Json.object(app, "properties"), "revisions"), pageSize)
                                : Answer.forbidden(path.spelledType() + "/read", path.parent()))
                        .orElseGet(() -> Refusal.notFound(path.parent())));
    }

    /** The state of a machine: a part of its document here, a resource of its own at Azure. */
    Answer instanceView(Call call, ArmPath path, ResourceKind kind) {
        String machine = path.path().replaceFirst("(?i)/instanceView$", "");
        return Refusal.or(
                estate.resources(kind),
                path.spelledType() + "/read",
                machine,
                all -> estate.resource(machine)
                        .map(found -> {
                            JsonObject view = Json.object(Json.object(found, "properties"), "instanceView");
                            return view.size() == 0
                                    ? Answer.forbidden(path.spelledType() + "/read", machine)
                                    : Answer.ok(view);
                        })
                        .orElseGet(() -> Refusal.notFound(machine)));
    }

    private Answer list(Call call, ArmPath path, ResourceKind kind, String action) {
        if (path.type().equals("microsoft.compute/virtualmachinescalesets/virtualmachines")) {
            return Refusal.or(
                    estate.resources(kind), action, path.parent(), all -> instances(call, path, kind, action));
        }
        boolean inside = !path.names().isEmpty();
        Reading<List<JsonObject>> found =
                inside ? children(path, kind) : estate.listed(kind, path.type(), path.scope());
        if (inside
                && found instanceof Present<?>
                && estate.resource(path.parent()).isEmpty()) {
            return Refusal.notFound(path.parent());
        }
        return Refusal.or(
                found,
                action,
                inside ? path.parent() : path.scope(),
                all -> all.stream()
                        .filter(each -> each.has("error") && !each.has("properties"))
                        .findFirst()
                        .map(ResourcesApi::refused)
                        .orElseGet(() -> Paging.page(call, all, pageSize)));
    }

    /** What stands in a resource. {@code ALL} of a private zone is every record set, whatever its type. */
    private Reading<List<JsonObject>> children(ArmPath path, ResourceKind kind) {
        if (!path.type().equals("microsoft.network/privatednszones/all")) {
            return estate.listed(kind, path.type(), path.parent());
        }
        return estate.resources(kind).map(all -> {
            List<JsonObject> records = new ArrayList<>();
            for (String type : List.of("all", "a", "aaaa", "cname", "mx", "ptr", "soa", "srv", "txt")) {
                estate.listed(kind, "microsoft.network/privatednszones/" + type, path.parent())
                        .toOptional()
                        .ifPresent(records::addAll);
            }
            return records;
        });
    }

    /** A resource as it stands; a machine's state only to who asks for it. */
    private static Answer answer(Call call, ArmPath path, JsonObject resource) {
        if (resource.has("error") && !resource.has("properties")) {
            return refused(resource);
        }
        boolean expanded = call.parameter("$expand").equalsIgnoreCase("instanceView");
        if (path.type().equals("microsoft.compute/virtualmachines") && !expanded) {
            JsonObject machine = resource.deepCopy();
            Json.object(machine, "properties").remove("instanceView");
            return Answer.ok(machine);
        }
        return Answer.ok(resource);
    }

    /** What the case records in a resource's place. */
    private static Answer refused(JsonObject place) {
        String code = Json.text(Json.object(place, "error"), "code");
        int status = code.toLowerCase(Locale.ROOT).contains("notfound") ? 404 : 403;
        return Answer.error(status, code, Json.text(Json.object(place, "error"), "message"));
    }

    /** Nobody changes anything here: a caller with reading rights is told which right it lacks. */
    static Answer otherThanGet(Call call, ArmPath path) {
        Optional<String> verb = switch (call.method()) {
            case "PUT", "PATCH" -> Optional.of("write");
            case "DELETE" -> Optional.of("delete");
            default -> Optional.empty();
        };
        return verb.map(each -> Answer.forbidden(path.spelledType() + "/" + each, path.path()))
                .orElseGet(() -> notAllowed(call));
    }

    static Answer notAllowed(Call call) {
        return Answer.error(
                405,
                "MethodNotAllowed",
                "The HTTP method '" + call.method() + "' is not supported on the resource '" + call.path() + "'.");
    }
}
