package dev.triage502.cli;

import dev.triage502.collect.GatewaySearch;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateways does a person mean: one, several, those of a resource group or a subscription, or one of a list? */
final class GatewaySelection {

    private static final Duration SEARCH = Duration.ofSeconds(30);

    /** More than a person looks through, and a long time to wait. */
    private static final int MOST = 50;

    @Option(
            names = "--gateway",
            paramLabel = "ID|URL|NAME",
            converter = GatewayConverter.class,
            description = {
                "The gateway: its resource ID, the URL of its portal page, or its name. Repeat it for several.",
                "Without it: choose from a list, on a terminal."
            })
    private List<GatewayArgument> gateways = List.of();

    @Option(
            names = "--resource-group",
            paramLabel = "NAME",
            description =
                    "All gateways of this resource group: a table first, then a report for each that has a fault.")
    private @Nullable String resourceGroup;

    @Option(
            names = "--subscription",
            paramLabel = "ID|NAME",
            converter = SubscriptionConverter.class,
            description = "All gateways of this subscription, or of the resource group in it.")
    private @Nullable SubscriptionArgument subscription;

    /**
     * The gateways that are meant.
     *
     * @throws CommandFailed if there is none, or which one is not said
     */
    List<ResourceId> find(GatewaySearch search, Console console) {
        if (!gateways.isEmpty()) {
            return gateways.stream().map(each -> each.find(search)).distinct().toList();
        }
        Optional<String> id = Optional.ofNullable(subscription).map(each -> each.find(search));
        List<ResourceId> all = listed(search.visible(id, Optional.ofNullable(resourceGroup), SEARCH));
        if (subscription != null || resourceGroup != null) {
            return all;
        }
        return all.size() == 1 ? all : List.of(chosen(all, console));
    }

    private List<ResourceId> listed(Reading<List<ResourceId>> reading) {
        if (reading instanceof CouldNotRead<List<ResourceId>> unread) {
            throw new CommandFailed("could not list gateways: " + AccessAdvice.with(unread.detail())
                    + ". With --gateway and a resource ID" + " nothing is looked up");
        }
        List<ResourceId> found = reading.toOptional().orElse(List.of());
        if (found.isEmpty()) {
            throw new CommandFailed("no application gateway" + where()
                    + " that you can access. 'az account list' shows your subscriptions, 'az login --tenant TENANT'"
                    + " signs in to another tenant");
        }
        if (found.size() > MOST) {
            throw new CommandFailed(found.size() + " gateways" + where() + "; name at most " + MOST
                    + " by --gateway or --resource-group");
        }
        return found;
    }

    private String where() {
        return (resourceGroup == null ? "" : " in resource group " + resourceGroup)
                + (subscription == null ? "" : " in subscription " + subscription);
    }

    /** The one that a person at a terminal chooses by its number. */
    static ResourceId chosen(List<ResourceId> all, Console console) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            lines.add(String.format(
                    "%3d  %s  (%s)", i + 1, all.get(i).name(), all.get(i).resourceGroup()));
        }
        if (!console.terminal()) {
            throw CommandFailed.wrongUsage(
                    "which gateway? Set --gateway to one of these:\n" + String.join("\n", lines));
        }
        lines.forEach(console.err()::println);
        console.err().print("Which gateway? 1 to " + all.size() + ": ");
        console.err().flush();
        return console.answer()
                .filter(answer -> answer.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= all.size())
                .map(number -> all.get(number - 1))
                .orElseThrow(() -> CommandFailed.wrongUsage("no gateway chosen"));
    }
}
