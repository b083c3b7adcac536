package dev.triage502.remedy.proof;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.remedy.azure.AzureInterpreter;
import dev.triage502.remedy.azure.AzureModel;
import dev.triage502.remedy.azure.NotModelled;
import dev.triage502.remedy.azure.Refused;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzProblem;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.command.NeedsFillingIn;
import dev.triage502.remedy.proof.FixClosure.Closure;
import dev.triage502.remedy.proof.RemedyFinding.Kind;
import dev.triage502.remedy.proof.StepProof.Applied;
import dev.triage502.remedy.shell.CannotParse;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import dev.triage502.remedy.shell.ShellWord;
import dev.triage502.triage.TriagedCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Proves the remedies of one report: it reads the printed text and the case's documents, and nothing else. */
final class RemedyProof {

    private static final AzReader READER = new AzReader(AzCatalogue.read());
    private static final AzureInterpreter INTERPRETER = new AzureInterpreter(READER);

    private static final Pattern DELIBERATE =
            Pattern.compile("(?i)changes nothing|no-op|without changing|asks? (?:for names )?again");
    private static final Pattern NOTHING_TO_UNDO = Pattern.compile("(?i)nothing to undo");
    private static final Pattern NO_WAY_BACK = Pattern.compile("(?i)cannot be undone");

    /** Commands that az cannot take back: the peering forgets the address space that the other network had before (assumed). */
    private static final Set<String> ONE_WAY = Set.of("network vnet peering sync");

    private static final Pattern TEMPORARY = Pattern.compile(
            "(?i)temporar|only until|for the time being|skips|bypass|weakens|past the (?:firewall|appliance)");

    private final RecordedCase incident;
    private final PersonsValues person;
    private final List<StepProof> proofs = new ArrayList<>();
    private final List<RemedyFinding> others = new ArrayList<>();

    private RemedyProof(RecordedCase incident) {
        this.incident = incident;
        this.person = new PersonsValues(incident.documents());
    }

    /** What was found about each printed change of a case. */
    static RemedyProof of(RecordedCase incident) {
        RemedyProof proof = new RemedyProof(incident);
        proof.prove();
        return proof;
    }

    List<StepProof> changes() {
        return List.copyOf(proofs);
    }

    List<RemedyFinding> findings() {
        return Stream.concat(others.stream(), proofs.stream().flatMap(each -> each.findings().stream()))
                .toList();
    }

    private void prove() {
        JsonObject report = TriagedCase.of(incident).document().json();
        Diagnosis diagnosis = TriagedCase.of(incident).diagnosis();
        List<NamedCause> named = new ArrayList<>(List.of(diagnosis.root()));
        named.addAll(diagnosis.contributing());
        List<List<PrintedStep>> steps = PrintedStep.of(report);
        for (int i = 0; i < steps.size(); i++) {
            remedy(
                    steps.get(i),
                    new FixClosure(incident, named.get(i).id(), named.get(i).target()));
        }
        for (PrintedStep step : PrintedStep.others(report)) {
            if (step.changes()) {
                remedy(List.of(step), new FixClosure(incident, step.cause(), Optional.empty()));
            } else {
                others.addAll(new Step(step).reads());
            }
        }
    }

    /** The steps of one cause, each alone and after those before it. */
    private void remedy(List<PrintedStep> steps, FixClosure closure) {
        AzureModel together = AzureModel.of(incident.documents());
        List<Step> applied = new ArrayList<>();
        List<Closure> closures = new ArrayList<>();
        for (PrintedStep printed : steps) {
            Step step = new Step(printed);
            if (!printed.changes()) {
                others.addAll(step.reads());
                continue;
            }
            AzureModel before = together.copy();
            step.change(AzureModel.of(incident.documents()), closure);
            boolean needsOthers = step.applied == Applied.REFUSED || step.applied == Applied.NEEDS_VALUES;
            if (needsOthers && step.runs(before.copy())) {
                step = new Step(printed);
                step.change(before, closure);
            }
            Closure after = Closure.NOT_ASKED;
            if (step.applied == Applied.APPLIED && step.runs(together.copy())) {
                step.runs(together);
                after = closure.after(together);
            }
            applied.add(step);
            closures.add(after);
        }
        boolean closes = Stream.concat(applied.stream().map(each -> each.alone), closures.stream())
                .anyMatch(each -> each == Closure.CLOSED || each == Closure.OPEN);
        for (int i = 0; i < applied.size(); i++) {
            Step step = applied.get(i);
            if (step.applied == Applied.APPLIED && !closes) {
                step.notClosed();
            }
            proofs.add(new StepProof(
                    incident.id(),
                    step.step,
                    step.applied,
                    step.why,
                    step.commands,
                    person.in(step.step.command()),
                    step.alone,
                    closures.get(i),
                    step.restored,
                    step.findings));
        }
    }

    /** One printed step while it is looked at. */
    private final class Step {
        private final PrintedStep step;
        private final List<RemedyFinding> findings = new ArrayList<>();
        private List<String> commands = List.of();
        private Applied applied = Applied.PROSE;
        private String why = "";
        private Closure alone = Closure.NOT_ASKED;
        private boolean restored;
        private String stillSaid = "";

        /** What the command sets in the shell; the undo runs in the same one. */
        private final Map<String, String> variables = new HashMap<>();

        Step(PrintedStep step) {
            this.step = step;
        }

        private void found(Kind kind, String text) {
            findings.add(new RemedyFinding(incident.id(), step, kind, text));
        }

        /** A step that is printed as one that only looks. */
        List<RemedyFinding> reads() {
            written(step.command());
            try {
                boolean az = ShellScript.parse(step.command()).all().stream()
                        .filter(each -> !each.words().isEmpty())
                        .allMatch(ShellCommand::isAz);
                if (az && !INTERPRETER.onlyReads(step.command())) {
                    found(Kind.READ_CHANGES, step.command());
                }
            } catch (CannotParse | Refused e) {
                // Said by written() already.
                why = String.valueOf(e.getMessage());
            }
            return findings;
        }

        /** @param model what the change is applied to: the case as it is, or after the steps that have to come first */
        void change(AzureModel model, FixClosure closure) {
            written(step.command());
            written(step.undoCommand());
            if (step.command().isEmpty()) {
                return;
            }
            JsonObject old = gateway(model.copy());
            SourceDocuments documents = model.documents();
            boolean wasRestarted = model.restarted();
            String before = model.normalised();
            apply(model);
            if (applied != Applied.APPLIED) {
                return;
            }
            boolean changed = !model.normalised().equals(before);
            if (!changed
                    && model.restarted() == wasRestarted
                    && !commands.stream().allMatch(each -> each.endsWith(" restart"))
                    && !DELIBERATE.matcher(step.text()).find()) {
                found(Kind.CHANGES_NOTHING, String.join(", ", commands));
            }
            JsonObject now = gateway(model);
            if (Capacity.of(now).isBelow(Capacity.of(old))) {
                found(Kind.LOWERS_CAPACITY, Capacity.of(old) + " becomes " + Capacity.of(now));
            }
            if (emptyHosts(now) > emptyHosts(old)) {
                found(Kind.SENDS_EMPTY_TEXT, step.command());
            }
            String weaker = Weakening.between(documents, model.documents());
            if (!weaker.isEmpty() && !TEMPORARY.matcher(step.text()).find()) {
                found(Kind.WEAKENS_UNSAID, weaker);
            }
            if (changed) {
                alone = closure.after(model);
                stillSaid = closure.said();
            }
            undo(model, before, changed);
        }

        private void apply(AzureModel model) {
            try {
                commands = INTERPRETER.run(person.fill(step.command()), model, variables);
                applied = Applied.APPLIED;
            } catch (Refused e) {
                applied = Applied.REFUSED;
                why = String.valueOf(e.getMessage());
                found(Kind.REFUSED, why);
            } catch (NeedsFillingIn e) {
                applied = Applied.NEEDS_VALUES;
                why = String.valueOf(e.getMessage());
            } catch (NotModelled e) {
                applied = !step.isAz() ? Applied.OTHER_TOOL : e.isUnread() ? Applied.UNREAD : Applied.NOT_MODELLED;
                why = String.valueOf(e.getMessage());
            } catch (CannotParse e) {
                applied = Applied.CANNOT_PARSE;
                why = String.valueOf(e.getMessage());
            }
        }

        /**
         * Runs it on top of the steps before it; false where that is refused, as for an alternative to one of them, or where a
         * value is still missing.
         */
        boolean runs(AzureModel model) {
            try {
                INTERPRETER.run(person.fill(step.command()), model);
                return true;
            } catch (Refused | NeedsFillingIn e) {
                return false;
            }
        }

        private void undo(AzureModel model, String before, boolean changed) {
            if (step.undoCommand().isEmpty() || !step.undoCommand().contains("az ")) {
                if (ONE_WAY.containsAll(commands)
                        && NO_WAY_BACK.matcher(step.undo()).find()) {
                    return;
                }
                boolean nothing = NOTHING_TO_UNDO.matcher(step.undo()).find();
                if (changed || !nothing) {
                    found(Kind.UNDO_NOT_A_COMMAND, step.undo());
                } else {
                    restored = true;
                }
                return;
            }
            try {
                INTERPRETER.run(person.fill(step.undoCommand()), model, variables);
            } catch (Refused e) {
                found(Kind.UNDO_REFUSED, String.valueOf(e.getMessage()));
                return;
            } catch (NeedsFillingIn e) {
                found(Kind.UNDO_PLACEHOLDER, String.valueOf(e.getMessage()));
                return;
            } catch (NotModelled | CannotParse e) {
                found(Kind.UNDO_DOES_NOT_RESTORE, String.valueOf(e.getMessage()));
                return;
            }
            restored = model.normalised().equals(before);
            if (!restored) {
                found(Kind.UNDO_DOES_NOT_RESTORE, JsonDifference.between(before, model.normalised()));
            }
        }

        void notClosed() {
            if (alone == Closure.STILL_SHOWN) {
                found(Kind.STILL_SHOWN, String.join(", ", commands) + ": " + stillSaid);
            } else if (alone == Closure.EVIDENCE_GONE) {
                found(Kind.EVIDENCE_GONE, String.join(", ", commands));
            }
        }

        /** What can be said of a command without running it. */
        private void written(String command) {
            if (command.isEmpty()) {
                return;
            }
            List<String> named = ShellWord.placeholdersIn(step.text());
            try {
                ShellScript script = ShellScript.parse(command);
                for (String placeholder : script.placeholders()) {
                    if (!named.contains(placeholder)) {
                        found(Kind.PLACEHOLDER_NOT_NAMED, "<" + placeholder + "> in " + command);
                    }
                }
                for (ShellCommand each : script.all()) {
                    if (each.isAz()) {
                        READER.read(each, Map.of()).problems().forEach(this::problem);
                    }
                }
            } catch (CannotParse e) {
                found(Kind.CANNOT_PARSE, e.getMessage() + ": " + command);
            }
        }

        private void problem(AzProblem problem) {
            if (!problem.kind().isNeed()) {
                found(Kind.NOT_A_COMMAND, problem.text());
            } else if (!step.text().contains(problem.need().replaceFirst("\\.0$", ""))) {
                found(Kind.NEED_NOT_NAMED, problem.text());
            }
        }
    }

    private static JsonObject gateway(AzureModel model) {
        return model.documents()
                .get(Source.GATEWAY)
                .toOptional()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject)
                .orElse(new JsonObject());
    }

    private static int emptyHosts(JsonObject gateway) {
        return (int) Pattern.compile("\"(?:hostName|host)\":\"\"")
                .matcher(gateway.toString())
                .results()
                .count();
    }
}
