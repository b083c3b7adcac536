package dev.triage502.reachability.address;

import dev.triage502.evidence.IpAddresses.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which of many prefixes is the longest that holds an address? A look-up costs one step for each different length, so
 * that hundreds of routes are no slower than a few. Of two equal prefixes the one put first stays.
 */
public final class LongestPrefixMap<T> {

    /** A prefix that holds what was asked for, and what was put under it. */
    public record Hit<T>(Range prefix, T value) {}

    private final Map<Boolean, TreeMap<Integer, Map<BigInteger, Hit<T>>>> byFamily = new HashMap<>();

    public void put(Range prefix, T value) {
        int length = prefix.prefixLength();
        byFamily.computeIfAbsent(prefix.six(), family -> new TreeMap<>(Comparator.reverseOrder()))
                .computeIfAbsent(length, each -> new HashMap<>())
                .putIfAbsent(network(prefix.first(), prefix.six(), length), new Hit<>(prefix, value));
    }

    /** The longest prefix that holds the whole range. */
    public Optional<Hit<T>> longest(Range range) {
        for (Map.Entry<Integer, Map<BigInteger, Hit<T>>> length : lengths(range).entrySet()) {
            Hit<T> hit = length.getValue().get(network(range.first(), range.six(), length.getKey()));
            if (hit != null && hit.prefix().contains(range)) {
                return Optional.of(hit);
            }
        }
        return Optional.empty();
    }

    /** The prefixes that lie inside the range and are not the whole of it, in the order of their addresses. */
    public List<Hit<T>> inside(Range range) {
        List<Hit<T>> hits = new ArrayList<>();
        for (Map<BigInteger, Hit<T>> sameLength : lengths(range).values()) {
            for (Hit<T> hit : sameLength.values()) {
                if (range.contains(hit.prefix()) && !hit.prefix().contains(range)) {
                    hits.add(hit);
                }
            }
        }
        hits.sort(Comparator.comparing((Hit<T> hit) -> hit.prefix().first())
                .thenComparing(hit -> hit.prefix().prefixLength()));
        return hits;
    }

    private Map<Integer, Map<BigInteger, Hit<T>>> lengths(Range range) {
        return byFamily.getOrDefault(range.six(), new TreeMap<>());
    }

    private static BigInteger network(BigInteger address, boolean six, int length) {
        return address.shiftRight((six ? 128 : 32) - length);
    }
}
