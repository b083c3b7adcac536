package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.List;

/** What is a document, whatever its name? Asks one form after the other. */
public final class DocumentForms {

    /** The more particular before the more general: everything with an id may be a resource. */
    private static final List<DocumentForm> IN_ORDER = List.of(
            new CaseDocumentForm(),
            new TemplateForm(),
            new TerraformForm(),
            new BackendHealthForm(),
            new MetricsForm(),
            new ResourceHealthForm(),
            new DiagnosticSettingsForm(),
            new LogRecordsForm(),
            new ResourcesForm());

    private DocumentForms() {}

    /** Lists of which it tells something that they are empty: nothing was changed, nothing is logged. */
    private static final List<Source> MAY_BE_EMPTY = List.of(Source.ACTIVITY_LOG, Source.DIAGNOSTIC_SETTINGS);

    /** The same as {@link #recognize(JsonElement)}; of an empty list, the name of its file says what it lists. */
    public static Recognition recognize(JsonElement document, String fileName) {
        return isEmptyList(document)
                ? MAY_BE_EMPTY.stream()
                        .filter(source -> source.fileName().equalsIgnoreCase(fileName))
                        .findFirst()
                        .<Recognition>map(source -> new Recognition.Taken(
                                new TakenDocument(source.words() + ", empty", TakenPart.whole(source, emptyList()))))
                        .orElseGet(() -> recognize(document))
                : recognize(document);
    }

    private static boolean isEmptyList(JsonElement document) {
        return emptyList().equals(document) || new JsonArray().equals(document);
    }

    /** As Azure answers it. */
    private static JsonObject emptyList() {
        JsonObject list = new JsonObject();
        list.add(TakenPart.LIST, new JsonArray());
        return list;
    }

    /** What a document was taken for, or why it is of no use and what makes one that is. */
    public static Recognition recognize(JsonElement document) {
        return IN_ORDER.stream()
                .flatMap(form -> form.take(document).stream())
                .findFirst()
                .<Recognition>map(Recognition.Taken::new)
                .or(() -> ErrorAnswer.in(document).map(Recognition.Failed::new))
                .orElseGet(() -> UnusableDocument.explained(document));
    }
}
