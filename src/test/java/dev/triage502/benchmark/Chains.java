package dev.triage502.benchmark;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.PretendAzure.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which calls of a collection had to wait for which, by what stands in them: a call needs the answer that first held a
 * resource, a name, an address or a place to ask next that stands in its request and not in the incident.
 *
 * <p>How the program ordered its calls does not matter, so a call that waited for no reason counts as if it had not.
 * Three things are not in the requests: what began once the gateway's own document was read may have needed it; an operation's polls
 * follow one another, each after the pause that the answer before asked for, as far as it was kept; and a page
 * follows the page before.
 */
final class Chains {

    /**
     * One call and the longest way to its end.
     *
     * @param after the call before it on that way; empty for the first
     * @param pause how long Azure asked to wait in between
     * @param way   of the whole way to this call's end, its own time included
     */
    record Link(Exchange call, Optional<Link> after, Duration pause, Duration way) {}

    /** A value in a query or a filter; an apostrophe in a comment begins none. */
    private static final Pattern QUOTED = Pattern.compile("'([^'\\s]+)'");

    private static final Pattern OPERATION = Pattern.compile("/operation(?:result)?s/([0-9a-f-]{36})");
    private static final Pattern TYPE = Pattern.compile("microsoft\\.[a-z]+(/[a-z]+)*");

    private final List<Exchange> calls;
    private final ResourceId gateway;
    private final Map<String, Exchange> firstHeldBy = new HashMap<>();
    private final Map<Exchange, Link> links = new HashMap<>();

    Chains(List<Exchange> trace, ResourceId gateway) {
        this.calls =
                trace.stream().sorted(Comparator.comparingLong(Exchange::began)).toList();
        this.gateway = gateway;
        calls.stream()
                .sorted(Comparator.comparingLong(Exchange::ended))
                .forEach(call -> held(call).forEach(value -> firstHeldBy.putIfAbsent(value, call)));
        calls.forEach(call -> links.put(call, link(call)));
    }

    /** All calls, in the order in which they began. */
    List<Link> links() {
        return calls.stream().map(links::get).toList();
    }

    /** The call whose way took longest. */
    Link slowest() {
        return links().stream().max(Comparator.comparing(Link::way)).orElseThrow();
    }

    private Link link(Exchange call) {
        Link best = new Link(call, Optional.empty(), Duration.ZERO, lasted(call));
        for (Exchange before : needed(call)) {
            Link known = links.get(before);
            Duration gap = Duration.ofNanos(Math.max(0, call.began() - before.ended()));
            Duration pause = isPoll(call) ? shorter(before.retryAfter(), gap) : Duration.ZERO;
            // An answer's end is noted a little after its reader has it, which may have asked on by then.
            Duration late = Duration.ofNanos(Math.max(0, before.ended() - call.began()));
            Duration way = known.way().minus(late).plus(pause).plus(lasted(call));
            if (way.compareTo(best.way()) > 0) {
                best = new Link(call, Optional.of(known), pause, way);
            }
        }
        return best;
    }

    private Set<Exchange> needed(Exchange call) {
        Set<Exchange> needed = new LinkedHashSet<>();
        calls.stream()
                .filter(other -> other.target().split("\\?", 2)[0].equalsIgnoreCase(gateway.key()))
                .filter(document -> document.ended() <= call.began())
                .forEach(needed::add);
        previous(call).ifPresent(needed::add);
        for (String value : used(call)) {
            Exchange holder = firstHeldBy.get(value);
            if (holder != null && holder.began() < call.began()) {
                needed.add(holder);
            }
        }
        return needed;
    }

    /** Of an operation or a list: the call before. */
    private Optional<Exchange> previous(Exchange call) {
        String list = list(call);
        return calls.stream()
                .filter(other -> other.began() < call.began())
                .filter(other -> isPoll(call)
                        ? operation(call).equals(operation(other))
                                || other.operation().toLowerCase(Locale.ROOT).contains(operation(call))
                        : isPage(call) && list(other).equals(list))
                .reduce((one, other) -> other);
    }

    private static boolean isPoll(Exchange call) {
        return !operation(call).isEmpty();
    }

    private static String operation(Exchange call) {
        Matcher matcher = OPERATION.matcher(call.target().toLowerCase(Locale.ROOT));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static boolean isPage(Exchange call) {
        return call.target().toLowerCase(Locale.ROOT).contains("skiptoken")
                || call.body().contains("$skipToken");
    }

    /** The same for all pages of one list. */
    private static String list(Exchange call) {
        String target = decoded(call.target()).replaceAll("(?i)[?&]\\$skiptoken=[^&]*", "");
        Set<String> parameters =
                new TreeSet<>(List.of(target.toLowerCase(Locale.ROOT).split("[?&]")));
        return parameters + call.body().replaceAll(",?\"\\$skipToken\":\"[^\"]*\"", "");
    }

    private static Duration lasted(Exchange call) {
        return Duration.ofNanos(call.ended() - call.began());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What a request is about, in lower case, but for what the incident says. */
    private Set<String> used(Exchange call) {
        Set<String> used = new HashSet<>();
        String path = call.target().split("\\?", 2)[0].toLowerCase(Locale.ROOT);
        used.addAll(waysInto(path));
        Matcher quoted = QUOTED.matcher(decoded(call.target()) + " " + call.body());
        while (quoted.find()) {
            used.add(quoted.group(1).toLowerCase(Locale.ROOT));
        }
        used.removeAll(waysInto(gateway.key()));
        used.remove(gateway.resourceGroup().toLowerCase(Locale.ROOT));
        used.removeIf(value -> TYPE.matcher(value).matches());
        return used;
    }

    /** What an answer lets somebody ask who has read it: its texts, and the groups and parents of its resources. */
    private static Set<String> held(Exchange call) {
        Set<String> held = new HashSet<>();
        try {
            hold(JsonParser.parseString(call.answer()), held);
        } catch (JsonParseException notJson) {
            return held;
        }
        return held;
    }

    private static void hold(JsonElement element, Set<String> held) {
        if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(entry -> hold(entry.getValue(), held));
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> hold(each, held));
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            String text = element.getAsString().toLowerCase(Locale.ROOT);
            held.add(text);
            if (text.startsWith("/subscriptions/")) {
                held.addAll(waysInto(text));
                held.add(ResourceId.of(text).resourceGroup());
            }
        }
    }

    /** A path and all that it lies in. */
    private static List<String> waysInto(String path) {
        List<String> ways = new ArrayList<>();
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            ways.add(path.substring(0, end));
        }
        return ways;
    }
}
