package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What to fetch next when the answer is not sure, with the command that fetches it, and what it would decide. */
final class NextEvidence {

    private static final int AT_MOST = 4;

    /** How a person gets at each source; what stands in braces is filled in by the report. */
    private static final Map<Source, String> COMMANDS = commands();

    private NextEvidence() {}

    static List<Next> after(
            NamedCause root,
            List<NamedCause> contributing,
            List<Undecided> untold,
            Ranking ranking,
            Evidence evidence) {
        boolean settled = root.confidence().filter(Confidence.CONFIRMED::equals).isPresent()
                || root.id().equals(Conclusion.NO_FAULT_FOUND.id())
                || root.id().equals(Conclusion.RECOVERED.id());
        if (settled) {
            return List.of();
        }
        List<String> rivals = Stream.concat(
                        Stream.concat(Stream.of(root), contributing.stream())
                                .filter(each -> !each.isConclusion())
                                .map(NamedCause::id),
                        ranking.asides().stream().map(JudgedCause::id))
                .distinct()
                .toList();
        List<Next> all = new ArrayList<>();
        decidedBy(untold).forEach((source, ids) -> {
            Set<String> decides = new TreeSet<>(rivals);
            decides.addAll(ids);
            all.add(next(source, evidence.bySource().get(source.ordinal()), List.copyOf(decides)));
        });
        if (all.isEmpty()) {
            unread(evidence)
                    .forEach(source -> all.add(next(source, evidence.bySource().get(source.ordinal()), rivals)));
        }
        return all.stream()
                .sorted(Comparator.comparingInt((Next each) -> -each.decides().size()))
                .limit(AT_MOST)
                .toList();
    }

    private static Map<Source, Set<String>> decidedBy(List<Undecided> untold) {
        EnumMap<Source, Set<String>> ids = new EnumMap<>(Source.class);
        for (Undecided each : untold) {
            each.missing()
                    .forEach(source ->
                            ids.computeIfAbsent(source, key -> new TreeSet<>()).add(each.id()));
        }
        return ids;
    }

    private static List<Source> unread(Evidence evidence) {
        return Stream.of(Source.values())
                .filter(source ->
                        evidence.bySource().get(source.ordinal()).unread().isPresent())
                .toList();
    }

    private static Next next(Source source, Reading<?> reading, List<String> decides) {
        String why = reading.unread()
                .filter(unread -> unread.why() != Why.NOT_COLLECTED)
                .map(unread -> " (could not be read: " + unread.detail() + ")")
                .orElse(" (not read so far)");
        boolean notLogged = reading.unread()
                .filter(unread -> unread.why() == Why.NOT_ENABLED)
                .isPresent();
        String command = notLogged
                ? "az monitor diagnostic-settings create --resource {gateway-id} -n access-log"
                        + " --workspace {workspace} --export-to-resource-specific true"
                        + " --logs '[{\"category\":\"ApplicationGatewayAccessLog\",\"enabled\":true}]'"
                : COMMANDS.getOrDefault(source, "");
        return new Next("Read the " + source.words() + why, command, decides);
    }

    private static Map<Source, String> commands() {
        EnumMap<Source, String> all = new EnumMap<>(Source.class);
        all.put(Source.GATEWAY, "az network application-gateway show --ids {gateway-id}");
        all.put(
                Source.BACKEND_HEALTH,
                "az network application-gateway show-backend-health -g {resource-group} -n {gateway}");
        all.put(
                Source.ACCESS_LOG,
                // The query takes the workspace's own number where everything else takes its id.
                "az monitor log-analytics query --workspace \"$(az monitor log-analytics workspace show"
                        + " --ids {workspace} --query customerId --output tsv)\" --analytics-query"
                        + " \"AGWAccessLogs | where HttpStatus in (502, 503, 504)"
                        + " | summarize count() by ErrorInfo, BackendPoolName, ServerRouted\"");
        all.put(
                Source.METRICS,
                "az monitor metrics list --resource {gateway-id} --interval PT1M"
                        + " --metric UnhealthyHostCount ResponseStatus");
        all.put(Source.ACTIVITY_LOG, "az monitor activity-log list -g {resource-group} --offset 24h -o table");
        all.put(
                Source.RESOURCE_HEALTH,
                "az rest --method get --url \"https://management.azure.com{gateway-id}/providers/"
                        + "Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2024-02-01\"");
        all.put(
                Source.NETWORK,
                "az network watcher test-connectivity --source-resource {gateway-id} --dest-address {server}"
                        + " --dest-port {port} -g {resource-group}");
        all.put(Source.DIAGNOSTIC_SETTINGS, "az monitor diagnostic-settings list --resource {gateway-id}");
        all.put(Source.BACKENDS, "az vm list -g {resource-group} -d -o table");
        all.put(
                Source.DIRECT_PROBE,
                "curl -sv --connect-timeout 5 --resolve {host}:{port}:{server} {scheme}://{host}:{port}/");
        return all;
    }
}
