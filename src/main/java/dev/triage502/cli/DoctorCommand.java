package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.collect.AccessDoctor;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.DoctorReport;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.Investigation;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.triage.SourceReliance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether all can be read that a diagnosis may need, and what repairs it. */
@Command(
        name = "doctor",
        description = "Checks which sources of a gateway can be read, and prints the commands that grant access.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 all sources are readable, 1 some are not, 2 usage error or invalid setting."})
final class DoctorCommand implements Callable<Integer> {

    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private final Console console;
    private final EarlySignIn signIn;
    private final Clock clock;

    @Mixin
    private GatewayOption gateway = new GatewayOption();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(names = "--format", paramLabel = "text|json", description = "Output format. Default: text.")
    private TextOrJson format = TextOrJson.TEXT;

    DoctorCommand(Console console, EarlySignIn signIn, Clock clock) {
        this.console = console;
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        try (AzureAccess azure = live.open(signIn)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Incident incident = Incident.alertedAt(gateway.gateway().find(new GatewaySearch(azure)), now);
            SourceDocuments documents = new Investigation(azure, live.sources())
                    .run(incident, DEADLINE, new SourceLines(console.besides()));
            SourceReliance reliance = SourceReliance.on(
                    incident, documents, DefectLog.ofProgram(incident.gateway().name()));
            DoctorReport report = new DoctorReport(
                    incident.gateway(),
                    now,
                    AccessDoctor.examine(incident, documents, reliance.untold(), reliance.used()));
            console.err().println();
            console.err().flush();
            console.out()
                    .println(
                            format == TextOrJson.JSON
                                    ? report.json().toString()
                                    : report.text().stripTrailing());
            return report.isWell() ? Main.DONE : Main.COULD_NOT;
        }
    }
}
