package dev.triage502.evaluate;

import java.util.List;

/**
 * A table of an evaluation.
 *
 * @param title  its heading
 * @param header the columns' names; columns after the first hold numbers unless {@code words}
 * @param rows   as many cells each as the header
 * @param words  whether all columns hold words
 */
record ScoreTable(String title, List<String> header, List<List<String>> rows, boolean words) {

    String text() {
        StringBuilder out = new StringBuilder(title).append('\n');
        if (rows.isEmpty()) {
            return out.append("  none\n").toString();
        }
        line(out, header);
        rows.forEach(row -> line(out, row));
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder("## ").append(title).append("\n\n");
        if (rows.isEmpty()) {
            return out.append("None.\n").toString();
        }
        out.append("| ").append(String.join(" | ", header)).append(" |\n|");
        for (int column = 0; column < header.size(); column++) {
            out.append(words || column == 0 ? "---|" : "--:|");
        }
        out.append('\n');
        rows.forEach(row -> out.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return out.toString();
    }

    private void line(StringBuilder out, List<String> cells) {
        StringBuilder line = new StringBuilder("  ");
        for (int column = 0; column < cells.size(); column++) {
            String blanks = " ".repeat(width(column) - cells.get(column).length());
            boolean left = words || column == 0;
            line.append(left ? cells.get(column) + blanks : blanks + cells.get(column))
                    .append("  ");
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int widest = header.get(column).length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }
}
