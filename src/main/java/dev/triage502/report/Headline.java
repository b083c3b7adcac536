package dev.triage502.report;

import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one line that a tired person reads first: the part at fault, then the gateway if the sentence does not name it. */
final class Headline {

    /** As much as a lock screen, a ticket's title and a chat's notification show. */
    private static final int LONGEST = 200;

    private static final String BROKEN = "502 at ";

    private Headline() {}

    /**
     * {@code NSG rule deny-all (nsg-app) blocks agw-shop …}, {@code Nothing listens on 10.0.2.4:8080 (502 at agw-shop, likely)},
     * {@code agw-shop: recovered …}. What is confirmed is said without a word on it.
     */
    static String of(Diagnosis diagnosis, CausePage page) {
        NamedCause root = diagnosis.root();
        String gateway = diagnosis.incident().gateway().name();
        String what = sentence(page, root, values(diagnosis, root));
        if (root.isConclusion()) {
            boolean broken = root.id().equals(Conclusion.INSUFFICIENT_EVIDENCE.id());
            return cut((broken ? BROKEN : "") + gateway + ": " + what, LONGEST);
        }
        String tail = tail(!what.contains(gateway), gateway, root);
        return cut(what, LONGEST - tail.length()) + tail;
    }

    /** What can be said without the page: {@code nsg-blocks-backend (502 at agw-shop)}. */
    static String withoutPage(Diagnosis diagnosis) {
        NamedCause root = diagnosis.root();
        return root.id() + tail(true, diagnosis.incident().gateway().name(), root);
    }

    /** The sentence of a headline without where and how sure, which a report says beside it; also of documents of before. */
    static String title(String headline, String gateway, String confidence) {
        String name = Pattern.quote(gateway);
        String sure = confidence.isEmpty() ? "" : "(?:, )?(?:" + Pattern.quote(confidence) + ")?";
        String sentence = headline.replaceFirst(" \\((?:502 at " + name + ")?" + sure + "\\)$", "");
        String bare = sentence.replaceFirst("^(?:502(?: at " + name + ")?|" + name + "): ", "")
                .replaceFirst("^(?:cause not found|recovered)(?:,| —|:) ", "");
        return bare.equals(sentence) || bare.startsWith(gateway) ? bare : ReportPhrases.upperFirst(bare);
    }

    private static String tail(boolean where, String gateway, NamedCause root) {
        List<String> parts = new ArrayList<>();
        if (where) {
            parts.add(BROKEN + gateway);
        }
        root.confidence()
                .filter(confidence -> confidence != Confidence.CONFIRMED)
                .ifPresent(confidence -> parts.add(confidence.id()));
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    /** Moments are said shortly: the time alone on the day of the incident. */
    private static Map<String, String> values(Diagnosis diagnosis, NamedCause root) {
        Map<String, String> values = PlaceholderValues.of(diagnosis, root);
        String end = diagnosis.incident().to().toString();
        values.replaceAll((name, value) -> name.startsWith("not-")
                ? ReportPhrases.day(value)
                : ReportPhrases.isMoment(value) ? ReportPhrases.time(value, end) : value);
        return values;
    }

    private static String sentence(CausePage page, NamedCause root, Map<String, String> values) {
        PlaceholderFiller fill = new PlaceholderFiller(values);
        Optional<String> written =
                page.headlines().stream().filter(fill::knowsAll).findFirst();
        String text = written.map(
                        template -> begun(template, fill.prose(template).text(), root))
                .orElseGet(() -> page.title()
                        + root.target()
                                .map(target -> ": " + ReportPhrases.target(DocumentWriter.target(target)))
                                .orElse(""));
        String once = text.replaceAll(" UTC (and|to) (\\d\\d:\\d\\d UTC)", " $1 $2");
        return ReportPhrases.plainNames(once) + others(root);
    }

    /** With a capital, unless it begins with a name or follows one. */
    private static String begun(String template, String text, NamedCause root) {
        return root.isConclusion() || template.startsWith("{") ? text : ReportPhrases.upperFirst(text);
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
        String kind = first.kind().id().replace("nsg-", "").replace('-', ' ').toLowerCase(Locale.ROOT);
        return others == 0 ? "" : ", and " + others + " more " + kind + (others == 1 ? "" : "s");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1).stripTrailing() + "…";
    }
}
