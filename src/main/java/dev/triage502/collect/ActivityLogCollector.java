package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.PartialList;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ActivityLogRow;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * What was changed in the day before, on the gateway and on what it depends on. The service takes one resource or one
 * resource group a call, so each group involved is asked once and what belongs to others is left out here.
 */
final class ActivityLogCollector implements SourceCollector {

    private static final Duration LOOK_BACK = Duration.ofHours(24);
    private static final int MOST_GROUPS = 6;

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Set<ResourceId> involved = new LinkedHashSet<>(List.of(scene.gatewayId()));
        scene.document().toOptional().map(ResourceReferences::mentionedIn).ifPresent(involved::addAll);
        Map<String, Reading<PartialList>> byGroup = new LinkedHashMap<>();
        ask(scene, ask, groups(involved), byGroup);
        boolean known = scene.document().isPresent();
        for (Source source : List.of(Source.NETWORK, Source.BACKENDS)) {
            Reading<JsonElement> other = scene.others().await(source, ask.deadline());
            other.toOptional().map(ResourceReferences::mentionedIn).ifPresent(involved::addAll);
            known &= other.isPresent();
        }
        ask(scene, ask, groups(involved), byGroup);
        return merged(byGroup, new Relevance(involved, known));
    }

    /** Whether a row of the log could matter to the gateway. */
    private static final class Relevance {

        private static final Pattern RESOURCE = Pattern.compile(".*/providers/[^/]+/[^/]+/[^/]+.*");

        private final Set<String> keys = new HashSet<>();
        private final boolean known;

        /**
         * {@code known} is false where the configuration, the network or what stands behind the addresses could not be
         * read: anything in the group may matter then, such as who stopped a machine.
         */
        Relevance(Set<ResourceId> involved, boolean known) {
            this.known = known;
            for (ResourceId id : involved) {
                for (ResourceId at = id; RESOURCE.matcher(at.key()).matches(); at = at.parent()) {
                    keys.add(at.key());
                }
            }
        }

        boolean holds(ActivityLogRow row) {
            // What was deleted is in no document any more; a right that was taken away may have been a controller's.
            return !known || row.isDeletion() || row.concernsRightsOrHealth() || isInvolved(row.resource());
        }

        /** It, what it is in, or what is in it: a rule's change is its security group's. */
        private boolean isInvolved(ResourceId on) {
            for (ResourceId at = on; RESOURCE.matcher(at.key()).matches(); at = at.parent()) {
                if (keys.contains(at.key())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Subscription and name of each group, the gateway's first. */
    private static List<ResourceId> groups(Set<ResourceId> involved) {
        Map<String, ResourceId> groups = new LinkedHashMap<>();
        for (ResourceId id : involved) {
            if (!id.subscription().isEmpty() && !id.resourceGroup().isEmpty()) {
                ResourceId group =
                        ResourceId.of("/subscriptions/" + id.subscription() + "/resourceGroups/" + id.resourceGroup());
                groups.putIfAbsent(group.key(), group);
            }
        }
        return groups.values().stream().limit(MOST_GROUPS).toList();
    }

    private static void ask(
            CollectContext scene, CallContext ask, List<ResourceId> groups, Map<String, Reading<PartialList>> byGroup)
            throws InterruptedException {
        List<ResourceId> fresh = groups.stream()
                .filter(group -> !byGroup.containsKey(group.toString()))
                .toList();
        List<Callable<Reading<PartialList>>> calls = new ArrayList<>();
        for (ResourceId group : fresh) {
            calls.add(() -> rows(scene, ask, group));
        }
        List<Reading<PartialList>> answers = scene.fan().all(calls);
        for (int i = 0; i < fresh.size(); i++) {
            byGroup.put(fresh.get(i).toString(), answers.get(i));
        }
    }

    /** With few fields; with all where Azure refuses the selection, or leaves out who acted. */
    private static Reading<PartialList> rows(CollectContext scene, CallContext ask, ResourceId group) {
        ResourceId subscription = ResourceId.of("/subscriptions/" + group.subscription());
        Map<String, String> query = query(scene.incident(), group);
        Map<String, String> selecting = new LinkedHashMap<>(query);
        selecting.put("$select", ActivityLogRow.FIELDS);
        Reading<PartialList> rows =
                scene.arm().listAsFarAsRead(ask, ArmOperation.ACTIVITY_LOG, subscription, selecting);
        boolean refused = rows.unread()
                .filter(refusal -> refusal.detail().contains("[status 400]"))
                .isPresent();
        boolean withoutCaller = rows.toOptional()
                .filter(list -> !list.value().isEmpty())
                .filter(list -> ActivityLogRow.lackCallers(list.value()))
                .isPresent();
        return refused || withoutCaller
                ? scene.arm().listAsFarAsRead(ask, ArmOperation.ACTIVITY_LOG, subscription, query)
                : rows;
    }

    private static Map<String, String> query(Incident incident, ResourceId group) {
        return Map.of(
                "$filter",
                "eventTimestamp ge '" + incident.to().minus(LOOK_BACK).truncatedTo(ChronoUnit.SECONDS)
                        + "' and eventTimestamp le '" + incident.to().truncatedTo(ChronoUnit.SECONDS)
                        + "' and resourceGroupName eq '" + group.resourceGroup().replace("'", "''") + "'");
    }

    private static Reading<JsonElement> merged(Map<String, Reading<PartialList>> byGroup, Relevance relevance) {
        CompositeDocument refusals = new CompositeDocument(Source.ACTIVITY_LOG);
        List<JsonObject> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        byGroup.forEach((group, answer) -> {
            answer.unread().ifPresent(refusal -> refusals.unread(group, refusal));
            answer.toOptional()
                    .flatMap(PartialList::rest)
                    .ifPresent(refusal -> refusals.unread(group + ", older rows", refusal));
            answer.toOptional().stream()
                    .flatMap(list -> ResourceReferences.resources(list.value()))
                    .map(ActivityLogRow::of)
                    .filter(relevance::holds)
                    .filter(row -> seen.add(row.key()))
                    .map(ActivityLogRow::withoutPerson)
                    .forEach(rows::add);
        });
        if (byGroup.values().stream().noneMatch(Reading::isPresent)) {
            return refusals.reading();
        }
        JsonArray value = new JsonArray();
        rows.forEach(value::add);
        return Reading.present(refusals.listOf(value));
    }
}
