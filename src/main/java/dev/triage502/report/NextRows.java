package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to get next: the first few with their commands, the others by name; a step that gets the same is referred to. */
final class NextRows {

    private static final Pattern CONTINUATION = Pattern.compile("\\s*[\\\\`]\\R\\s*");
    private static final Pattern BEFORE_PROGRAM = Pattern.compile("^\\s*\\$?\\w+\\s?=\\s?\"?\\$?\\(");
    private static final Pattern OPTIONS = Pattern.compile(" -.*", Pattern.DOTALL);

    private final ReportSteps steps;
    private final int whole;
    private final int mostNames;

    /**
     * @param whole how many have their commands, where no step gets the same; what distinguishes most comes first in a document
     */
    NextRows(ReportSteps steps, int whole, int mostNames) {
        this.steps = steps;
        this.whole = whole;
        this.mostNames = mostNames;
    }

    List<Row> of(List<JsonObject> nexts) {
        List<Row> rows = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (JsonObject next : nexts) {
            String text = JsonTree.text(next, "text");
            String command = steps.command(next, "command", "powershell");
            String same = steps.numberOf(each -> gets(each, command));
            if (!same.isEmpty()) {
                known.add(text + ": see step " + same + ".");
            } else if (rows.stream().filter(row -> !row.command().isEmpty()).count() >= whole) {
                others.add(text.replaceFirst("^Get the ", "the "));
            } else {
                String note = decides(JsonTree.texts(next, "decides")) + " " + JsonTree.text(next, "how");
                rows.add(new Row("", text, command.isEmpty() ? "" : ReportSteps.badge(next), note.strip(), command));
                steps.undo(next).ifPresent(rows::add);
            }
        }
        if (!others.isEmpty()) {
            known.add("Also get " + ReportPhrases.listed(others, mostNames) + ReportPhrases.IN_THE_JSON
                    + (others.size() == 1 ? "." : "s."));
        }
        if (!known.isEmpty()) {
            rows.add(Row.of("", String.join(" ", known)));
        }
        return rows;
    }

    private String decides(List<String> ids) {
        return ids.isEmpty() || ids.size() > mostNames ? "" : "Would distinguish: " + ReportPhrases.either(ids) + ".";
    }

    /** Whether one command calls all that the other calls, with whatever options. */
    private static boolean gets(String one, String other) {
        Set<String> called = calls(other);
        return !called.isEmpty() && calls(one).containsAll(called);
    }

    /** {@code az vm list}, {@code curl}. */
    private static Set<String> calls(String command) {
        return CONTINUATION
                .matcher(command)
                .replaceAll(" ")
                .lines()
                .map(line -> BEFORE_PROGRAM.matcher(line).replaceFirst(""))
                .map(line -> OPTIONS.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
    }
}
