package dev.triage502.function;

import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Which gateway is meant? One that is only named is looked for among those that the app may see. */
final class GatewayLookup {

    private static final Duration SEARCH = Duration.ofSeconds(20);

    private final Supplier<GatewaySearch> search;

    GatewayLookup(Supplier<GatewaySearch> search) {
        this.search = search;
    }

    /** @throws HttpProblem if there is none, if there are several, which it lists, or if it could not be looked for */
    ResourceId find(GatewayText text) {
        return text.id().orElseGet(() -> only(text, search.get().named(text.toString(), SEARCH)));
    }

    private static ResourceId only(GatewayText text, Reading<List<ResourceId>> reading) {
        reading.unread().ifPresent(unread -> {
            throw new HttpProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Gateway could not be looked up",
                    "could not look up gateway \"" + text + "\": " + unread.detail()
                            + ". A resource ID needs no lookup");
        });
        List<ResourceId> found = reading.toOptional().orElse(List.of());
        if (found.isEmpty()) {
            throw new HttpProblem(
                    HttpStatus.NOT_FOUND,
                    "Gateway not found",
                    "no application gateway named \"" + text
                            + "\" that the app can read; grant it the Reader role on the"
                            + " gateway's resource group, or pass the resource ID");
        }
        if (found.size() > 1) {
            throw new HttpProblem(
                            HttpStatus.CONFLICT,
                            "Several gateways",
                            found.size() + " gateways are named \"" + text + "\"; pass a resource ID")
                    .with("gateways", found.stream().map(ResourceId::toString).toList());
        }
        return found.get(0);
    }
}
