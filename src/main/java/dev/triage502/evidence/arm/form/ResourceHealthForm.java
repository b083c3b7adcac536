package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/** The availability status of a resource: the current one, or a list with those before it. */
final class ResourceHealthForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<JsonObject> statuses = AnyCase.elements(document);
        if (statuses.isEmpty() || !statuses.stream().allMatch(ResourceHealthForm::isStatus)) {
            return Optional.empty();
        }
        JsonObject first = statuses.get(0);
        return Optional.of(
                statuses.size() == 1
                        ? new TakenDocument(
                                "resource health, " + AnyCase.text(first, "availabilityState"),
                                TakenPart.whole(Source.RESOURCE_HEALTH, first))
                        : new TakenDocument(
                                "resource health, " + statuses.size() + " statuses",
                                statuses.stream()
                                        .map(each -> TakenPart.listed(Source.RESOURCE_HEALTH, each))
                                        .toList()));
    }

    /** A web app has a field of this name too, which says whether its plan has room. */
    private static boolean isStatus(JsonObject each) {
        return AnyCase.has(each, "availabilityState")
                && UsableResource.of(each)
                        .filter(kind -> kind == UsableResource.SITE)
                        .isEmpty();
    }
}
