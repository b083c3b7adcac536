package dev.triage502.collect.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.azure.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON that a file holds: a document, with or without the lines that a tool printed before it; a record per line,
 * as a storage account keeps logs; or a table with commas, as the portal exports one.
 */
public final class FileDocument {

    /** az and PowerShell print warnings where the document goes when both outputs are redirected to one file. */
    private static final Pattern DOCUMENT_BEGINS = Pattern.compile("(?m)^\\s*[\\[{]");

    private static final int MOST_LINES_BEFORE = 20;
    private static final int MOST_RECORDS = 2_000_000;

    private FileDocument() {}

    /** Why a file holds no JSON, and the text that it holds instead. */
    public static final class NoDocument extends Exception {
        private static final long serialVersionUID = 1;

        private final String text;

        NoDocument(String message, String text) {
            super(message);
            this.text = text;
        }

        /** The whole text of the file. */
        public String text() {
            return text;
        }
    }

    /** The document; records and rows of a table are an array of objects. */
    public static JsonElement parse(byte[] bytes) throws NoDocument {
        String text = FileText.of(bytes);
        try {
            return PowerShellDates.replaced(StrictJson.parse(text));
        } catch (StrictJson.Malformed whole) {
            return records(text)
                    .or(() -> afterWarnings(text))
                    .or(() -> CsvTable.rows(text))
                    .map(PowerShellDates::replaced)
                    .orElseThrow(() -> new NoDocument(String.valueOf(whole.getMessage()), text));
        }
    }

    /** Only words may stand before a document: what begins as JSON and does not end is cut off. */
    private static Optional<JsonElement> afterWarnings(String text) {
        Matcher begins = DOCUMENT_BEGINS.matcher(text);
        boolean words = begins.find() && !text.substring(0, begins.start()).isBlank();
        return words && text.substring(0, begins.start()).lines().count() <= MOST_LINES_BEFORE
                ? whole(text.substring(begins.start()))
                : Optional.empty();
    }

    /** Every line a record; one that is cut off, the last of a log that is still being written, is left out. */
    private static Optional<JsonElement> records(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.size() < 2 || lines.size() > MOST_RECORDS || !lines.get(0).startsWith("{")) {
            return Optional.empty();
        }
        List<JsonElement> records = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Optional<JsonElement> record = whole(lines.get(i));
            if (record.isEmpty() && i < lines.size() - 1) {
                return Optional.empty();
            }
            record.ifPresent(records::add);
        }
        JsonArray array = new JsonArray();
        records.forEach(array::add);
        return Optional.of(array);
    }

    private static Optional<JsonElement> whole(String text) {
        try {
            return Optional.of(StrictJson.parse(text));
        } catch (StrictJson.Malformed e) {
            return Optional.empty();
        }
    }
}
