package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
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
