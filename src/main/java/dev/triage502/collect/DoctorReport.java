package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.collect.AccessDoctor.Line;
import dev.triage502.collect.AccessDoctor.Repair;
import dev.triage502.collect.AccessDoctor.State;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How it stands with the sources of a gateway, for people and for programs.
 *
 * @param at when they were read
 */
public record DoctorReport(ResourceId gateway, Instant at, List<Line> lines) {

    private static final int CAUSES_NAMED = 6;

    /** Whether all that is wanted can be read. */
    public boolean isWell() {
        return AccessDoctor.isWell(lines);
    }

    /** A table, and below it what to do, each command once. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("Sources of ")
                .append(gateway.name())
                .append(" (")
                .append(gateway)
                .append(")\n\n");
        for (Line line : lines) {
            text.append(String.format(
                            Locale.ROOT,
                            "  %-14s %-20s %s%n",
                            words(line.state()),
                            line.source().words(),
                            line.state() == State.OFF ? "" : line.why())
                    .replaceAll("\\s+$", "\n"));
            if (line.state() != State.READABLE) {
                indented(text, RefusalSummary.shortly(line.detail()));
            }
            if (!line.untold().isEmpty()) {
                indented(text, "cannot be diagnosed: " + some(line.untold()));
            }
            if (!line.weaker().isEmpty()) {
                indented(text, "less certain: " + some(line.weaker()));
            }
        }
        Set<Repair> repairs = repairs();
        if (!repairs.isEmpty()) {
            text.append("\nWhat to do\n");
            for (Repair repair : repairs) {
                text.append("  - ").append(repair.text()).append('\n');
                if (!repair.command().isEmpty()) {
                    text.append("      ").append(repair.command()).append('\n');
                }
            }
        }
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("gateway", gateway.toString());
        json.addProperty("checkedAt", at.toString());
        json.addProperty("well", isWell());
        JsonArray sources = new JsonArray();
        lines.forEach(line -> sources.add(json(line)));
        json.add("sources", sources);
        return json;
    }

    private static JsonObject json(Line line) {
        JsonObject json = new JsonObject();
        json.addProperty("source", line.source().id());
        json.addProperty("state", words(line.state()));
        json.addProperty("why", line.why());
        json.addProperty("detail", line.detail());
        json.add("cannotTell", array(line.untold()));
        json.add("lessSureOf", array(line.weaker()));
        JsonArray repairs = new JsonArray();
        for (Repair repair : line.repairs()) {
            JsonObject each = new JsonObject();
            each.addProperty("text", repair.text());
            each.addProperty("command", repair.command());
            repairs.add(each);
        }
        json.add("repairs", repairs);
        return json;
    }

    private String verdict() {
        long ill = lines.stream()
                .filter(line -> line.state() == State.NOT_READABLE || line.state() == State.IN_PART)
                .count();
        return ill == 0
                ? "All sources are readable."
                : ill + " of " + lines.size() + " sources are not fully readable.";
    }

    private Set<Repair> repairs() {
        Set<Repair> repairs = new LinkedHashSet<>();
        lines.forEach(line -> repairs.addAll(line.repairs()));
        return repairs;
    }

    private static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void indented(StringBuilder text, String line) {
        text.append(" ".repeat(17)).append(line).append('\n');
    }

    private static String some(List<String> causes) {
        String named = String.join(", ", causes.subList(0, Math.min(CAUSES_NAMED, causes.size())));
        return causes.size() > CAUSES_NAMED ? named + " and " + (causes.size() - CAUSES_NAMED) + " more" : named;
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
