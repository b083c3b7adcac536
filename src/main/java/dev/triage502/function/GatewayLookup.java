package dev.triage502.function;

import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which gateway is meant? One that is only named is looked for among those that the app may see. */
final class GatewayLookup {

    private static final Duration SEARCH = Duration.ofSeconds(20);
    private static final int MOST_NAMED = 10;

    private final Supplier<GatewaySearch> search;

    GatewayLookup(Supplier<GatewaySearch> search) {
        this.search = search;
    }

    /** @throws HttpProblem if there is none, if there are several, which it lists, or if it could not be looked for */
    ResourceId find(GatewayText text) {
        return text.id().orElseGet(() -> only(text, search.get().named(text.toString(), SEARCH)));
    }

    /** Which gateways the app can read, as a sentence; those whose names are like this one come first. */
    String known(String like) {
        Reading<List<ResourceId>> reading = search.get().visible(Optional.empty(), Optional.empty(), SEARCH);
        Optional<String> unread = reading.unread().map(why -> "Gateways could not be listed: " + why.detail() + ".");
        return unread.orElseGet(() -> sentence(like, reading.toOptional().orElse(List.of())));
    }

    private static String sentence(String like, List<ResourceId> all) {
        NameDistance distance = new NameDistance(like);
        List<String> names = all.stream()
                .map(ResourceId::name)
                .distinct()
                .sorted(Comparator.comparing(name -> distance.to(name.toLowerCase(Locale.ROOT))))
                .toList();
        if (names.isEmpty()) {
            return "The app can read no application gateway.";
        }
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return "The app can read " + first + (more > 0 ? " and " + more + " more" : "") + ".";
    }

    private ResourceId only(GatewayText text, Reading<List<ResourceId>> reading) {
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
                            + " gateway's resource group, or pass the resource ID. "
                            + withoutStop(known(text.toString())));
        }
        if (found.size() > 1) {
            throw new HttpProblem(
                            HttpStatus.CONFLICT,
                            "Several gateways",
                            found.size() + " gateways are named \"" + text + "\"; pass a resource ID: "
                                    + found.stream().map(ResourceId::toString).collect(Collectors.joining(", ")))
                    .with("gateways", found.stream().map(ResourceId::toString).toList());
        }
        return found.get(0);
    }

    /** Whoever shows a problem ends the sentence. */
    private static String withoutStop(String sentence) {
        return sentence.substring(0, sentence.length() - 1);
    }
}
