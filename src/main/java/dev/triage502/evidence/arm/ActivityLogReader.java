package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who changed what: {@code GET …/providers/Microsoft.Insights/eventtypes/management/values}. */
final class ActivityLogReader {

    private static final Comparator<Operation> ORDER = Comparator.comparing(Operation::started)
            .thenComparing(Operation::ended)
            .thenComparing(Operation::name)
            .thenComparing(Operation::resource)
            .thenComparing(Operation::toString);

    /** One row: an operation leaves several, when it starts, when it is accepted, when it ends. */
    private record Event(
            String name,
            ResourceId resource,
            Actor actor,
            Instant at,
            String step,
            String category,
            StatusMessage status,
            String told) {

        Outcome outcome() {
            return ActivityLogReader.outcome(step);
        }

        /** A request that is turned away like this never becomes an operation that goes on. */
        boolean isTurnedAway() {
            return outcome() == Outcome.FAILED && ActivityLog.isBusy(status.code());
        }

        boolean is(String word) {
            return step.equalsIgnoreCase(word);
        }
    }

    /** Who did it: the caller as the log names it, and the managed identity behind it, if it is one. */
    private record Actor(String caller, Optional<ResourceId> identity) {}

    private static final AzureWords<Outcome> OUTCOMES = AzureWords.of(
                    Outcome.SUCCEEDED, "Succeeded", "Success", "Resolved")
            .and(Outcome.FAILED, "Failed", "Failure", "Canceled", "Cancelled");

    /** What rows of one operation have in common. */
    private record Key(String correlation, OperationName name, ResourceId resource) {}

    private ActivityLogReader() {}

    static ActivityLog read(JsonElement document, Losses losses) {
        Map<Key, List<Event>> operations = new LinkedHashMap<>();
        losses.each(rows(document), row -> {
            if (MetricsReader.word(row, "category").equalsIgnoreCase("ServiceHealth")) {
                return row; // no operation; the events themselves stand in the resource health
            }
            Event event = event(row);
            String correlation = row.text("correlationId", "operationId");
            String own = correlation.isEmpty() ? "row " + operations.size() : correlation;
            Key key = new Key(own, OperationName.of(event.name()), event.resource());
            operations.computeIfAbsent(key, unused -> new ArrayList<>()).add(event);
            return row;
        });
        return new ActivityLog(operations.values().stream()
                .flatMap(rows -> apart(rows).stream())
                .map(ActivityLogReader::folded)
                .sorted(ORDER)
                .toList());
    }

    private static List<ArmObject> rows(JsonElement document) {
        if (document instanceof JsonArray) {
            return ArmObject.list(document);
        }
        ArmObject answer = ArmObject.document(document);
        if (!answer.has("value")) {
            throw answer.lacks("a list of events under value");
        }
        return answer.objects("value");
    }

    private static Event event(ArmObject row) {
        return new Event(
                MetricsReader.word(row, "operationName"),
                row.reference("resourceId").orElseGet(() -> ResourceId.of("")),
                new Actor(row.text("caller"), row.object("claims").reference("xms_mirid")),
                row.instant("eventTimestamp").orElseThrow(() -> row.lacks("an event with its eventTimestamp")),
                MetricsReader.word(row, "status"),
                MetricsReader.word(row, "category"),
                new Losses().read(new StatusMessage("", ""), () -> StatusMessage.of(row)),
                told(row));
    }

    private static Outcome outcome(String status) {
        return OUTCOMES.valueOf(status).orElse(Outcome.STARTED);
    }

    /** What the platform says in an event of its own, of a resource's health. */
    private static String told(ArmObject row) {
        ArmObject properties = row.object("properties");
        String cause = properties.text("cause");
        return Stream.of(
                        properties.text("title"),
                        properties.text("details"),
                        cause.isEmpty() ? "" : "cause: " + cause,
                        row.text("description"))
                .filter(text -> !text.isBlank())
                .distinct()
                .reduce((first, second) -> first + "; " + second)
                .orElse("");
    }

    /**
     * The rows of one correlation, an operation each. A deployment tool gives all requests of one run the same
     * correlation: what was turned away while an accepted operation went on did not end that one.
     */
    private static List<List<Event>> apart(List<Event> rows) {
        List<Event> one = new ArrayList<>(inOrder(rows));
        List<List<Event>> all = new ArrayList<>();
        for (Event each : List.copyOf(one)) {
            int accepted = accepted(one, each);
            if (each.isTurnedAway() && accepted >= 0) {
                List<Event> away = new ArrayList<>();
                for (Event begun : List.copyOf(one.subList(accepted + 1, one.indexOf(each)))) {
                    if (begun.is("Started")) {
                        away.add(begun);
                    }
                }
                away.add(each);
                one.removeAll(away);
                all.add(away);
            }
        }
        all.add(0, one);
        return all;
    }

    /** The place of the first row before this one that says that the operation was accepted; -1 where none does. */
    private static int accepted(List<Event> events, Event until) {
        for (int i = 0; i < events.indexOf(until); i++) {
            if (events.get(i).is("Accepted")) {
                return i;
            }
        }
        return -1;
    }

    private static List<Event> inOrder(List<Event> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(Event::at)
                        .thenComparing(Event::outcome)
                        .thenComparing(Event::toString))
                .toList();
    }

    private static Operation folded(List<Event> rows) {
        List<Event> events = inOrder(rows);
        Event first = events.get(0);
        Event last = events.get(events.size() - 1);
        Event decisive = events.stream()
                .filter(event -> event.outcome() != Outcome.STARTED)
                .reduce((earlier, later) -> later)
                .orElse(last);
        StatusMessage status = decisive.status();
        boolean failed = decisive.outcome() == Outcome.FAILED;
        return Operation.builder()
                .name(first.name())
                .resource(first.resource())
                .caller(first(events, each -> each.actor().caller()))
                .started(first.at())
                .ended(last.at())
                .outcome(decisive.outcome())
                .category(first(events, Event::category))
                .code(failed ? status.code() : "")
                .message(failed && !status.message().isEmpty() ? status.message() : first(events, Event::told))
                .identity(events.stream()
                        .flatMap(each -> each.actor().identity().stream())
                        .findFirst())
                .build();
    }

    private static String first(List<Event> events, Function<Event, String> field) {
        Optional<String> found =
                events.stream().map(field).filter(text -> !text.isEmpty()).findFirst();
        return found.orElse("");
    }
}
