package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.FileFault;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes down what Azure says of a gateway now, as a case that can be replayed. */
@Command(
        name = "record",
        description = "Records the current data of a gateway to a folder for replay.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Redacted by default: client IP addresses, query strings, authorization and cookie values, the settings of"
                    + " machines and containers, and the names of people who made changes. Review it before you share it."
        })
final class RecordCommand implements Callable<Integer> {

    private static final Duration DEADLINE = Duration.ofSeconds(180);

    private final Console console;
    private final EarlySignIn signIn;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private GatewayOption gateway = new GatewayOption();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            converter = FolderConverter.class,
            description = "The folder to write: new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "When the alert fired, e.g. 2026-01-31T09:10:00Z; records the hour before. Default: now.")
    private @Nullable Instant until;

    @Option(names = "--hide-names", description = "Also replace subscription IDs and host names, consistently.")
    private boolean hidesNames;

    @Option(names = "--unredacted", description = "Do not redact anything.")
    private boolean unredacted;

    RecordCommand(Console console, EarlySignIn signIn, Clock clock) {
        this.console = console;
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant alertedAt = until == null ? now : until;
        if (IncidentWindow.isFuture(alertedAt, now)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--until " + alertedAt + " is in the future; it is " + now);
        }
        refuseToMix();
        RecordedCase recorded = read(alertedAt);
        long read = Stream.of(Source.values())
                .filter(source -> recorded.documents().get(source).isPresent())
                .count();
        if (read == 0) {
            throw new CommandFailed("no source of " + gateway.given() + " could be read: "
                    + recorded.documents()
                            .get(Source.GATEWAY)
                            .unread()
                            .map(unread -> unread.detail())
                            .orElse(""));
        }
        try {
            CaseFolder.write(out, redacted(recorded));
        } catch (IOException e) {
            throw new CommandFailed("cannot write " + out + ": " + FileFault.words(e), e);
        }
        console.out().println("Recorded " + read + " of " + Source.values().length + " sources in " + out + ".");
        console.out().println("To diagnose it: ./triage502 replay " + out);
        return Main.DONE;
    }

    private RecordedCase read(Instant alertedAt) {
        try (AzureAccess azure = live.open(signIn)) {
            Incident incident = Incident.alertedAt(gateway.gateway().find(new GatewaySearch(azure)), alertedAt);
            SourceDocuments documents = new Investigation(azure, live.sources())
                    .run(incident, DEADLINE, new SourceLines(console.besides()));
            console.err().println();
            return RecordedCase.of(incident, documents);
        }
    }

    private RecordedCase redacted(RecordedCase recorded) {
        if (unredacted) {
            return recorded;
        }
        return (hidesNames ? EvidenceRedactor.hidingNames() : EvidenceRedactor.standard()).redact(recorded);
    }

    /** Files of another case, left beside this one's, would become part of it. */
    private void refuseToMix() {
        try (Stream<Path> inside = Files.isDirectory(out) ? Files.list(out) : Stream.of()) {
            boolean taken = inside.findAny().isPresent() || Files.exists(out) && !Files.isDirectory(out);
            if (taken) {
                throw new CommandFailed(out + " is not empty; choose a new or empty folder");
            }
        } catch (IOException e) {
            throw new CommandFailed("cannot list " + out + ": " + FileFault.words(e), e);
        }
    }
}
