package dev.triage502.cli;

import dev.triage502.incident.ResourceId;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The az commands that collect what {@code replay} reads, for a machine where triage502 may not run. They only read. Lists
 * are of the gateway's subscription; what is elsewhere can be put into the same folder.
 */
final class CollectScript {

    /**
     * One command and the file that its output goes to.
     *
     * @param file  the name of the file
     * @param shows what is in it
     * @param words the command, word by word
     */
    record Collected(String file, String shows, List<String> words) {

        /** The command in a shell, each value as one word. */
        String command(Shell shell) {
            return words.stream()
                    .map(word -> word.matches("[A-Za-z0-9_./:-]+") ? word : shell.quoted(word))
                    .collect(Collectors.joining(" "));
        }
    }

    /** An hour of a busy gateway; all failed requests of it, if they are not more than that. */
    private static final String QUERY =
            "union isfuzzy=true AGWAccessLogs, (AzureDiagnostics | where Category == 'ApplicationGatewayAccessLog')"
                    + " | where TimeGenerated > ago(1h) | top 20000 by TimeGenerated desc";

    private final ResourceId gateway;

    CollectScript(ResourceId gateway) {
        this.gateway = gateway;
    }

    /** The commands in the order in which they are run. */
    List<Collected> commands() {
        String id = gateway.toString();
        List<Collected> all = new ArrayList<>();
        all.add(az("gateway.json", "the gateway's configuration", "network application-gateway show --ids", id));
        all.add(az(
                "backend-health.json", "backend health", "network application-gateway show-backend-health --ids", id));
        all.add(az(
                "access-log.json",
                "the access log of the last hour",
                "rest --method get --resource https://api.loganalytics.io --url",
                "https://api.loganalytics.io/v1" + id + "/query",
                "--uri-parameters",
                "query=" + QUERY));
        all.add(metrics(
                "metrics-requests.json",
                "requests and connections",
                "TotalRequests FailedRequests CurrentConnections",
                "Total",
                ""));
        all.add(metrics(
                "metrics-responses.json", "responses by status", "ResponseStatus", "Total", "HttpStatusGroup eq '*'"));
        all.add(metrics(
                "metrics-hosts.json",
                "healthy hosts",
                "HealthyHostCount UnhealthyHostCount",
                "Average",
                "BackendSettingsPool eq '*'"));
        all.add(az(
                "activity-log.json",
                "changes in the gateway's resource group during the last day",
                "monitor activity-log list --offset 1d --max-events 1000 --subscription",
                gateway.subscription(),
                "--resource-group",
                gateway.resourceGroup()));
        all.add(az(
                "resource-health.json",
                "what Azure says of the gateway's health",
                "rest --method get --url",
                id + "/providers/Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2024-02-01"));
        all.add(az("diagnostic-settings.json", "where logs go", "monitor diagnostic-settings list --resource", id));
        all.add(list("networks.json", "VNets, subnets, peerings", "network vnet list"));
        all.add(list("security-groups.json", "NSGs", "network nsg list"));
        all.add(list("route-tables.json", "route tables", "network route-table list"));
        all.add(list("interfaces.json", "network interfaces", "network nic list"));
        all.add(list("machines.json", "VMs and whether they run", "vm list --show-details"));
        all.add(list("web-apps.json", "web apps", "webapp list"));
        return all;
    }

    /** The whole script. */
    String in(Shell shell) {
        return shell == Shell.BASH ? bash() : powershell();
    }

    private String bash() {
        StringBuilder script = new StringBuilder("#!/usr/bin/env bash\n")
                .append(comments())
                .append("set -u\n")
                .append("folder=${1:-")
                .append(folder())
                .append("}\n")
                .append("mkdir -p \"$folder\" && cd \"$folder\" || exit 1\n");
        for (Collected each : commands()) {
            script.append("echo ")
                    .append(Shell.BASH.quoted(each.file() + ": " + each.shows()))
                    .append(" >&2\n");
            script.append(each.command(Shell.BASH))
                    .append(" > ")
                    .append(each.file())
                    .append('\n');
        }
        return script.append("printf '{\"id\":\"%s\",\"alertedAt\":\"%s\",\"gateway\":\"%s\"}\\n' ")
                .append(Shell.BASH.quoted(folder()))
                .append(" \"$(date -u +%Y-%m-%dT%H:%M:%SZ)\" ")
                .append(Shell.BASH.quoted(gateway.toString()))
                .append(" > case.json\n")
                .append("echo \"Copy $PWD to where triage502 runs, then: ./triage502 replay $folder\" >&2\n")
                .toString();
    }

    private String powershell() {
        StringBuilder script = new StringBuilder(comments())
                .append("$folder = if ($args.Count) { $args[0] } else { ")
                .append(Shell.POWERSHELL.quoted(folder()))
                .append(" }\n")
                .append("New-Item -ItemType Directory -Force -Path $folder | Out-Null\n");
        for (Collected each : commands()) {
            script.append("Write-Host ")
                    .append(Shell.POWERSHELL.quoted(each.file() + ": " + each.shows()))
                    .append('\n');
            script.append(each.command(Shell.POWERSHELL))
                    .append(" | Out-File -Encoding utf8 -FilePath (Join-Path $folder ")
                    .append(Shell.POWERSHELL.quoted(each.file()))
                    .append(")\n");
        }
        return script.append("@{ id = ")
                .append(Shell.POWERSHELL.quoted(folder()))
                .append("; alertedAt = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ'); gateway = ")
                .append(Shell.POWERSHELL.quoted(gateway.toString()))
                .append(" } | ConvertTo-Json | Out-File -Encoding utf8 -FilePath (Join-Path $folder 'case.json')\n")
                .append("Write-Host \"Copy $folder to where triage502 runs, then: ./triage502 replay $folder\"\n")
                .toString();
    }

    private String comments() {
        return "# Collects what triage502 reads of " + gateway.name() + ", with az alone. It only reads.\n"
                + "# Sign in first (az login). A command that is refused leaves an empty file; the others go on.\n"
                + "# The files hold addresses, host names and client requests: review them before you share them.\n";
    }

    private String folder() {
        return "case-" + gateway.name();
    }

    private Collected list(String file, String shows, String command) {
        return az(file, shows, command + " --subscription", gateway.subscription());
    }

    private Collected metrics(String file, String shows, String names, String aggregation, String filter) {
        String command =
                "monitor metrics list --interval PT1M --offset 1h --aggregation " + aggregation + " --metrics " + names;
        return filter.isEmpty()
                ? az(file, shows, command + " --resource", gateway.toString())
                : az(file, shows, command + " --top 100 --resource", gateway.toString(), "--filter", filter);
    }

    /** The command's own words are separated by blanks; those after them are taken whole. */
    private static Collected az(String file, String shows, String command, String... values) {
        List<String> words = new ArrayList<>(List.of(("az " + command).split(" ")));
        words.addAll(List.of(values));
        words.addAll(List.of("--output", "json"));
        return new Collected(file, shows, List.copyOf(words));
    }
}
