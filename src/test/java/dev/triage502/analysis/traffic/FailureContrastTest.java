package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureContrastTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static Count count(RequestDimension dimension, String value, long failed, long served) {
        return new Count("pool-orders", dimension, value, failed, served, 1);
    }

    private static Count server(int last, long failed, long served) {
        return count(RequestDimension.SERVER, "10.0.2." + last + ":443", failed, served);
    }

    private static List<FailureContrast> of(Count... counts) {
        return FailureContrast.of(List.of(counts), FailureContrast.LEVEL);
    }

    @Test
    void oneServerOfSeveral() {
        List<FailureContrast> found = of(server(7, 38, 1290), server(5, 0, 2600), server(6, 0, 2610));

        assertThat(found)
                .extracting(FailureContrast::text)
                .containsExactly("all 38 failures of pool-orders are on server 10.0.2.7:443 (38 of 1,328 requests);"
                        + " 0 of 5,210 elsewhere");
        assertThat(found.get(0).target()).isEqualTo(Target.server("10.0.2.7", "pool-orders"));
    }

    @Test
    void someServersOfManyAndOneFailureElsewhere() {
        assertThat(of(server(4, 20, 300), server(5, 19, 310), server(6, 1, 2000), server(7, 0, 2100)))
                .extracting(FailureContrast::text)
                .containsExactly("39 of 40 failures of pool-orders are on servers 10.0.2.4:443 and 10.0.2.5:443 (39 of"
                        + " 649 requests); 1 of 4,101 elsewhere");
    }

    @Test
    void whatHasMostRequestsHasMostFailures() {
        assertThat(of(server(4, 95, 9500), server(5, 3, 250), server(6, 2, 250)))
                .isEmpty();
    }

    @Test
    void aDifferenceThatIsRealButSmallIsNotReported() {
        assertThat(of(server(4, 900, 60_000), server(5, 99, 20_000)))
                .as("three times as often, surely no chance, yet no reason to look at one server")
                .isEmpty();
    }

    @Test
    void whereNothingWasServedNothingIsCompared() {
        assertThat(of(server(4, 38, 0), server(5, 20, 0))).isEmpty();
        assertThat(of(server(4, 38, 1200))).as("one server alone").isEmpty();
        assertThat(of(server(4, 2, 10), server(5, 0, 90_000)))
                .as("two failures")
                .isEmpty();
    }

    @Test
    void failuresWithoutAValueCountAgainstTheShare() {
        assertThat(of(
                        server(7, 20, 900),
                        server(6, 0, 900),
                        count(RequestDimension.METHOD, "GET", 40, 1800),
                        count(RequestDimension.METHOD, "POST", 0, 0)))
                .as("half of the failed requests reached no server")
                .isEmpty();
    }

    @Test
    void valuesWithoutARowOfTheirOwnCountAsLooks() {
        Count seldom = count(RequestDimension.PATH, "/x", 4, 60);
        Count others = new Count("pool-orders", RequestDimension.PATH, "*", 0, 900, 1);
        Count manyOthers = new Count("pool-orders", RequestDimension.PATH, "*", 0, 900, 4000);

        assertThat(of(seldom, others)).hasSize(1);
        assertThat(of(seldom, manyOthers)).as("one of 4,001 paths").isEmpty();
    }

    @Test
    void eachDimensionHasItsWords() {
        for (RequestDimension dimension : RequestDimension.values()) {
            String value = dimension == RequestDimension.MINUTE ? NOON.toString() : "v";
            String other = dimension == RequestDimension.MINUTE ? "2026-03-02T12:01:00Z" : "w";
            assertThat(of(count(dimension, value, 30, 10), count(dimension, other, 0, 900)))
                    .singleElement()
                    .satisfies(each -> assertThat(each.text())
                            .startsWith("all 30 failures of pool-orders are ")
                            .contains(dimension == RequestDimension.MINUTE ? "12:00 UTC" : " v ")
                            .endsWith("(30 of 40 requests); 0 of 900 elsewhere"));
        }
    }

    /** The level is that of all dimensions and values of an incident together. */
    @Test
    void whereFailuresAreRandomNothingIsReportedMoreOftenThanTheLevelSays() {
        Random random = new Random(14);
        double level = 0.05;
        int some = 0;
        int atTheLevelInUse = 0;
        for (int incident = 0; incident < 2000; incident++) {
            List<Count> counts = random(random);
            some += FailureContrast.of(counts, level).isEmpty() ? 0 : 1;
            atTheLevelInUse += FailureContrast.of(counts, FailureContrast.LEVEL).isEmpty() ? 0 : 1;
        }

        assertThat(some).as("of 2,000 at 5%").isBetween(1, 100);
        assertThat(atTheLevelInUse).as("of 2,000 at 0.1%").isLessThanOrEqualTo(2);
    }

    /** Requests with values of seven dimensions, more or less evenly, of which some fail at random. */
    private static List<Count> random(Random random) {
        int requests = 60 + random.nextInt(500);
        int failures = 3 + random.nextInt(12);
        List<Count> counts = new ArrayList<>();
        List<RequestDimension> dimensions = List.of(RequestDimension.values()).subList(0, 7);
        for (RequestDimension dimension : dimensions) {
            int values = 2 + random.nextInt(30);
            double skew = 1 + 3 * random.nextDouble();
            TreeMap<Integer, long[]> byValue = new TreeMap<>();
            IntStream.range(0, requests).forEach(i -> {
                int value = (int) (values * Math.pow(random.nextDouble(), skew));
                byValue.computeIfAbsent(value, key -> new long[2])[i < failures ? 0 : 1]++;
            });
            byValue.forEach((value, each) -> counts.add(count(dimension, "v" + value, each[0], each[1])));
        }
        return counts;
    }

    @Test
    void withoutCountsTheRowsAreCountedWhereEachIsOneRequest() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(20, 502, "10.0.2.4", "appgw_1", "/a/1"));
        rows.addAll(rows(90, 200, "10.0.2.5", "appgw_1", "/a/2"));
        rows.addAll(rows(300, 200, "10.0.2.4", "appgw_0", "/b"));
        rows.addAll(rows(300, 200, "10.0.2.5", "appgw_0", "/a/3"));
        rows.addAll(rows(14, 502, "10.0.2.5", "appgw_1", "/b"));

        assertThat(FailureContrasts.of(new AccessLog(rows)).all())
                .extracting(FailureContrast::text)
                .contains("all 34 failures of p are on gateway instance appgw_1 (34 of 122 requests); 0 of 586"
                        + " elsewhere");

        rows.add(row(1, 200, 2, "10.0.2.5", "appgw_0", "/b"));
        assertThat(FailureContrasts.of(new AccessLog(rows)).all())
                .as("groups of requests are no sample")
                .isEmpty();
    }

    @Test
    void pathsThatWereMaskedBeforeAreNoSample() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(60, 503, "10.0.2.4", "appgw_0", "/r/search"));
        rows.addAll(rows(200, 200, "10.0.2.4", "appgw_0", "/r/*"));

        assertThat(FailureContrasts.of(new AccessLog(rows)).all()).isEmpty();

        rows.addAll(rows(200, 200, "10.0.2.4", "appgw_0", "/r/list"));
        assertThat(FailureContrasts.of(new AccessLog(rows)).all())
                .extracting(FailureContrast::text)
                .containsExactly("all 60 failures of p are on path /r/search (60 of 60 requests); 0 of 200 elsewhere");
    }

    @Test
    void whatWasServedBeforeTheFirstFailureAndAfterTheLastIsNotCompared() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(IntStream.range(0, 400)
                .mapToObj(i -> row(0, 200, 1, "10.0.2.5", "appgw_0", "/a"))
                .toList());
        rows.addAll(rows(40, 502, "10.0.2.4", "appgw_0", "/a"));
        rows.addAll(IntStream.range(0, 400)
                .mapToObj(i -> row(90, 200, 1, "10.0.2.5", "appgw_0", "/a"))
                .toList());

        assertThat(FailureContrasts.of(new AccessLog(rows)).all()).isEmpty();
    }

    /** Single requests in the minutes 10 to 50. */
    private static List<Row> rows(int requests, int status, String server, String instance, String path) {
        return IntStream.range(0, requests)
                .mapToObj(i -> row(10 + i * 40 / requests, status, 1, server, instance, path))
                .toList();
    }

    private static Row row(int minute, int status, long requests, String server, String instance, String path) {
        Instant at = NOON.plusSeconds(60L * minute);
        return Row.builder()
                .from(at)
                .to(at)
                .requests(requests)
                .status(status)
                .serverStatus(OptionalInt.of(status))
                .errorInfo(status == 502 ? ErrorInfo.CLOSED_CONNECTION : ErrorInfo.NO_ERROR)
                .listener("l")
                .rule("r")
                .pool("p")
                .setting("s")
                .serverAddress(server)
                .host("h.example")
                .originalHost("h.example")
                .path(path)
                .instance(instance)
                .build();
    }
}
