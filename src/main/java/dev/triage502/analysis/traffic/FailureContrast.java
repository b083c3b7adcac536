package dev.triage502.analysis.traffic;

import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What sets the failed requests of a pool apart from those that were served in the same time: nearly all of them have one
 * of a few values of a dimension, and requests with other values hardly ever fail.
 *
 * <p><b>The test against chance.</b> For each value, Fisher's exact test (one-sided) asks how likely so many failed requests
 * would have it if failures hit requests at random. The probability is multiplied by the number of values that were looked
 * at, over all dimensions and pools, those without a row of their own included (Bonferroni). Only values that stay below
 * {@link #LEVEL} count, so among 1,000 incidents whose failures are random at most one is reported to differ, however many
 * dimensions the log has. The test takes requests to be independent; clients that repeat a request are not. So the
 * difference must also be large: the values hold at least {@link #SHARE} of the pool's failed requests, and requests with
 * them fail at least {@link #TIMES} times as often as others.
 *
 * @param pool           the pool; empty where the log names none
 * @param values         the values that nearly all failed requests have, the one with most first
 * @param failed         the pool's failed requests
 * @param with           the requests with one of the values
 * @param elsewhere      the requests with another value
 * @param logProbability the natural logarithm of the corrected probability that this is chance
 * @param inTurn         whether the values have the failures one after the other, each all of them for some minutes; {@code with} and
 *                       {@code elsewhere} then count those minutes only
 */
public record FailureContrast(
        String pool,
        RequestDimension dimension,
        List<String> values,
        long failed,
        Share with,
        Share elsewhere,
        double logProbability,
        boolean inTurn) {

    /** How many of some requests failed. */
    public record Share(long failed, long requests) {

        double rate() {
            return (double) failed / Math.max(1, requests);
        }
    }

    /** How likely anything at all may be reported where failures are random. */
    static final double LEVEL = 0.001;

    static final double SHARE = 0.9;
    static final double TIMES = 5;

    /** Fewer failed requests are not compared. */
    private static final long ENOUGH = 3;

    private static final int MOST_NAMES = 3;

    private static final Comparator<FailureContrast> TELLING_FIRST = Comparator.<FailureContrast>comparingLong(
                    each -> -each.failed)
            .thenComparing(FailureContrast::pool)
            .thenComparingDouble(FailureContrast::logProbability)
            .thenComparing(FailureContrast::dimension);

    /** What differs, the pool with most failed requests first, in each the least likely chance first. */
    static List<FailureContrast> of(List<Count> counts, double level) {
        List<Comparison> comparisons = Comparison.all(counts);
        long looks = comparisons.stream().mapToLong(Comparison::looks).sum();
        return comparisons.stream()
                .flatMap(each -> each.contrast(looks, level).stream())
                .sorted(TELLING_FIRST)
                .toList();
    }

    /** One pool in one dimension: the counts of all values that the log has. */
    private record Comparison(String pool, RequestDimension dimension, List<Count> counts, long failedInPool) {

        /** Those in which there is something to compare: failed requests, served ones, and two values. */
        static List<Comparison> all(List<Count> counts) {
            Map<String, Map<RequestDimension, List<Count>>> byPool = new LinkedHashMap<>();
            for (Count each : counts) {
                byPool.computeIfAbsent(each.pool(), pool -> new LinkedHashMap<>())
                        .computeIfAbsent(each.dimension(), dimension -> new ArrayList<>())
                        .add(each);
            }
            List<Comparison> all = new ArrayList<>();
            byPool.forEach((pool, dimensions) -> {
                long failed = dimensions.values().stream()
                        .mapToLong(Comparison::failed)
                        .max()
                        .orElse(0);
                dimensions.forEach((dimension, of) -> {
                    Comparison comparison = new Comparison(pool, dimension, of, failed);
                    if (failed(of) >= ENOUGH && served(of) > 0 && comparison.looks() > 1) {
                        all.add(comparison);
                    }
                });
            });
            return all;
        }

        private static long failed(List<Count> counts) {
            return counts.stream().mapToLong(Count::failed).sum();
        }

        private static long served(List<Count> counts) {
            return counts.stream().mapToLong(Count::served).sum();
        }

        /** How many values were looked at, listed or not. */
        long looks() {
            return counts.stream().mapToLong(Count::values).sum();
        }

        List<FailureContrast> contrast(long looks, double level) {
            long failed = failed(counts);
            long all = failed + served(counts);
            List<Count> apart = new ArrayList<>();
            double least = 0;
            for (Count each : counts) {
                double chance = each.isOfOthers()
                        ? 0
                        : HypergeometricTail.logProbability(each.failed(), each.failed() + each.served(), failed, all)
                                + Math.log(looks);
                if (chance <= Math.log(level)) {
                    apart.add(each);
                    least = Math.min(least, chance);
                }
            }
            long failedWith = failed(apart);
            long with = failedWith + served(apart);
            Share here = new Share(failedWith, with);
            Share elsewhere = new Share(failed - failedWith, all - with);
            boolean mostOfThem = failedWith >= SHARE * failedInPool;
            boolean farMoreOften = here.rate() >= TIMES * elsewhere.rate() && elsewhere.requests() > 0;
            if (apart.isEmpty() || !mostOfThem || !farMoreOften) {
                return List.of();
            }
            List<String> names = apart.stream()
                    .sorted(Comparator.comparingLong(Count::failed).reversed())
                    .map(Count::value)
                    .toList();
            return List.of(new FailureContrast(pool, dimension, names, failedInPool, here, elsewhere, least, false));
        }
    }

    /** Whether it sets servers or instances of this pool apart. */
    boolean isOfMakersIn(String other) {
        return pool.equalsIgnoreCase(other)
                && (dimension == RequestDimension.SERVER || dimension == RequestDimension.INSTANCE);
    }

    /** Whether every failed request has one of the values. */
    public boolean isOfAll() {
        return with.failed() == failed;
    }

    /** The server, where it is one alone that fails; else the pool, or the gateway where the log names no pool. */
    public Target target() {
        if (dimension == RequestDimension.SERVER && values.size() == 1 && !pool.isEmpty()) {
            return Target.server(address(values.get(0)), pool);
        }
        return pool.isEmpty() ? Target.of(Kind.GATEWAY, "the gateway", "") : Target.of(Kind.POOL, pool, "");
    }

    /** As a finding of the access log. */
    public Finding finding() {
        return Finding.of(Source.ACCESS_LOG, target(), text());
    }

    /** {@code all 38 failures of pool-orders are on server 10.0.2.7:443 (38 of 1,328 requests); 0 of 5,210 elsewhere}. */
    public String text() {
        if (inTurn) {
            return number(with.failed()) + " of " + number(failed) + " failures of " + pool
                    + " come through one gateway instance at a time (" + names()
                    + "), which serves nothing at that time; 0 of " + number(elsewhere.requests())
                    + " through the others";
        }
        String some = isOfAll() ? "all " + number(failed) : number(with.failed()) + " of " + number(failed);
        return some + " failures" + (pool.isEmpty() ? "" : " of " + pool) + " are " + where() + " ("
                + number(with.failed()) + " of " + number(with.requests()) + " requests); "
                + number(elsewhere.failed()) + " of " + number(elsewhere.requests()) + " elsewhere";
    }

    private String where() {
        String names = names();
        boolean one = values.size() == 1;
        return switch (dimension) {
            case SERVER -> "on server" + (one ? " " : "s ") + names;
            case INSTANCE -> "on gateway instance" + (one ? " " : "s ") + names;
            case PATH -> "on path" + (one ? " " : "s ") + names;
            case METHOD -> "with method" + (one ? " " : "s ") + names;
            case HOST -> "for host" + (one ? " " : "s ") + names;
            case HTTP_VERSION -> "with " + names;
            case CLIENT_TLS -> "from clients with " + names;
            case REQUEST_SIZE -> "with a request size of " + names;
            case MINUTE -> (one ? "in the minute " : "in " + values.size() + " minutes: ") + names + " UTC";
        };
    }

    private String names() {
        List<String> named = values.stream()
                .map(value -> dimension == RequestDimension.MINUTE
                        ? Instant.parse(value).toString().substring(11, 16)
                        : value)
                .limit(MOST_NAMES)
                .toList();
        if (dimension == RequestDimension.MINUTE) {
            named = named.stream().sorted().toList();
        }
        if (values.size() > MOST_NAMES) {
            return String.join(", ", named) + " and " + (values.size() - MOST_NAMES) + " more";
        }
        String last = named.get(named.size() - 1);
        return named.size() == 1 ? last : String.join(", ", named.subList(0, named.size() - 1)) + " and " + last;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The address of a server as the log writes it, without its port. */
    static String address(String server) {
        int port = server.lastIndexOf(':');
        boolean hasPort = port > 0 && !IpAddresses.isAddress(server);
        return (hasPort ? server.substring(0, port) : server).replaceAll("^\\[|]$", "");
    }
}
