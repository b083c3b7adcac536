package dev.triage502.reachability.check;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How is what was found of single servers said? A rule is named once with all servers that it hits, a pool in place of
 * its members where the same holds for every one of them.
 */
final class FindingFormatter {

    /** A claim and the server that it is made of. */
    record Said(BackendServer server, Claim claim) {}

    /** Claims that make one finding where they are made of every server of the pool. */
    private record Together(Source source, boolean ofServer, ArmName pool) implements Comparable<Together> {

        private static final Comparator<Together> ORDER = Comparator.comparing(Together::source)
                .thenComparing(Together::ofServer)
                .thenComparing(Together::pool);

        static Together of(Said said) {
            return new Together(
                    said.claim().source(),
                    said.claim().ofServer(),
                    said.server().pool());
        }

        @Override
        public int compareTo(Together other) {
            return ORDER.compare(this, other);
        }
    }

    /** So many machines are told to a command by their ids; with more of them it would fill the report. */
    private static final int MOST_IDS = 50;

    private final Map<ArmName, Set<HostName>> members = new HashMap<>();
    private final Map<ArmName, Set<ArmName>> settings = new HashMap<>();
    private final Map<ArmName, Target> pools = new HashMap<>();

    FindingFormatter(Topology topology, Observations observed) {
        Map<ArmName, String> ids = new HashMap<>();
        topology.gateway()
                .toOptional()
                .map(Gateway::pools)
                .orElse(List.of())
                .forEach(pool -> ids.put(ArmName.of(pool.name()), pool.id().toString()));
        for (BackendServer server : observed.servers()) {
            ArmName pool = server.pool();
            members.computeIfAbsent(pool, each -> new TreeSet<>()).add(server.host());
            settings.computeIfAbsent(pool, each -> new TreeSet<>()).add(server.setting());
            pools.putIfAbsent(pool, Target.of(Kind.POOL, pool.toString(), ids.getOrDefault(pool, "")));
        }
    }

    /** The findings that all this makes, sorted. */
    public List<Finding> of(List<Said> said) {
        Map<Object, List<Said>> obstacles = new LinkedHashMap<>();
        Map<Together, List<Said>> byPool = new TreeMap<>();
        for (Said each : said) {
            Optional<Obstacle> obstacle = each.claim().obstacle();
            if (obstacle.isPresent()) {
                obstacles
                        .computeIfAbsent(List.of(obstacle.get(), each.claim().source()), key -> new ArrayList<>())
                        .add(each);
            } else {
                byPool.computeIfAbsent(Together.of(each), key -> new ArrayList<>())
                        .add(each);
            }
        }
        List<Finding> findings = new ArrayList<>();
        obstacles.values().forEach(same -> findings.add(obstacle(same)));
        byPool.values().forEach(same -> findings.addAll(members(same)));
        findings.sort(Comparator.comparing(Finding::target)
                .thenComparing(Finding::source)
                .thenComparing(Finding::text));
        return findings;
    }

    private static Finding obstacle(List<Said> same) {
        Claim first = same.get(0).claim();
        Obstacle obstacle = first.obstacle().orElseThrow();
        List<String> objects =
                same.stream().map(each -> each.claim().object()).distinct().toList();
        Finding finding = Finding.of(
                first.source(), obstacle.target(), obstacle.before() + NameLists.some(objects) + obstacle.after());
        return filled(finding, same);
    }

    private List<Finding> members(List<Said> same) {
        ArmName pool = same.get(0).server().pool();
        Set<HostName> named = new TreeSet<>();
        same.forEach(each -> named.add(each.server().host()));
        boolean whole = named.containsAll(members.getOrDefault(pool, Set.of()));
        if (whole && !same.get(0).claim().ofServer()) {
            return List.of(pool(pool, same));
        }
        Map<Target, List<Said>> byServer = new LinkedHashMap<>();
        same.forEach(each -> byServer.computeIfAbsent(each.server().target(), target -> new ArrayList<>())
                .add(each));
        List<Finding> findings = new ArrayList<>();
        byServer.forEach((target, ofIt) -> {
            Claim claim = ofIt.get(0).claim();
            findings.add(filled(Finding.of(claim.source(), target, text(ofIt, "")), ofIt));
        });
        return findings;
    }

    private Finding pool(ArmName pool, List<Said> same) {
        Target target = java.util.Objects.requireNonNull(pools.get(pool));
        Set<ArmName> used = settings.getOrDefault(pool, Set.of());
        Target where = used.size() == 1
                ? target.on(Place.SETTING, used.iterator().next().toString())
                : target;
        Source source = same.get(0).claim().source();
        return filled(Finding.of(source, where, text(same, " in " + target.name())), same);
    }

    /** What is said, the servers of which the same is said put together; {@code where} follows the first of them. */
    private static String text(List<Said> said, String where) {
        Map<String, TreeSet<String>> objects = new LinkedHashMap<>();
        for (Said each : said) {
            objects.computeIfAbsent(each.claim().says(), says -> new TreeSet<>(BY_NUMBER))
                    .add(each.claim().object());
        }
        List<String> parts = new ArrayList<>();
        objects.forEach((says, those) -> parts.add(sentence(List.copyOf(those), parts.isEmpty() ? where : "", says)));
        return String.join("; ", parts.size() <= 3 ? parts : parts.subList(0, 3))
                + (parts.size() <= 3 ? "" : "; and " + (parts.size() - 3) + " more");
    }

    /** With a verb at its beginning, what is said is a sentence with the servers; else it follows a colon. */
    private static String sentence(List<String> objects, String where, String says) {
        Matcher verb = VERB.matcher(says);
        if (!verb.lookingAt()) {
            return NameLists.some(objects) + where + ": " + says;
        }
        if (objects.size() == 1) {
            return objects.get(0) + where + " " + says;
        }
        String of = NameLists.some(objects);
        String both = of.contains(" more") ? of : of.replaceFirst(", ([^,]*)$", " and $1");
        return both + where + " " + OF_MANY.get(verb.group(1)) + says.substring(verb.end(1));
    }

    /** The verbs that a claim may begin with, and what they are of several servers. */
    private static final Map<String, String> OF_MANY = Map.of(
            "is", "are",
            "was", "were",
            "has", "have",
            "does", "do",
            "served", "served",
            "resolves", "resolve",
            "refuses", "refuse",
            "answers", "answer");

    private static final Pattern VERB = Pattern.compile("(" + String.join("|", OF_MANY.keySet()) + ") ");

    private static final Comparator<String> BY_NUMBER =
            Comparator.comparing((String each) -> Target.of(Kind.SERVER, each, ""));

    private static Finding filled(Finding finding, List<Said> same) {
        TreeMap<String, TreeSet<String>> values = new TreeMap<>();
        Optional<Instant> at = Optional.empty();
        List<Target> affects = new ArrayList<>();
        for (Said each : same) {
            each.claim()
                    .values()
                    .forEach((name, value) ->
                            values.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
            at = at.or(() -> each.claim().at());
            affects.add(each.server().target());
        }
        TreeMap<String, String> joined = new TreeMap<>();
        values.forEach((name, different) -> value(name, different).ifPresent(value -> joined.put(name, value)));

        return new Finding(
                finding.source(),
                finding.target(),
                finding.text(),
                at,
                joined,
                affects.size() == 1 && affects.get(0).equals(finding.target()) ? List.of() : affects);
    }

    /** Lists are joined; of several addresses or ports none is the one; of several machines the first will do. */
    private static Optional<String> value(String name, TreeSet<String> different) {
        if (name.equals("member-id") && different.size() > MOST_IDS) {
            return Optional.empty();
        }
        if (name.equals("ports") || name.equals("member-id")) {
            return Optional.of(String.join(" ", different));
        }
        boolean onlyOne = name.equals("address") || name.equals("port");
        return onlyOne && different.size() > 1 ? Optional.empty() : Optional.of(different.first());
    }
}
