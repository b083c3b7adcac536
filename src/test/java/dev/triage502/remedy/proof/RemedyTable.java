package dev.triage502.remedy.proof;

import dev.triage502.remedy.proof.FixClosure.Closure;
import dev.triage502.remedy.proof.RemedyFinding.Kind;
import dev.triage502.remedy.proof.StepProof.Applied;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The proofs of many cases as tables: what was found, what could be applied, and what closed. */
record RemedyTable(List<StepProof> changes, List<RemedyFinding> findings) {

    long count(Kind kind) {
        return findings.stream().filter(each -> each.kind() == kind).count();
    }

    long count(Applied applied) {
        return changes.stream().filter(each -> each.applied() == applied).count();
    }

    /** The tables in Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder("# What the model finds in the printed remedies\n\n");
        text.append(changes.size()).append(" printed changes, ");
        text.append(findings.size()).append(" findings.\n\n## Findings\n\n| kind | meaning | count |\n|---|---|---|\n");
        for (Kind kind : Kind.values()) {
            row(text, kind, kind.meaning(), count(kind));
        }
        text.append("\n## Changes\n\n| what became of it | meaning | count |\n|---|---|---|\n");
        for (Applied applied : Applied.values()) {
            row(text, applied, applied.meaning(), count(applied));
        }
        text.append("\n"
                + "## Coverage by sort of change\n\n"
                + "| change | printed | applied | of these with a person's value | refused | undo restores |\n"
                + "|---|---|---|---|---|---|\n");
        Map<String, List<StepProof>> bySort =
                changes.stream().collect(Collectors.groupingBy(StepProof::sort, TreeMap::new, Collectors.toList()));
        bySort.entrySet().stream()
                .sorted(Comparator.comparing(each -> -each.getValue().size()))
                .forEach(each -> row(
                        text,
                        each.getKey(),
                        each.getValue().size(),
                        count(each.getValue(), Applied.APPLIED),
                        each.getValue().stream()
                                .filter(one -> one.applied() == Applied.APPLIED
                                        && !one.filled().isEmpty())
                                .count(),
                        count(each.getValue(), Applied.REFUSED),
                        each.getValue().stream().filter(StepProof::restored).count()));
        text.append("\n"
                + "## After the change\n\n"
                + "| cause | changes applied | closed alone | closed with those before | open | still shown |"
                + " evidence gone |\n"
                + "|---|---|---|---|---|---|---|\n");
        Map<String, List<StepProof>> byCause = changes.stream()
                .filter(each -> each.applied() == Applied.APPLIED)
                .collect(Collectors.groupingBy(each -> each.step().cause(), TreeMap::new, Collectors.toList()));
        byCause.forEach((cause, all) -> row(
                text,
                cause,
                all.size(),
                alone(all, Closure.CLOSED),
                all.stream()
                        .filter(each -> each.alone() != Closure.CLOSED && each.together() == Closure.CLOSED)
                        .count(),
                alone(all, Closure.OPEN),
                alone(all, Closure.STILL_SHOWN),
                alone(all, Closure.EVIDENCE_GONE)));
        text.append("\n## Each finding\n\n");
        findings.forEach(
                each -> text.append("- ").append(oneLine(each.toString())).append('\n'));
        text.append("\n## Not applied\n\n");
        changes.stream()
                .filter(each -> each.applied() != Applied.APPLIED && each.applied() != Applied.PROSE)
                .forEach(each -> text.append("- ")
                        .append(oneLine(each.incident() + " " + each.step().cause() + " "
                                + each.step().number() + " " + each.applied() + ": " + each.why()))
                        .append('\n'));
        return text.toString();
    }

    private static String oneLine(String text) {
        String flat = text.replaceAll("\\s+", " ");
        return flat.length() > 400 ? flat.substring(0, 400) + "…" : flat;
    }

    private static long count(List<StepProof> changes, Applied applied) {
        return changes.stream().filter(each -> each.applied() == applied).count();
    }

    private static long alone(List<StepProof> changes, Closure closure) {
        return changes.stream().filter(each -> each.alone() == closure).count();
    }

    private static void row(StringBuilder text, Object... cells) {
        for (Object cell : cells) {
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }
}
