package dev.triage502.cli;

import dev.triage502.collect.GatewaySearch;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which subscription does a person mean by its ID or its name? */
final class SubscriptionArgument {

    private static final Duration SEARCH = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final String given;

    SubscriptionArgument(String given) {
        this.given = given.strip();
    }

    /**
     * The ID of the subscription that is meant. Only a name is looked up.
     *
     * @throws CommandFailed if there is none of this name, or there are several, which it lists
     */
    String find(GatewaySearch search) {
        String inPath = ResourceId.of(given).subscription();
        if (!inPath.isEmpty()) {
            return inPath;
        }
        return ID.matcher(given).matches() ? given : only(search.subscriptions(given, SEARCH));
    }

    private String only(Reading<List<ResourceId>> reading) {
        if (reading instanceof CouldNotRead<List<ResourceId>> unread) {
            throw new CommandFailed("could not look up subscription " + given + ": "
                    + AccessAdvice.with(unread.detail()) + ". A subscription ID needs no lookup");
        }
        List<ResourceId> found = reading.toOptional().orElse(List.of());
        if (found.isEmpty()) {
            throw new CommandFailed("no subscription named " + given + " that you can access. 'az account list' shows"
                    + " yours, 'az login --tenant TENANT' signs in to another tenant");
        }
        if (found.size() > 1) {
            throw new CommandFailed(found.size() + " subscriptions are named " + given + "; pass an ID:"
                    + found.stream().map(id -> "\n  " + id.subscription()).collect(Collectors.joining()));
        }
        return found.get(0).subscription();
    }

    /** What was given. */
    @Override
    public String toString() {
        return given;
    }
}
