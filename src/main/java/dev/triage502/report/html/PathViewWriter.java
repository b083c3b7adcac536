package dev.triage502.report.html;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.PathView.Hop;
import dev.triage502.report.html.PathView.Key;
import dev.triage502.report.html.PathView.Place;
import dev.triage502.report.html.PathView.Rail;
import dev.triage502.report.html.PathView.Working;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The path of the document, for the page: the failing way, and those that work, hop under hop. */
final class PathViewWriter {

    private static final Set<String> AT_FAULT = Set.of("broken", "slow", "fixed");

    private final JsonObject path;

    private PathViewWriter(JsonObject path) {
        this.path = path;
    }

    /** Empty where the document has no path. */
    static Optional<PathView> of(JsonObject json) {
        JsonObject path = JsonTree.object(json, "path");
        return JsonTree.objects(path, "hops").isEmpty()
                ? Optional.empty()
                : Optional.of(new PathViewWriter(path).view());
    }

    private PathView view() {
        List<Hop> failing = hops(path);
        List<JsonObject> works = JsonTree.objects(path, "others");
        if (!works.isEmpty()) {
            failing = withGaps(failing, hops(works.get(0)));
        }
        List<Working> others = new ArrayList<>();
        for (JsonObject each : works) {
            others.add(new Working(
                    JsonTree.text(each, "name"),
                    JsonTree.text(each, "why"),
                    rail(under(hops(each), failing)),
                    others.isEmpty()));
        }
        long more = path.has("moreOthers") ? path.get("moreOthers").getAsLong() : 0;
        boolean isFixed = failing.stream().anyMatch(hop -> hop.state().equals("fixed"));
        return new PathView(
                isFixed ? "Where the path was broken" : "Where the path is broken",
                sentence(failing),
                rail(failing),
                others,
                more == 0 ? "" : "And " + ReportPhrases.counted(more, "more path") + " not affected.",
                keys(failing, !others.isEmpty()));
    }

    private static List<Hop> hops(JsonObject path) {
        return JsonTree.objects(path, "hops").stream()
                .map(hop -> {
                    String state = JsonTree.text(hop, "state");
                    return new Hop(
                            JsonTree.text(hop, "kind"),
                            JsonTree.text(hop, "name"),
                            JsonTree.text(hop, "detail"),
                            state,
                            JsonTree.text(hop, "word"),
                            JsonTree.text(hop, "place"),
                            AT_FAULT.contains(state));
                })
                .toList();
    }

    /** The failing way with a gap for each hop that only the working one has, so that the others can stand under it. */
    private static List<Hop> withGaps(List<Hop> failing, List<Hop> working) {
        List<Hop> all = new ArrayList<>();
        int next = 0;
        for (Hop hop : failing) {
            int same = find(working, hop, next);
            for (int i = next; i < same; i++) {
                all.add(Hop.gap(false));
            }
            next = same < 0 ? next : same + 1;
            all.add(hop);
        }
        return all;
    }

    /** A working way, each hop in the column of its like. */
    private static List<Hop> under(List<Hop> working, List<Hop> failing) {
        List<Hop> all = new ArrayList<>();
        int next = 0;
        for (Hop column : failing) {
            if (column.isGap()) {
                all.add(next < working.size() ? working.get(next++) : Hop.gap(false));
                continue;
            }
            int same = find(working, column, next);
            if (same < 0) {
                all.add(Hop.gap(column.isWide()));
                continue;
            }
            working.subList(next, same).forEach(all::add);
            Hop hop = working.get(same);
            all.add(new Hop(
                    hop.kind(), hop.name(), hop.detail(), hop.state(), hop.word(), hop.place(), column.isWide()));
            next = same + 1;
        }
        working.subList(next, working.size()).forEach(all::add);
        return all;
    }

    private static int find(List<Hop> hops, Hop like, int from) {
        for (int i = from; i < hops.size(); i++) {
            if (kind(hops.get(i)).equals(kind(like))) {
                return i;
            }
        }
        return -1;
    }

    private static String kind(Hop hop) {
        return hop.kind().replaceFirst("s$", "");
    }

    private static Rail rail(List<Hop> hops) {
        List<Place> places = new ArrayList<>();
        String before = "";
        int columns = 0;
        for (Hop hop : hops) {
            boolean same = hop.isGap() || hop.place().equals(before);
            if (!same && columns > 0) {
                places.add(new Place(before, columns));
                columns = 0;
            }
            before = hop.isGap() ? before : hop.place();
            columns += hop.isWide() ? 2 : 1;
        }
        places.add(new Place(before, columns));
        boolean known = places.stream().anyMatch(place -> !place.name().isEmpty());
        return new Rail(places.stream().mapToInt(Place::columns).sum(), known ? List.copyOf(places) : List.of(), hops);
    }

    /** Where it breaks, in one sentence. */
    private static String sentence(List<Hop> hops) {
        return hops.stream()
                .filter(hop -> AT_FAULT.contains(hop.state()))
                .findFirst()
                .map(hop -> hop.kind() + " " + hop.name() + ": " + hop.word() + ".")
                .orElse("");
    }

    private static List<Key> keys(List<Hop> failing, boolean hasOthers) {
        Set<String> states = failing.stream().map(Hop::state).collect(Collectors.toSet());
        List<Key> keys = new ArrayList<>(List.of(
                new Key("ring", "passes", "passes"),
                new Key("broken", "broken here", "broken"),
                new Key("flapping", "slow here", "slow"),
                new Key("ok", "works again", "fixed"),
                new Key("unknown", "not known", "unchecked"),
                new Key("dashed", "not reached", "not-reached")));
        keys.removeIf(key -> !states.contains(key.look()));
        if (hasOthers) {
            keys.add(new Key("", "grey: not involved", "faint"));
        }
        return keys;
    }
}
