package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resources as REST, az, PowerShell and Resource Graph give them: one, a list, or a page of a list. */
final class ResourcesForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<TakenPart> parts = new ArrayList<>();
        List<UsableResource> kinds = new ArrayList<>();
        int other = 0;
        for (JsonObject each : AnyCase.elements(document)) {
            Optional<UsableResource> kind = UsableResource.of(each).filter(known -> isWhole(known, each));
            kind.ifPresent(known -> {
                kinds.add(known);
                parts.add(known.part(each));
            });
            other += kind.isPresent() ? 0 : 1;
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new TakenDocument(words(kinds), parts)
                        .with(other == 0 ? "" : TakenDocument.count(other, "other element") + " not used"));
    }

    /** A gateway that only its name and place are listed of is no configuration. */
    private static boolean isWhole(UsableResource kind, JsonObject resource) {
        return kind != UsableResource.GATEWAY || AnyCase.has(resource, "backendAddressPools");
    }

    /** {@code 2 VNets, 1 NSG}. */
    static String words(List<UsableResource> kinds) {
        Map<UsableResource, Integer> counts = new LinkedHashMap<>();
        kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> plural(each.getValue(), each.getKey().words()))
                .collect(Collectors.joining(", "));
    }

    private static String plural(int number, String noun) {
        return number == 1 ? noun : number + " " + noun + (noun.endsWith("s") ? "es" : "s");
    }
}
