package dev.triage502.cli;

import dev.triage502.collect.GatewaySearch;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which gateway does a person mean by an ARM id, by the address of a portal's page, or by a name? */
final class GatewayArgument {

    private static final Duration SEARCH = Duration.ofSeconds(30);

    private final GatewayText given;

    GatewayArgument(String given) {
        this.given = new GatewayText(given);
    }

    /** The id, if the text holds one: an ARM id, or an address of the portal, encoded or not. */
    Optional<ResourceId> id() {
        return given.id();
    }

    /** Whether the text can be a gateway's name. */
    boolean isName() {
        return given.isName();
    }

    /** What was given. */
    @Override
    public String toString() {
        return given.toString();
    }

    /**
     * The gateway that is meant.
     *
     * @throws CommandFailed if there is none of this name, or there are several, which it lists
     */
    ResourceId find(GatewaySearch search) {
        return id().orElseGet(() -> only(search.named(given.toString(), SEARCH)));
    }

    private ResourceId only(Reading<List<ResourceId>> reading) {
        if (reading instanceof CouldNotRead<List<ResourceId>> unread) {
            throw new CommandFailed("could not look up gateway " + given + ": " + AccessAdvice.with(unread.detail())
                    + ". A resource ID needs no lookup");
        }
        List<ResourceId> found = reading.toOptional().orElse(List.of());
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "no application gateway named " + given + " in the subscriptions that you can access (see 'az"
                            + " account list'). You can also pass its resource ID");
        }
        if (found.size() > 1) {
            throw new CommandFailed(found.size() + " gateways are named " + given + "; pass a resource ID:"
                    + found.stream().map(id -> "\n  " + id).collect(Collectors.joining()));
        }
        return found.get(0);
    }
}
