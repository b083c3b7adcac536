package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.collect.CaseFolder;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.FixScript;
import dev.triage502.report.FixScript.NoSuchFix;
import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.html.EvidenceExcerpts;
import dev.triage502.report.shell.Shell;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of an incident that people download. */
final class IncidentFiles {

    static final String DOCUMENT = "diagnosis.json";
    static final String MARKDOWN = "report.md";
    static final String EVIDENCE = "evidence.zip";
    static final String BASH = "fix.sh";
    static final String POWERSHELL = "fix.ps1";

    private final Supplier<Store> store;

    IncidentFiles(Supplier<Store> store) {
        this.store = store;
    }

    /**
     * A file to download.
     *
     * @param name what it is called on the disk of whoever downloads it
     * @param body a text or bytes
     */
    record Download(String name, String type, Object body) {}

    /** The names of the files that there can be of a diagnosis; whether its evidence was kept is seen when it is asked for. */
    static List<String> of(DiagnosisDocument document) {
        List<String> names = new ArrayList<>(List.of(DOCUMENT, MARKDOWN, EVIDENCE));
        if (script(document, Shell.BASH).isPresent()) {
            names.add(BASH);
        }
        if (script(document, Shell.POWERSHELL).isPresent()) {
            names.add(POWERSHELL);
        }
        return names;
    }

    /** @throws HttpProblem 404 if there is no such file */
    Download file(String id, Report report, String name) {
        DiagnosisDocument document = report.document();
        return switch (name) {
            case DOCUMENT -> new Download(id + ".json", "application/json; charset=utf-8", document.toString());
            case MARKDOWN -> new Download(id + ".md", "text/markdown; charset=utf-8", MarkdownReport.render(report));
            case EVIDENCE -> evidence(id, revision(id));
            case BASH -> script(id + "-fix.sh", document, Shell.BASH);
            case POWERSHELL -> script(id + "-fix.ps1", document, Shell.POWERSHELL);
            default -> throw new HttpProblem(HttpStatus.NOT_FOUND, "No such file", "there is no such file here");
        };
    }

    /** The evidence of one investigation, as a folder that {@code replay} reads; with the true cause, where somebody said it. */
    Download evidence(String id, int revision) {
        Map<String, String> files = store.get().cases().read(id, revision, CaseFolder.fileNames());
        if (files.isEmpty()) {
            throw new HttpProblem(
                    HttpStatus.NOT_FOUND,
                    "No such evidence",
                    "no evidence of investigation " + revision + " is kept: " + AppSetting.KEEP_EVIDENCE.key()
                            + " may be off, or it is older than evidence is kept");
        }
        return new Download(id + "-" + revision + ".zip", "application/zip", zip(id, labelled(id, revision, files)));
    }

    /** What the evidence has of the facts behind a diagnosis; nothing where none was kept, or it cannot be read now. */
    EvidenceExcerpts excerpts(DiagnosisDocument document) {
        try {
            String id = document.incident();
            return EvidenceExcerpts.of(document, store.get().cases().read(id, revision(id), CaseFolder.fileNames()));
        } catch (RuntimeException unreadable) {
            return EvidenceExcerpts.none();
        }
    }

    /** The investigation whose evidence counts: the one that found the cause. */
    private int revision(String id) {
        return store.get()
                .incidents()
                .find(id)
                .map(IncidentFiles::revision)
                .or(() -> store.get().reports().state(id).map(state -> state.kept()))
                .orElse(1);
    }

    static int revision(JsonObject incident) {
        return incident.has("cause")
                ? incident.getAsJsonObject("cause").get("revision").getAsInt()
                : incident.get("revision").getAsInt();
    }

    private Map<String, String> labelled(String id, int revision, Map<String, String> files) {
        return store.get().feedback().all().stream()
                .filter(each -> each.incident().equals(id) && each.revision() == revision && each.hasKnownCause())
                .findFirst()
                .map(each -> FeedbackStore.labelled(files, each))
                .orElse(files);
    }

    private static Download script(String name, DiagnosisDocument document, Shell shell) {
        return script(document, shell)
                .map(text -> new Download(name, "text/plain; charset=utf-8", text))
                .orElseThrow(() -> new HttpProblem(
                        HttpStatus.NOT_FOUND, "No fix script", "this diagnosis has no fix that can be a script"));
    }

    private static Optional<String> script(DiagnosisDocument document, Shell shell) {
        try {
            return Optional.of(FixScript.of(document, Optional.empty(), shell));
        } catch (NoSuchFix none) {
            return Optional.empty();
        }
    }

    private static byte[] zip(String id, Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(id + "/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
