package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.file.BoundedFile;
import dev.triage502.collect.file.FileDocument;
import dev.triage502.collect.file.FileDocument.NoDocument;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.evidence.arm.form.DocumentForms;
import dev.triage502.evidence.arm.form.ErrorAnswer;
import dev.triage502.evidence.arm.form.Recognition;
import dev.triage502.evidence.arm.form.Recognition.Failed;
import dev.triage502.evidence.arm.form.Recognition.Refused;
import dev.triage502.evidence.arm.form.Recognition.Taken;
import dev.triage502.evidence.arm.form.TakenPart;
import dev.triage502.evidence.arm.form.TakenParts;
import dev.triage502.evidence.arm.form.UnusableText;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What do files that a person gathered make together, whatever their names and forms? Each is recognised by what it
 * holds; they are one incident of one gateway.
 */
public final class GatheredFiles {

    /** A folder with more files than that is not one that somebody gathered for an incident. */
    private static final int MOST_FILES = 500;

    private final List<FileVerdict> verdicts = new ArrayList<>();
    private final List<TakenPart> parts = new ArrayList<>();
    private final Map<Source, Reading<JsonElement>> unread = new EnumMap<>(Source.class);
    private final Wanted wanted;
    private Optional<CaseFrame> frame = Optional.empty();
    private Instant newest = Instant.EPOCH;

    private GatheredFiles(Wanted wanted) {
        this.wanted = wanted;
    }

    /**
     * What a person says of the incident.
     *
     * @param gateway the name or id of the gateway; needed where the files describe several
     * @param until   when it ended; else the files tell
     * @param since   how far to look back from there
     */
    public record Wanted(Optional<String> gateway, Optional<Instant> until, Optional<Duration> since) {

        /** Nothing said: the files tell. */
        public static Wanted nothing() {
            return new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** What {@code case.json} says, where there is one. */
    private record CaseFrame(Optional<Instant> alertedAt, Optional<Instant> from, Optional<ResourceId> gateway) {}

    /**
     * What came of the files.
     *
     * @param recorded the incident; empty if no file was of use
     * @param files    a line for each file, in the order in which they were given
     */
    public record Gathered(Optional<RecordedCase> recorded, List<FileVerdict> files) {}

    /**
     * Reads files, and the files in folders.
     *
     * @throws UnreadableCase if the files are of several gateways, and none of them is asked for
     */
    public static Gathered read(List<Path> given, Wanted wanted) {
        GatheredFiles files = new GatheredFiles(wanted);
        given.forEach(files::add);
        Optional<RecordedCase> recorded =
                files.parts.isEmpty() && files.unread.isEmpty() ? Optional.empty() : Optional.of(files.recorded(given));
        return new Gathered(recorded, List.copyOf(files.verdicts));
    }

    private void add(Path given) {
        if (!Files.isDirectory(given)) {
            add(given, () -> BoundedFile.read(given));
            return;
        }
        try (Stream<Path> inside = Files.list(given)) {
            List<Path> files = inside.filter(file -> !Files.isDirectory(file))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
            files.forEach(file -> add(file, () -> BoundedFile.readWithin(given, file)));
        } catch (IOException e) {
            verdicts.add(FileVerdict.refused(given, FileFault.words(e), ""));
        }
    }

    /** The bytes of one file. */
    private interface Bytes {
        byte[] read() throws IOException;
    }

    private void add(Path file, Bytes bytes) {
        try {
            byte[] content = bytes.read();
            add(file, content, Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            verdicts.add(FileVerdict.refused(file, FileFault.words(e), ""));
        }
    }

    private void add(Path file, byte[] content, Instant written) {
        try {
            JsonElement document = FileDocument.parse(content);
            if (isCaseFile(document)) {
                addFrame(file, document);
            } else {
                add(file, DocumentForms.recognize(document, String.valueOf(file.getFileName())), written);
            }
        } catch (NoDocument e) {
            add(
                    file,
                    ErrorAnswer.printed(e.text())
                            .<Recognition>map(Failed::new)
                            .orElseGet(() -> UnusableText.explained(e.text(), String.valueOf(e.getMessage()))),
                    written);
        }
    }

    private void add(Path file, Recognition recognition, Instant written) {
        if (recognition instanceof Taken taken) {
            parts.addAll(taken.document().parts());
            newest = written.isAfter(newest) ? written : newest;
            verdicts.add(FileVerdict.taken(
                    file, taken.document().as(), taken.document().notes()));
        } else if (recognition instanceof Failed failed) {
            newest = written.isAfter(newest) ? written : newest;
            addError(file, failed.error());
        } else if (recognition instanceof Refused refused) {
            verdicts.add(FileVerdict.refused(file, refused.reason(), refused.command()));
        }
    }

    /** An error that Azure returned is an answer too: it says why its source could not be read. */
    private void addError(Path file, ErrorAnswer error) {
        Optional<Source> source = error.source(String.valueOf(file.getFileName()));
        source.ifPresent(each -> unread.putIfAbsent(each, error.reading(each)));
        verdicts.add(source.map(each ->
                        FileVerdict.taken(file, each.words() + " could not be read: " + error.words(), List.of()))
                .orElseGet(() -> FileVerdict.refused(
                        file, error.unassigned().reason(), error.unassigned().command())));
    }

    /** What was read counts more than an error of another try. */
    private SourceDocuments withErrors(SourceDocuments read) {
        SourceDocuments all = read;
        for (Map.Entry<Source, Reading<JsonElement>> each : unread.entrySet()) {
            all = all.get(each.getKey()).isPresent() ? all : all.with(each.getKey(), each.getValue());
        }
        return all;
    }

    private static boolean isCaseFile(JsonElement document) {
        return document instanceof JsonObject object && CaseFile.isOne(object);
    }

    private void addFrame(Path file, JsonElement document) {
        JsonObject json = document.getAsJsonObject();
        frame = Optional.of(
                new CaseFrame(CaseFile.time(json, "alertedAt"), CaseFile.time(json, "from"), CaseFile.gateway(json)));
        verdicts.add(FileVerdict.taken(file, "case description", List.of()));
    }

    private RecordedCase recorded(List<Path> given) {
        TakenParts taken = new TakenParts(parts);
        ResourceId gateway = gateway(taken);
        SourceDocuments documents = withErrors(taken.documents(gateway));
        Instant end = wanted.until()
                .or(() -> frame.flatMap(CaseFrame::alertedAt))
                .or(() -> ObservedTimes.endIn(gateway, documents))
                .orElse(newest)
                .truncatedTo(ChronoUnit.SECONDS);
        Instant from = wanted.since()
                .map(end::minus)
                .or(() -> frame.flatMap(CaseFrame::from))
                .filter(begin -> IncidentWindow.hasLength(begin, end))
                .orElse(end.minus(Incident.LOOK_BACK));
        String name = String.valueOf(given.get(0).toAbsolutePath().normalize().getFileName());
        return new RecordedCase(
                given.size() == 1 ? name : gateway.name(),
                "",
                gateway,
                end,
                Optional.empty(),
                documents,
                Optional.of(new RecordedCase.Window(from, end)));
    }

    private ResourceId gateway(TakenParts taken) {
        Set<ResourceId> gateways = taken.gateways();
        List<ResourceId> meant = gateways.stream()
                .filter(id -> wanted.gateway().map(name -> isMeant(name, id)).orElse(true))
                .sorted(Comparator.comparing(ResourceId::key))
                .toList();
        if (meant.isEmpty() && wanted.gateway().isPresent()) {
            return ResourceId.gatewayIn(wanted.gateway().get())
                    .orElseThrow(() -> new UnreadableCase("no file describes a gateway named "
                            + wanted.gateway().get()
                            + (gateways.isEmpty() ? "" : "; the files have " + names(gateways))));
        }
        if (meant.size() > 1) {
            return frame.flatMap(CaseFrame::gateway)
                    .filter(meant::contains)
                    .orElseThrow(() -> new UnreadableCase("the files are of " + meant.size() + " gateways ("
                            + names(gateways) + "); choose one with --gateway NAME"));
        }
        return meant.isEmpty() ? frame.flatMap(CaseFrame::gateway).orElse(GatewayName.UNKNOWN) : meant.get(0);
    }

    private static boolean isMeant(String text, ResourceId id) {
        return id.name().equalsIgnoreCase(text) || id.equals(ResourceId.of(text));
    }

    private static String names(Set<ResourceId> gateways) {
        return gateways.stream().map(ResourceId::name).sorted().collect(Collectors.joining(", "));
    }
}
