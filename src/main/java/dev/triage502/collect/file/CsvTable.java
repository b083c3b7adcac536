package dev.triage502.collect.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table as the portal exports one: a line of column names, then a line per row; quotation marks as RFC 4180 has them. */
final class CsvTable {

    /** The portal writes the time zone beside a column's name: {@code TimeGenerated [UTC]}. */
    private static final Pattern ZONE = Pattern.compile("\\s*\\[(UTC|.*)]$");

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_ .]*");

    /** {@code 3/2/2026, 8:30:00.123 AM}, as the portal writes times. */
    private static final Pattern PORTAL_TIME = Pattern.compile(
            "(\\d{1,2})/(\\d{1,2})/(\\d{4}),? (\\d{1,2}):(\\d{2}):(\\d{2})(\\.\\d{1,9})?\\s?([AP]M)?",
            Pattern.CASE_INSENSITIVE);

    private CsvTable() {}

    /** The rows as objects, by the names of the columns; nothing where the text is no table. */
    static Optional<JsonElement> rows(String text) {
        String head = text.stripLeading().lines().findFirst().orElse("");
        char comma = head.indexOf(',') < 0 && head.indexOf(';') >= 0 ? ';' : ',';
        List<List<String>> lines = cells(text.stripLeading(), comma);
        List<String> columns = lines.isEmpty()
                ? List.of()
                : lines.get(0).stream().map(CsvTable::column).toList();
        if (columns.size() < 2
                || !columns.stream().allMatch(each -> COLUMN.matcher(each).matches())) {
            return Optional.empty();
        }
        JsonArray rows = new JsonArray();
        for (List<String> line : lines.subList(1, lines.size())) {
            if (line.size() == columns.size()) {
                rows.add(row(columns, line));
            } else if (line.size() > 1) {
                return Optional.empty();
            }
        }
        return Optional.of(rows);
    }

    private static String column(String cell) {
        return ZONE.matcher(cell.strip()).replaceAll("");
    }

    private static JsonObject row(List<String> columns, List<String> cells) {
        JsonObject row = new JsonObject();
        for (int i = 0; i < columns.size(); i++) {
            row.addProperty(columns.get(i), time(cells.get(i)));
        }
        return row;
    }

    /** Month before day, as the portal exports them whatever its language. */
    private static String time(String cell) {
        var found = PORTAL_TIME.matcher(cell.strip());
        if (!found.matches()) {
            return cell;
        }
        int hour = Integer.parseInt(found.group(4));
        String half = found.group(8);
        if (half != null) {
            hour = hour % 12 + (half.toUpperCase(Locale.ROOT).equals("PM") ? 12 : 0);
        }
        String fraction = found.group(7) == null ? "" : found.group(7);
        return String.format(
                        Locale.ROOT,
                        "%s-%02d-%02dT%02d:%s:%s",
                        found.group(3),
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        hour,
                        found.group(5),
                        found.group(6))
                + fraction + "Z";
    }

    private static List<List<String>> cells(String text, char comma) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(text.charAt(i++));
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == comma || c == '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (cell.length() > 0 || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }
}
