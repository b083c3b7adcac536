package dev.triage502.collect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.triage502.collect.file.BoundedFile;
import dev.triage502.collect.file.FileDocument;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A case as files: {@code case.json} and, for each source that was asked, one JSON document under the source's
 * {@link Source#fileName()}.
 *
 * <p>A file that is not there is a source that nobody asked. A file that is no JSON is a source that could not be
 * read, and the rest of the case stands. {@code case.json} alone must be there and be right.
 */
public final class CaseFolder {

    private static final String SHIPPED = "/demo/";
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private CaseFolder() {}

    /** The bytes of one file of a case, or nothing when the case has no such file. */
    @FunctionalInterface
    private interface Shelf {
        Optional<byte[]> file(String name) throws IOException;
    }

    /** The case in a folder. */
    public static RecordedCase read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableCase(folder + (Files.exists(folder) ? " is a file" : " does not exist")
                    + "; give a folder that contains a case.json");
        }
        return read(folder.toString(), folder.toAbsolutePath().normalize(), name -> {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Optional.of(BoundedFile.readWithin(folder, file)) : Optional.empty();
        });
    }

    /** A case that ships with the program, by its name; {@link #shipped()} tells which there are. */
    public static RecordedCase readShipped(String name) {
        if (!shipped().contains(name)) {
            throw new UnreadableCase(name + " is not a bundled case; use " + String.join(", ", shipped()));
        }
        return read(SHIPPED.substring(1) + name, Path.of(name), file -> resource(SHIPPED + name + "/" + file));
    }

    /** The names of the cases that ship with the program, the most telling first: the lines of {@code demo/cases.txt}. */
    public static List<String> shipped() {
        try {
            return resource(SHIPPED + "cases.txt")
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UnreadableCase(SHIPPED + "cases.txt: " + FileFault.words(e));
        }
    }

    /** The case that files of these names and texts make, as {@link #files} gave them. */
    public static RecordedCase of(String name, Map<String, String> files) {
        return read(
                name,
                Path.of("case"),
                file -> Optional.ofNullable(files.get(file)).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a case into a folder, which is made if it is not there; files of the same names are replaced. */
    public static void write(Path folder, RecordedCase recorded) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files(recorded).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** The files of a case, the text of each by its name, {@code case.json} first; a source never asked has none. */
    public static Map<String, String> files(RecordedCase recorded) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(CaseFile.FILE, PRETTY.toJson(CaseFile.write(recorded)) + "\n");
        for (Source source : Source.values()) {
            JsonElement document = document(recorded.documents().get(source));
            if (document != null) {
                files.put(source.fileName(), PRETTY.toJson(document) + "\n");
            }
        }
        return files;
    }

    /** Every name that a file of a case can have. */
    public static List<String> fileNames() {
        return Stream.concat(
                        Stream.of(CaseFile.FILE), Stream.of(Source.values()).map(Source::fileName))
                .toList();
    }

    private static RecordedCase read(String where, Path name, Shelf shelf) {
        try {
            byte[] caseJson = shelf.file(CaseFile.FILE)
                    .orElseThrow(
                            () -> new UnreadableCase(where + " has no case.json; a case is a folder with a case.json"
                                    + " ({\"id\":\"…\",\"alertedAt\":\"2026-01-31T09:10:00Z\"}) and one file per"
                                    + " source"));
            SourceDocuments documents = documents(shelf);
            String folder = String.valueOf(name.getFileName());
            return CaseFile.read(where + "/" + CaseFile.FILE, folder, caseJson, documents);
        } catch (IOException e) {
            throw new UnreadableCase("cannot read " + where + "/" + CaseFile.FILE + ": " + FileFault.words(e));
        }
    }

    private static SourceDocuments documents(Shelf shelf) {
        SourceDocuments documents = SourceDocuments.none();
        for (Source source : Source.values()) {
            try {
                Optional<byte[]> bytes = shelf.file(source.fileName());
                if (bytes.isPresent()) {
                    documents = documents.with(source, reading(source, FileDocument.parse(bytes.get())));
                }
            } catch (FileDocument.NoDocument e) {
                documents = documents.with(source, broken(source, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                documents = documents.with(source, broken(source, "cannot be read: " + FileFault.words(e)));
            }
        }
        return documents;
    }

    private static Reading<JsonElement> broken(Source source, String seen) {
        return Reading.couldNotRead(source, Why.MALFORMED, source.fileName() + ": " + seen);
    }

    private static Reading<JsonElement> reading(Source source, JsonElement document) {
        return document instanceof JsonNull ? Reading.absent() : SourceDocuments.asReading(source, document);
    }

    /** What stands for a reading in a file; null when that is no file. {@link SourceDocuments#asReading} reads it back. */
    private static @Nullable JsonElement document(Reading<JsonElement> reading) {
        if (reading instanceof Present<JsonElement> present) {
            return present.value();
        }
        if (reading instanceof CouldNotRead<JsonElement> unread) {
            return unread.why() == Why.NOT_COLLECTED ? null : ErrorDocument.of(unread.why(), unread.detail());
        }
        return JsonNull.INSTANCE;
    }

    private static Optional<byte[]> resource(String path) throws IOException {
        try (InputStream in = CaseFolder.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }
}
