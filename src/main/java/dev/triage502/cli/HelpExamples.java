package dev.triage502.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} of a command shows last: lines to copy. */
final class HelpExamples {

    static final Map<String, List<String>> OF = Map.ofEntries(
            Map.entry(
                    "triage502",
                    List.of(
                            "triage502 demo",
                            "triage502 diagnose --gateway agw-shop",
                            "triage502 replay incident-2026-11-30")),
            Map.entry(
                    "diagnose",
                    List.of(
                            "triage502 diagnose --gateway agw-shop",
                            "triage502 diagnose --gateway agw-shop --since 2h --out incident.txt",
                            "triage502 diagnose --gateway agw-shop --script fix.sh",
                            "triage502 diagnose --resource-group rg-shop --exit-code")),
            Map.entry("doctor", List.of("triage502 doctor --gateway agw-shop")),
            Map.entry("record", List.of("triage502 record --gateway agw-shop --out incident-2026-11-30 --hide-names")),
            Map.entry(
                    "replay",
                    List.of(
                            "triage502 replay incident-2026-11-30",
                            "triage502 replay incident-2026-11-30 --format markdown --out incident.md")),
            Map.entry("collect-script", List.of("triage502 collect-script --gateway ID > collect.sh")),
            Map.entry("evaluate", List.of("triage502 evaluate cases", "triage502 evaluate --store diagnoses")),
            Map.entry(
                    "demo",
                    List.of(
                            "triage502 demo",
                            "triage502 demo --list",
                            "triage502 demo --open",
                            "triage502 demo --channel teams")),
            Map.entry("serve", List.of("triage502 serve --port 7071")),
            Map.entry(
                    "incidents",
                    List.of(
                            "triage502 incidents --store diagnoses --state open",
                            "triage502 incidents --app http://127.0.0.1:7071 agw-shop-3c5fa4ccc93d7f4e")),
            Map.entry(
                    "feedback",
                    List.of(
                            "triage502 feedback --store diagnoses agw-shop-3c5fa4ccc93d7f4e right",
                            "triage502 feedback --store diagnoses agw-shop-3c5fa4ccc93d7f4e unsure")),
            Map.entry("channels", List.of("triage502 channels", "triage502 channels test webhook")),
            Map.entry("test", List.of("triage502 channels test webhook")),
            Map.entry("pretend-azure", List.of("triage502 pretend-azure --case incident-2026-11-30 --port 8502")),
            Map.entry("completion", List.of("source <(triage502 completion)")));

    private HelpExamples() {}

    /** Adds them to the command and to all commands under it. */
    static void addTo(CommandLine command) {
        List<String> lines = OF.getOrDefault(command.getCommandName(), List.of());
        if (!lines.isEmpty()) {
            UsageMessageSpec help = command.getCommandSpec().usageMessage();
            help.footer(Stream.of(
                            Stream.of(help.footer()),
                            Stream.of("", lines.size() == 1 ? "Example:" : "Examples:"),
                            lines.stream().map(line -> "  " + line))
                    .flatMap(each -> each)
                    .toArray(String[]::new));
        }
        command.getSubcommands().values().forEach(HelpExamples::addTo);
    }
}
