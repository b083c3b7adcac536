package dev.triage502.function;

import dev.triage502.azure.AzureCloud;
import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import java.util.Optional;

/** Makes the links of a message about an incident. */
final class MessageLinks {

    private final Optional<String> publicUrl;
    private final AzureCloud cloud;
    private final CausePages causes = CausePages.bundled();

    /** @param publicUrl what the app's addresses begin with; without it there are no links to the app */
    MessageLinks(Optional<String> publicUrl, AzureCloud cloud) {
        this.publicUrl = publicUrl;
        this.cloud = cloud;
    }

    IncidentLinks of(DiagnosisDocument document) {
        return new IncidentLinks(
                publicUrl.map(url -> url + "/api/incidents/" + document.incident()),
                publicUrl
                        .filter(url -> causes.text(document.rootCause()).isPresent())
                        .map(url -> url + "/api/causes/" + document.rootCause()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cloud.portal(document.gateway())));
    }
}
