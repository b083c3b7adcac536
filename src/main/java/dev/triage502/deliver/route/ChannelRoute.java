package dev.triage502.deliver.route;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A channel, and which messages go to it.
 *
 * @param name   what the operator calls it; letters, digits and hyphens
 * @param events what it says at all
 */
public record ChannelRoute(String name, Set<MessageReason> events, RouteRules rules, Channel channel) {

    public ChannelRoute {
        events = Set.copyOf(events);
    }

    /**
     * Whether a message goes there. Who got one about an incident gets the later ones too, whatever has become of it: that
     * it is over has to reach those who know that it began.
     *
     * @param knows whether the channel got a message about the incident before
     */
    public boolean takes(ReportNotice notice, boolean knows) {
        return events.contains(notice.event()) && (knows || rules.filter().takesIncident(notice));
    }

    /** Until when a message is kept back; empty if it may be sent now. */
    public Optional<Instant> quietUntil(ReportNotice notice, Instant now) {
        String severity = JsonTree.text(notice.document().json(), "severity");
        Optional<Integer> number =
                severity.matches("[0-9]") ? Optional.of(Integer.parseInt(severity)) : Optional.empty();
        return QuietHours.until(rules.quiet(), number, now);
    }
}
