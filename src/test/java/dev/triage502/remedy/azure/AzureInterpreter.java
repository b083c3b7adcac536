package dev.triage502.remedy.azure;

import dev.triage502.remedy.command.AzCommand;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.shell.CannotParse;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import dev.triage502.remedy.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs a printed script against the model: reads change nothing, and the first refusal ends it. */
public final class AzureInterpreter {

    private static final Set<String> READS = Set.of(
            "show",
            "list",
            "query",
            "show-backend-health",
            "get-instance-view",
            "show-effective-route-table",
            "list-effective-nsg",
            "list-usage",
            "tail",
            "test-connectivity",
            "show-next-hop",
            "test-ip-flow",
            "run-configuration-diagnostic",
            "wait",
            "show-connection-string",
            "list-instances");

    private static final List<CommandGroup> GROUPS = Stream.concat(
                    Stream.of(
                            new GatewayCommands(),
                            new HttpSettingsCommands(),
                            new LayerFourSettingsCommands(),
                            new ProbeCommands(),
                            new AddressPoolCommands(),
                            new RoutingRuleCommands(),
                            new HttpListenerCommands(),
                            new SslPolicyCommands(),
                            new SecurityRuleCommands(),
                            new RouteCommands(),
                            new RouteTableCommands(),
                            new SubnetCommands(),
                            new PathMapCommands(),
                            new RewriteRuleCommands(),
                            new PeeringCommands(),
                            new PrivateEndpointCommands(),
                            new RoleAssignmentCommands(),
                            new PrivateDnsCommands(),
                            new PowerCommands(),
                            new ScaleSetCommands(),
                            new SiteCommands(),
                            new ServicePlanCommands(),
                            new ContainerAppCommands(),
                            new StorageAccountCommands(),
                            new PrivateEndpointConnectionCommands(),
                            new InterfaceCommands(),
                            new DiagnosticSettingsCommands()),
                    CertificateCommands.all().stream())
            .toList();

    private final AzReader reader;

    public AzureInterpreter(AzReader reader) {
        this.reader = reader;
    }

    /**
     * Runs the script and returns the commands that changed something.
     *
     * @throws Refused     if az or Azure would not do it
     * @throws NotModelled if the model cannot tell
     * @throws CannotParse if bash would not run it
     * @throws dev.triage502.remedy.command.NeedsFillingIn if a person has to fill something in first
     */
    public List<String> run(String script, AzureModel model) {
        return run(script, model, new HashMap<>());
    }

    /** The same in a shell where these variables are set; the script sets further ones. */
    public List<String> run(String script, AzureModel model, Map<String, String> variables) {
        List<String> changes = new ArrayList<>();
        for (ShellCommand command : ShellScript.parse(script).all()) {
            command.assigned()
                    .forEach((name, word) -> word.text(variables)
                            .or(() -> answer(word, model, variables))
                            .ifPresent(text -> variables.put(name, text)));
            if (command.words().isEmpty()) {
                continue;
            }
            if (!command.isAz()) {
                throw NotModelled.command(command.program().orElse("a command"));
            }
            AzCommand az = read(command, variables);
            if (!isRead(az)) {
                run(az, model);
                changes.add(az.name());
            }
        }
        return changes;
    }

    /** What a read prints whose output is the whole word: {@code name=$(az … show …)}. */
    private Optional<String> answer(ShellWord word, AzureModel model, Map<String, String> variables) {
        List<ShellWord.Part> parts = word.parts().stream()
                .filter(part -> !part.equals(new ShellWord.Literal("")))
                .toList();
        return parts.size() == 1
                        && parts.get(0) instanceof ShellWord.Substitution substitution
                        && substitution.script().commands().size() == 1
                        && substitution.script().commands().get(0).isAz()
                ? ReadAnswers.of(read(substitution.script().commands().get(0), variables), model)
                : Optional.empty();
    }

    /** Whether a script only looks. */
    public boolean onlyReads(String script) {
        return ShellScript.parse(script).all().stream()
                .filter(command -> !command.words().isEmpty())
                .allMatch(command -> command.isAz() && isRead(read(command, Map.of())));
    }

    private AzCommand read(ShellCommand command, Map<String, String> variables) {
        AzReader.Read read = reader.read(command, variables);
        return read.command()
                .orElseThrow(() -> new Refused(read.problems().get(0).text(), "azure/az-commands.json"));
    }

    private static boolean isRead(AzCommand command) {
        String verb = command.name().substring(command.name().lastIndexOf(' ') + 1);
        boolean get = command.name().equals("rest")
                && command.one("--method").map("get"::equalsIgnoreCase).orElse(true);
        return READS.contains(verb) || get || isListByPost(command);
    }

    /** Resource Manager lists by POST what takes long or is secret: the last part of the address says so. */
    private static boolean isListByPost(AzCommand command) {
        return command.name().equals("rest")
                && command.one("--method").map("post"::equalsIgnoreCase).orElse(false)
                && command.one("--url")
                        .map(url -> url.matches("[^?]*/list[A-Za-z]*(?:\\?.*)?"))
                        .orElse(false);
    }

    private static void run(AzCommand command, AzureModel model) {
        for (CommandGroup group : GROUPS) {
            if (group.knows(command.name())) {
                group.run(command, model);
                return;
            }
        }
        throw NotModelled.command("az " + command.name());
    }
}
