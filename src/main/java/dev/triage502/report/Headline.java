package dev.triage502.report;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.Named;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
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
        Named root = diagnosis.root();
        String gateway = diagnosis.incident().gateway().name();
        String what = sentence(page, root, Values.of(diagnosis, root));
        String sure = root.confidence()
                .map(confidence -> " (" + confidence.id() + ")")
                .orElse("");
        String opening = what.contains(gateway) ? "502: " : "502 at " + gateway + ": ";
        return cut(opening + what, LONGEST - sure.length()) + sure;
    }

    private static String sentence(CausePage page, Named root, Map<String, String> values) {
        Fill fill = new Fill(values);
        Optional<String> written =
                page.headlines().stream().filter(fill::knowsAll).findFirst();
        String text = written.map(template -> fill.prose(template).text())
                .orElseGet(() -> lowerFirst(page.title())
                        + root.target().map(Headline::where).orElse(""));
        int others = root.alsoAt().size();
        return others == 0 ? text : text + ", and " + others + " more like it";
    }

    private static String where(Target target) {
        return ": " + phrase(target);
    }

    /** A target as one says it: {@code rule deny-all of nsg-app}, {@code 10.0.2.4 in pool orders}. */
    static String phrase(Target target) {
        String name = target.name();
        switch (target.kind()) {
            case GATEWAY:
                return "gateway " + name;
            case LISTENER:
                return "listener " + name;
            case ROUTING_RULE:
                return "routing rule " + name;
            case POOL:
                return "pool " + name;
            case SETTING:
                return "setting " + name;
            case PROBE:
                return "probe " + name;
            case SERVER:
                return name
                        + target.at(Place.POOL).map(pool -> " in pool " + pool).orElse("");
            case NSG_RULE:
                return "rule " + name
                        + target.at(Place.NSG).map(nsg -> " of " + nsg).orElse("");
            case ROUTE:
                return "route " + name
                        + target.at(Place.ROUTE_TABLE)
                                .map(table -> " of " + table)
                                .orElse("");
            default:
                return "subnet " + name;
        }
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
