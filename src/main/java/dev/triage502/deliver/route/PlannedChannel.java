package dev.triage502.deliver.route;

import dev.triage502.deliver.ChannelTools;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.ChannelValues;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A channel as it is set, before it is opened.
 *
 * @param name    what the operator calls it
 * @param type    what kind it is, as the operator wrote it
 * @param kind    the same; empty if there is no such kind
 * @param rules   which messages it gets, and when
 * @param values  what is set for it
 * @param problem what is wrong with its settings, a line each; empty if nothing is
 */
public record PlannedChannel(
        String name,
        String type,
        Optional<ChannelType> kind,
        RouteRules rules,
        ChannelValues values,
        Optional<String> problem) {

    /** One whose settings are right. */
    public static PlannedChannel right(String name, ChannelType kind, RouteRules rules, ChannelValues values) {
        return new PlannedChannel(name, kind.name(), Optional.of(kind), rules, values, Optional.empty());
    }

    /** The channel with its route; one that is wrongly set takes messages and says why it does not send them. */
    public ChannelRoute open(ChannelTools tools) {
        return new ChannelRoute(
                name,
                events(),
                rules,
                problem.isPresent() || kind.isEmpty()
                        ? new UnusableChannel(problem.orElse(name + " has no type"))
                        : kind.get().open(values, tools));
    }

    /** What it takes: both its kind and its filter must. */
    public Set<MessageReason> events() {
        Set<MessageReason> events = EnumSet.noneOf(MessageReason.class);
        events.addAll(rules.filter().events());
        kind.ifPresent(each -> events.retainAll(each.takes()));
        return events;
    }
}
