package dev.triage502.report.html;

import dev.triage502.report.DiagnosisDocument;
import java.util.Map;

/**
 * A diagnosis as one HTML file: it asks nobody for anything, opens from disk, and works without script. What stands in it
 * comes from the document alone, so that a page can be made again from a stored one.
 */
public final class IncidentPage {

    private IncidentPage() {}

    /** The page as a file, which leads nowhere but to the portal. */
    public static String of(DiagnosisDocument document) {
        return of(document, EvidenceExcerpts.none());
    }

    /** The same, with what the evidence has of the facts. */
    public static String of(DiagnosisDocument document, EvidenceExcerpts excerpts) {
        return of(document, PageLinks.none(), excerpts).html();
    }

    /** The page as it is served, with what else can be had of the incident there. */
    public static HtmlPage of(DiagnosisDocument document, PageLinks links, EvidenceExcerpts excerpts) {
        return PageTemplates.page("incident.jte", Map.of("page", new PageViewWriter(document, links, excerpts).view()));
    }
}
