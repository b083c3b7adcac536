package dev.triage502.cli;

import dev.triage502.incident.ResourceId;
import dev.triage502.report.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the commands that collect a case where triage502 may not run. */
@Command(
        name = "collect-script",
        description = "Prints az commands that collect the data of a gateway, for a machine without triage502.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Asks nothing of Azure. Run the script where az is signed in, then replay the folder that it fills."
        })
final class CollectScriptCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--gateway",
            paramLabel = "ID|URL",
            required = true,
            converter = GatewayConverter.class,
            description = "The gateway: its resource ID, or the URL of its portal page.")
    private GatewayArgument gateway = new GatewayArgument("");

    @Option(
            names = "--shell",
            paramLabel = "bash|powershell",
            converter = ShellConverter.class,
            description = "Shell of the script. Default: bash.")
    private Shell shell = Shell.BASH;

    CollectScriptCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ResourceId id = gateway.id()
                .orElseThrow(() -> CommandFailed.wrongUsage("--gateway " + gateway
                        + " is a name; use the resource ID, which 'az network application-gateway list --query"
                        + " \"[].id\" --output tsv' lists"));
        console.out().print(new CollectScript(id).in(shell));
        return Main.DONE;
    }
}
