package dev.triage502.ledger;

import dev.triage502.incident.MomentText;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.KnownFault.Affected;
import dev.triage502.ledger.LookResult.Changed;
import dev.triage502.ledger.LookResult.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The sentence in which a measured recovery is reported. */
final class RecoveryText {

    /** A change takes effect at once or within minutes; a request may fail for a little longer. */
    private static final Duration BEFORE_THE_END = Duration.ofMinutes(15);

    private static final Duration AFTER_THE_END = Duration.ofMinutes(2);

    private RecoveryText() {}

    static Recovery of(LedgerEntry entry, LookResult result, Instant now) {
        Optional<KnownFault> known = entry.known().filter(each -> each.name().isCause());
        Instant at = result.until().orElse(now);
        Optional<Instant> since = known.flatMap(KnownFault::since).or(result::since);
        StringBuilder text = new StringBuilder("Recovered");
        result.until().ifPresent(until -> text.append(" at ").append(MomentText.time(until, now)));
        since.filter(at::isAfter)
                .ifPresent(from -> text.append(" after ").append(MomentText.span(Duration.between(from, at))));
        List<String> facts = new ArrayList<>();
        share(known, result).ifPresent(facts::add);
        servers(known, result).ifPresent(facts::add);
        if (!facts.isEmpty()) {
            text.append(": ").append(String.join(", ", facts));
        }
        text.append('.');
        String fixedBy =
                fix(known, result, at).map(change -> words(change, now)).orElse("");
        if (!fixedBy.isEmpty()) {
            text.append(" Fixed by ").append(fixedBy).append('.');
        }
        return new Recovery(at, text.toString(), fixedBy);
    }

    /** {@code 100% → 0% of toll.example.pl failing}. */
    private static Optional<String> share(Optional<KnownFault> known, LookResult result) {
        Optional<Affected> counted = result.recovery()
                .flatMap(LookResult.Measured::during)
                .or(() -> known.flatMap(KnownFault::affected))
                .or(result::affected);
        return counted.filter(each -> each.total() > 0)
                .map(each ->
                        percent(each) + " → 0% of " + (each.host().isEmpty() ? "requests" : each.host()) + " failing");
    }

    private static String percent(Affected counted) {
        long rounded = Math.round(100.0 * counted.failed() / counted.total());
        if (rounded == 0) {
            return "under 1%";
        }
        return rounded == 100 && counted.failed() < counted.total() ? "over 99%" : rounded + "%";
    }

    /** The servers of the pool that the fault was at, or of the only pool. */
    private static Optional<String> servers(Optional<KnownFault> known, LookResult result) {
        List<Servers> pools = result.recovery().map(LookResult.Measured::pools).orElse(List.of());
        Optional<Servers> at = pools.stream()
                .filter(pool -> known.filter(each ->
                                (each.name().target() + " " + each.name().headline()).contains(pool.pool()))
                        .isPresent())
                .findFirst()
                .or(() -> pools.size() == 1 ? Optional.of(pools.get(0)) : Optional.empty());
        return at.map(each -> each.healthy() + " of " + each.total() + " healthy");
    }

    /** The latest change to what was at fault, or to its parent, about when the failures ended. */
    private static Optional<Changed> fix(Optional<KnownFault> known, LookResult result, Instant end) {
        Optional<ResourceId> fault = known.map(KnownFault::resource)
                .filter(id -> !id.isEmpty())
                .or(() -> Optional.of(result.resource()).filter(id -> !id.isEmpty()))
                .map(ResourceId::of);
        if (fault.isEmpty()) {
            return Optional.empty();
        }
        return result.recovery().map(LookResult.Measured::changes).orElse(List.of()).stream()
                .filter(change -> !change.at().isBefore(end.minus(BEFORE_THE_END))
                        && !change.at().isAfter(end.plus(AFTER_THE_END)))
                .filter(change -> touches(ResourceId.of(change.resource()), fault.get()))
                .max(Comparator.comparing(Changed::at));
    }

    /** A rule next to the one at fault ends what that does: both are in one NSG. */
    private static boolean touches(ResourceId changed, ResourceId fault) {
        return changed.isWithin(fault)
                || fault.isWithin(changed)
                || parent(changed).equals(parent(fault));
    }

    /** The NSG of a rule, the table of a route; of anything else itself. */
    private static String parent(ResourceId id) {
        return id.key().replaceFirst("(?i)/(securityrules|routes)/[^/]+$", "");
    }

    /** {@code netops@example.pl, 14:02 UTC: rule allow-agw}. */
    private static String words(Changed change, Instant now) {
        String who = change.who().isEmpty() ? "an unnamed caller" : change.who();
        String resource = change.resource();
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        String kind = OperationName.of(change.what()).has("securityrules") ? "rule " : "";
        boolean deleted = OperationName.of(change.what()).has("delete");
        return who + ", " + MomentText.time(change.at(), now) + ": " + kind + name + (deleted ? " deleted" : "");
    }
}
