package dev.triage502.report;

import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one line that a tired person reads first: the part at fault, then the gateway if the sentence does not name it. */
final class Headline {

    /** What a lock screen shows whole. A page's shorter ways to say it are tried until one fits. */
    static final int FITS = 90;

    /** As much as a ticket's title and a chat's notification show. */
    private static final int LONGEST = 200;

    private static final String BROKEN = "502 at ";

    /** A word that depends on how many are meant: <code>{drops|drop}</code>. */
    private static final Pattern ONE_OR_MANY = Pattern.compile("\\{([^{}|]*)\\|([^{}|]*)}");

    private static final Pattern ONE_OF_MANY = Pattern.compile("(?<![\\d.,:-])1 (instance|server)s\\b");

    /** A name with a dot or a number in it is not written with a capital. */
    private static final Pattern WORD_FIRST = Pattern.compile("\\p{L}+(?![\\w.-])");

    /** Which placeholder holds the name of a target, by its kind. */
    private static final Map<Target.Kind, String> NAMED_BY = Map.of(
            Target.Kind.SERVER, "server",
            Target.Kind.POOL, "pool",
            Target.Kind.SETTING, "setting",
            Target.Kind.PROBE, "probe",
            Target.Kind.NSG_RULE, "rule",
            Target.Kind.ADMIN_RULE, "admin-rule",
            Target.Kind.ROUTE, "route");

    private Headline() {}

    /**
     * {@code NSG rule deny-all (nsg-app) blocks agw-shop …}, {@code Nothing listens on 10.0.2.4:8080 (502 at agw-shop, likely)},
     * {@code agw-shop: recovered …}. What is confirmed is said without a word on it.
     */
    static String of(Diagnosis diagnosis, CausePage page) {
        NamedCause root = diagnosis.root();
        String gateway = diagnosis.incident().gateway().name();
        List<String> lines = sentences(diagnosis, page)
                .map(what -> line(root, gateway, what))
                .toList();
        return lines.stream()
                .filter(each -> each.length() <= FITS)
                .findFirst()
                .orElseGet(() -> lines.stream()
                        .min(Comparator.comparingInt(String::length))
                        .orElseThrow());
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
        boolean named = bare.startsWith(gateway) || !WORD_FIRST.matcher(bare).lookingAt();
        return bare.equals(sentence) || named ? bare : ReportPhrases.upperFirst(bare);
    }

    private static String line(NamedCause root, String gateway, String what) {
        if (root.isConclusion()) {
            boolean broken = root.id().equals(Conclusion.INSUFFICIENT_EVIDENCE.id());
            return cut((broken ? BROKEN : "") + gateway + ": " + what, LONGEST);
        }
        String tail = tail(!what.contains(gateway), gateway, root);
        return cut(what, LONGEST - tail.length()) + tail;
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

    /** The ways to say it, the fullest first; each is tried with the hosts' whole names and then with their short ones. */
    private static Stream<String> sentences(Diagnosis diagnosis, CausePage page) {
        NamedCause root = diagnosis.root();
        HeadlineValues values = HeadlineValues.of(diagnosis);
        List<PlaceholderFiller> fillers =
                List.of(new PlaceholderFiller(values.whole()), new PlaceholderFiller(values.shortened()));
        List<String> known =
                page.headlines().stream().filter(fillers.get(0)::knowsAll).toList();
        if (known.isEmpty()) {
            String target = root.target()
                    .map(each -> ": " + ReportPhrases.target(DocumentWriter.target(each)))
                    .orElse("");
            return Stream.of(page.title()
                    + target
                    + others(root).map(more -> ", and" + more).orElse(""));
        }
        return known.stream().flatMap(template -> fillers.stream().map(fill -> sentence(template, root, fill)));
    }

    private static String sentence(String template, NamedCause root, PlaceholderFiller fill) {
        boolean ofPool = template.contains("{server}") && isOf(root, Target.Kind.POOL);
        Matcher named = subject(ofPool ? "server" : placeholder(root)).matcher(template);
        Optional<String> others = named.find() ? (ofPool ? otherServers(root) : others(root)) : Optional.empty();
        String counted = others.map(more -> named.replaceFirst("$0 and" + Matcher.quoteReplacement(more)))
                .orElse(template);
        String numbered = ONE_OR_MANY
                .matcher(counted)
                .replaceAll(each -> Matcher.quoteReplacement(each.group(others.isEmpty() ? 1 : 2)));
        String text = fill.prose(numbered).text();
        // With a capital, unless it begins with a name or follows one.
        String begun = root.isConclusion() || template.startsWith("{") ? text : ReportPhrases.upperFirst(text);
        String once = begun.replaceAll(" UTC (and|to) (\\d\\d:\\d\\d UTC)", " $1 $2");
        return ONE_OF_MANY.matcher(ReportPhrases.plainNames(once)).replaceAll("1 $1");
    }

    private static boolean isOf(NamedCause root, Target.Kind kind) {
        return root.target().filter(each -> each.kind() == kind).isPresent();
    }

    private static String placeholder(NamedCause root) {
        return root.target()
                .map(target -> NAMED_BY.getOrDefault(target.kind(), "target"))
                .orElse("target");
    }

    /** Where a template names what is at fault, with what belongs to the name: {@code {server}:{port}}. */
    private static Pattern subject(String name) {
        return Pattern.compile("\\{" + name + "}(:\\{port})?(?: \\(\\{(nsg|route-table|network-manager)}\\))?");
    }

    /** A pool is at fault as a whole, and the sentence is about one of its servers: the others count. */
    private static Optional<String> otherServers(NamedCause root) {
        String pool = root.target().map(Target::name).orElse("");
        // Of one server the probe may tell the name, and the log the address.
        Map<Boolean, Long> servers = root.findings().stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding.target()), finding.affects().stream()))
                .filter(each -> each.kind() == Target.Kind.SERVER
                        && each.at(Target.Place.POOL)
                                .filter(pool::equalsIgnoreCase)
                                .isPresent())
                .map(each -> ArmName.of(each.name()))
                .distinct()
                .collect(Collectors.groupingBy(each -> IpAddresses.isAddress(each.toString()), Collectors.counting()));
        long most = servers.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return most < 2 ? Optional.empty() : Optional.of(more(most - 1, "server"));
    }

    private static String more(long others, String kind) {
        return " " + others + " more " + kind + (others == 1 ? "" : "s");
    }

    /** Others of the same kind, where counting them means something: {@code  3 more servers}. */
    private static Optional<String> others(NamedCause root) {
        if (root.target().isEmpty()) {
            return Optional.empty();
        }
        Target first = root.target().get();
        long others = root.alsoAt().stream()
                .filter(other -> other.kind() == first.kind() && !other.name().equalsIgnoreCase(first.name()))
                .map(other -> ArmName.of(other.name()))
                .distinct()
                .count();
        String kind = first.kind().id().replace("nsg-", "").replace('-', ' ').toLowerCase(Locale.ROOT);
        return others == 0 ? Optional.empty() : Optional.of(more(others, kind));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1).stripTrailing() + "…";
    }
}
