package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resource Graph's {@code POST /providers/Microsoft.ResourceGraph/resources}: the resources of the types that the query
 * names which meet its condition, whole, whatever it projects.
 *
 * <p>Resource Graph leaves out what the caller may not see without a word, and so does this where a query names several
 * types, and with what was refused when the case was recorded; a query of which the case knows no type at all is refused,
 * so that such a case does not look like one of an empty subscription.
 */
final class ResourceGraphApi {

    private static final Pattern TYPE =
            Pattern.compile("['\"](microsoft\\.[a-z]+(?:/[a-z]+)+)['\"]", Pattern.CASE_INSENSITIVE);
    private static final ResourceType SUBSCRIPTION = ResourceType.of("Microsoft.Resources/subscriptions");
    private static final int DEFAULT_TOP = 1000;

    private final PretendResources estate;

    ResourceGraphApi(PretendResources estate) {
        this.estate = estate;
    }

    /** The types that a query names. */
    static Set<ResourceType> typesIn(PretendRequest call) {
        Set<ResourceType> types = new LinkedHashSet<>();
        Matcher matcher = TYPE.matcher(
                call.json().map(body -> JsonTree.text(body, "query")).orElse(""));
        while (matcher.find()) {
            types.add(ResourceType.of(matcher.group(1)));
        }
        return types;
    }

    PretendAnswer answer(PretendRequest call) {
        Optional<JsonObject> body = call.json();
        Set<ResourceType> types = typesIn(call);
        String query = body.map(each -> JsonTree.text(each, "query")).orElse("");
        if (body.isEmpty() || types.isEmpty()) {
            return PretendAnswer.badRequest(
                    "BadRequest",
                    "Please provide below info when asking for support: the query must be given, and name its types.");
        }
        if (types.contains(SUBSCRIPTION)) {
            return PretendAnswer.ok(page(body.get(), List.of(subscription())));
        }
        GraphCondition condition = GraphCondition.of(query);
        List<JsonObject> rows = new ArrayList<>();
        Optional<PretendAnswer> refused = Optional.empty();
        boolean known = false;
        for (ResourceType type : types) {
            Optional<ResourceKind> kind = ResourceKind.holding(type);
            Reading<List<JsonObject>> found =
                    kind.isEmpty() ? Reading.present(List.of()) : estate.listed(kind.get(), type, "");
            known |= found.isPresent();
            if (found.unread().isPresent()) {
                refused = Optional.of(RecordedRefusal.of(
                        found.unread().get(),
                        ResourceKind.spelled(type) + "/read",
                        "/subscriptions/" + estate.gateway().subscription()));
            }
            found.toOptional()
                    .ifPresent(all -> all.stream()
                            .filter(resource -> resource.has("properties") && condition.holds(resource))
                            .forEach(resource -> rows.add(row(resource, type))));
        }
        if (!known && refused.isPresent()) {
            return refused.get();
        }
        return PretendAnswer.ok(page(body.get(), rows));
    }

    private JsonObject subscription() {
        String id = estate.gateway().subscription();
        JsonObject row = JsonLookup.of("id", "/subscriptions/" + id);
        row.addProperty("name", EndpointDirectory.SUBSCRIPTION_NAME);
        row.addProperty("type", SUBSCRIPTION.inLowerCase());
        row.addProperty("subscriptionId", id);
        return row;
    }

    private static JsonObject page(JsonObject request, List<JsonObject> rows) {
        JsonObject options = JsonTree.object(request, "options");
        int from = Math.min(number(JsonTree.text(options, "$skipToken"), 0), rows.size());
        int to = Math.min(from + number(JsonTree.text(options, "$top"), DEFAULT_TOP), rows.size());
        JsonObject page = new JsonObject();
        page.addProperty("totalRecords", rows.size());
        page.addProperty("count", to - from);
        page.addProperty("resultTruncated", "false");
        page.add("data", JsonLookup.array(rows.subList(from, to)));
        page.add("facets", new JsonArray());
        if (to < rows.size()) {
            page.addProperty("$skipToken", String.valueOf(to));
        }
        return page;
    }

    /** A resource as a row, with the columns that Resource Graph adds; types are in lower case there. */
    private static JsonObject row(JsonObject resource, ResourceType type) {
        JsonObject row = PretendResources.alone(resource, type);
        ResourceId id = ResourceId.of(JsonTree.text(resource, "id"));
        row.addProperty("type", type.inLowerCase());
        row.addProperty("resourceGroup", id.resourceGroup().toLowerCase(Locale.ROOT));
        row.addProperty("subscriptionId", id.subscription());
        return row;
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : otherwise;
    }
}
