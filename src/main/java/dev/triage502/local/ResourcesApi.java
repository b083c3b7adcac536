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
                        .map(ResourcesApi::answer)
                        .orElseGet(() -> Refusal.notFound(path.path())));
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
        boolean inside = !path.names().isEmpty();
        Reading<List<JsonObject>> found =
                inside ? children(path, kind) : estate.listed(kind, path.type(), path.scope());
        if (inside
                && found instanceof Present<?>
                && estate.resource(path.parent()).isEmpty()) {
            return Refusal.notFound(path.parent());
        }
        return Refusal.or(
                found, action, inside ? path.parent() : path.scope(), all -> Paging.page(call, all, pageSize));
    }

    /** What stands in a resource. {@code ALL} of a private zone is every record set, whatever its type. */
    private Reading<List<JsonObject>> children(ArmPath path, ResourceKind kind) {
        if (!path.type().equals("microsoft.network/privatednszones/all")) {
            return estate.listed(kind, path.type(), path.parent());
        }
        return estate.resources(kind).map(all -> {
            List<JsonObject> records = new ArrayList<>();
            for (String type : List.of("a", "aaaa", "cname", "mx", "ptr", "soa", "srv", "txt")) {
                estate.listed(kind, "microsoft.network/privatednszones/" + type, path.parent())
                        .toOptional()
                        .ifPresent(records::addAll);
            }
            return records;
        });
    }

    /** A resource that the case records as refused is refused; all others are given as they stand. */
    private static Answer answer(JsonObject resource) {
        if (resource.get("error") instanceof JsonObject error && !resource.has("properties")) {
            String code = Json.text(error, "code");
            return Answer.error(
                    code.toLowerCase(Locale.ROOT).contains("notfound") ? 404 : 403, code, Json.text(error, "message"));
        }
        return Answer.ok(resource);
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
