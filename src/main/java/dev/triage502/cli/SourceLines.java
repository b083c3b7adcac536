package dev.triage502.cli;

import com.google.gson.JsonElement;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RefusalSummary;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A line for each source of evidence: on a terminal from the moment it is asked, written over when the answer is there;
 * in a pipe once, when it is.
 */
final class SourceLines implements CollectionProgress {

    private static final int NAMES = Arrays.stream(Source.values())
            .mapToInt(source -> source.words().length())
            .max()
            .orElse(0);

    private final Console console;
    private final int width;
    private final Map<Source, String> lines = new LinkedHashMap<>();
    private int drawn;

    SourceLines(Console console) {
        this.console = console;
        this.width = console.variable("COLUMNS")
                .filter(columns -> columns.matches("[1-9]\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(80);
    }

    @Override
    public synchronized void started(Source source) {
        if (console.terminal()) {
            lines.put(source, line(source, "reading…"));
            redraw();
        }
    }

    @Override
    public synchronized void read(Source source, Reading<JsonElement> reading, Duration took) {
        String line = line(source, told(reading, took));
        if (console.terminal()) {
            lines.put(source, line);
            redraw();
        } else {
            console.out().println(line);
            console.out().flush();
        }
    }

    private static String line(Source source, String what) {
        return "  " + source.words() + " ".repeat(NAMES - source.words().length() + 2) + what;
    }

    private static String told(Reading<JsonElement> reading, Duration took) {
        String time = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        if (reading instanceof CouldNotRead<JsonElement> unread) {
            return time + "  " + RefusalSummary.of(unread);
        }
        return time + "  " + reading.toOptional().map(DocumentSummary::at).orElse("none");
    }

    /** Up to the first line, then each line anew; none may be longer than the terminal is wide, or the count is off. */
    private void redraw() {
        PrintWriter out = console.out();
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A");
        }
        for (String line : lines.values()) {
            String fitting = line.length() < width ? line : line.substring(0, width - 2) + "…";
            out.print("\u001b[2K" + fitting + "\n");
        }
        out.flush();
        drawn = lines.size();
    }
}
