package dev.triage502.report;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The one line that a tired person reads first. */
final class Headline {

    /** As much as a lock screen, a ticket's title and a chat's notification show. */
    private static final int LONGEST = 200;

    private Headline() {}

    /** {@code 502 at agw-shop: rule deny-all of nsg-app drops … (confirmed)}; a conclusion goes without the bracket. */
    static String of(Diagnosis diagnosis, CausePage page) {
        NamedCause root = diagnosis.root();
        String gateway = diagnosis.incident().gateway().name();
        String what = sentence(page, root, PlaceholderValues.of(diagnosis, root));
        String sure = root.confidence()
                .map(confidence -> " (" + confidence.id() + ")")
                .orElse("");
        String opening = what.contains(gateway) ? "502: " : "502 at " + gateway + ": ";
        return cut(opening + what, LONGEST - sure.length()) + sure;
    }

    /** What can be said without the page: {@code 502 at agw-shop: nsg-blocks-backend (confirmed)}. */
    static String withoutPage(Diagnosis diagnosis) {
        NamedCause root = diagnosis.root();
        return "502 at " + diagnosis.incident().gateway().name() + ": " + root.id()
                + root.confidence()
                        .map(confidence -> " (" + confidence.id() + ")")
                        .orElse("");
    }

    private static String sentence(CausePage page, NamedCause root, Map<String, String> values) {
        PlaceholderFiller fill = new PlaceholderFiller(values);
        Optional<String> written =
                page.headlines().stream().filter(fill::knowsAll).findFirst();
        String text = written.map(template -> fill.prose(template).text())
                .orElseGet(() -> lowerFirst(page.title())
                        + root.target()
                                .map(target -> ": " + ReportPhrases.target(DocumentWriter.target(target)))
                                .orElse(""));
        return text + others(root);
    }

    /** Others of the same kind, where counting them means something: {@code , and 3 more servers}. */
    private static String others(NamedCause root) {
        if (root.target().isEmpty()) {
            return "";
        }
        Target first = root.target().get();
        long others = root.alsoAt().stream()
                .filter(other -> other.kind() == first.kind() && !other.name().equalsIgnoreCase(first.name()))
                .map(other -> ArmName.of(other.name()))
                .distinct()
                .count();
        String kind = first.kind().id().replace("nsg-", "").replace('-', ' ');
        return others == 0 ? "" : ", and " + others + " more " + kind + (others == 1 ? "" : "s");
    }

    private static String lowerFirst(String title) {
        List<String> keep = List.of("Azure", "NSG", "TLS", "DNS", "HTTP");
        if (title.isEmpty() || keep.stream().anyMatch(title::startsWith)) {
            return title;
        }
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1).stripTrailing() + "…";
    }
}
