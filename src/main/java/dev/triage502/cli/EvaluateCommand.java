package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.UnreadableCase;
import dev.triage502.evaluate.Evaluation;
import dev.triage502.evaluate.EvaluationReport;
import dev.triage502.store.Feedback;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import dev.triage502.store.StoreFailure;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the diagnoses on cases whose cause is known. */
@Command(
        name = "evaluate",
        description = "Measures how often the diagnosis is right on recorded cases.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private final Console console;
    private final Triage triage;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            converter = FolderConverter.class,
            description = "A case, or a folder of cases.")
    private List<Path> folders = List.of();

    @Option(names = "--format", paramLabel = "text|json|markdown", description = "Output format. Default: text.")
    private EvaluationFormat format = EvaluationFormat.TEXT;

    @Option(names = "--ablate", description = "Also measure with each evidence source removed.")
    private boolean ablate;

    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            description = "Also the incidents of a store with feedback: a folder, or a blob address.")
    private String store = "";

    EvaluateCommand(Console console, Triage triage) {
        this.console = console;
        this.triage = triage;
    }

    @Override
    public Integer call() {
        if (folders.isEmpty() && store.isEmpty()) {
            throw CommandFailed.wrongUsage("name a folder of cases, or a store with --store");
        }
        List<RecordedCase> cases = new ArrayList<>(ofStore());
        int code = Main.DONE;
        for (Path folder : folders.stream()
                .flatMap(each -> CaseFolders.under(each).stream())
                .toList()) {
            try {
                RecordedCase recorded = CaseFolder.read(folder);
                BrokenFiles.in(folder, recorded)
                        .forEach(broken ->
                                console.err().println("triage502 evaluate: warning: " + Main.readable(broken)));
                cases.add(recorded);
            } catch (UnreadableCase problem) {
                console.err().println("triage502 evaluate: " + Main.readable(String.valueOf(problem.getMessage())));
                code = Main.COULD_NOT;
            }
        }
        if (cases.isEmpty()) {
            return Main.COULD_NOT;
        }
        console.out().print(told(new EvaluationReport(Evaluation.of(cases, triage, ablate))));
        return code;
    }

    /** The incidents of which the true cause is known, as cases; what was removed meanwhile is left out. */
    private List<RecordedCase> ofStore() {
        List<RecordedCase> cases = new ArrayList<>();
        if (store.isEmpty()) {
            return cases;
        }
        try {
            Store open = StoreLocationArgument.open(store, console, Clock.systemUTC());
            for (Feedback each : open.feedback().all()) {
                Map<String, String> files = open.cases().read(each.incident(), each.revision(), CaseFolder.fileNames());
                if (each.hasKnownCause() && !files.isEmpty()) {
                    cases.add(CaseFolder.of(each.incident(), FeedbackStore.labelled(files, each)));
                }
            }
            return cases;
        } catch (StoreFailure failure) {
            throw new CommandFailed("cannot read the store: " + failure.getMessage(), failure);
        }
    }

    private String told(EvaluationReport report) {
        switch (format) {
            case JSON:
                return report.json() + "\n";
            case MARKDOWN:
                return report.markdown();
            default:
                return report.text();
        }
    }
}
