package dev.triage502.report.html;

import com.google.gson.JsonObject;
import dev.triage502.report.DocumentTree;
import dev.triage502.report.html.PathView.Hop;
import java.util.List;
import java.util.Optional;

/** The path of the document, for the page. */
final class PathViewWriter {

    private PathViewWriter() {}

    /** Where it breaks, in one sentence. */
    private static String sentence(List<Hop> hops) {
        return hops.stream()
                .filter(hop -> hop.state().equals("broken") || hop.state().equals("slow"))
                .findFirst()
                .map(hop -> hop.kind() + " " + hop.name() + ": " + hop.word() + ".")
                .orElse("");
    }

    /** Empty where the document has no path. */
    static Optional<PathView> of(JsonObject json) {
        JsonObject path = DocumentTree.object(json, "path");
        List<Hop> hops = DocumentTree.objects(path, "hops").stream()
                .map(hop -> new Hop(
                        DocumentTree.text(hop, "kind"),
                        DocumentTree.text(hop, "name"),
                        DocumentTree.text(hop, "detail"),
                        DocumentTree.text(hop, "state"),
                        DocumentTree.text(hop, "word")))
                .toList();
        return hops.isEmpty() ? Optional.empty() : Optional.of(new PathView(sentence(hops), hops));
    }
}
