package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.HostTraffic.Point;
import dev.triage502.evidence.LastServed;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficCountsReaderTest {

    private static final String ROWS = "'value':[{'TimeGenerated':'2026-03-02T08:30:00Z','HttpStatus':502}]";
    private static final String COUNT =
            "{'BackendPoolName':'p','Dimension':'server','Value':'10.0.0.4:80','Failed':7,'Served':120,'Values':1}";
    private static final String POINT = "{'TimeGenerated':'2026-03-02T08:30:00Z','Host':'Shop.example','Requests':40,"
            + "'FailedByGateway':3,'FailedByBackend':2,'TimeTakenP95':1.25,'Minutes':1}";

    @Test
    void readsWhatWasCountedBesideTheRows() {
        AccessLog log = read("{" + ROWS + ",'dimensions':[" + COUNT
                + ",{'BackendPoolName':'p','Dimension':'httpVersion','Value':'*','Failed':'0','Served':'9','Values':'4'}"
                + ",{'BackendPoolName':'p','Dimension':'path','Value':'/a?token=1','Failed':1,'Served':0}"
                + "],'minutes':[" + POINT + "]}");

        assertThat(log.rows()).hasSize(1);
        assertThat(log.dimensions().toOptional().orElseThrow().counts())
                .containsExactly(
                        new Count("p", RequestDimension.SERVER, "10.0.0.4:80", 7, 120, 1),
                        new Count("p", RequestDimension.HTTP_VERSION, "*", 0, 9, 4),
                        new Count("p", RequestDimension.PATH, "/a", 1, 0, 1));
        assertThat(log.byHost().toOptional().orElseThrow().points())
                .containsExactly(new Point(
                        Instant.parse("2026-03-02T08:30:00Z"),
                        Duration.ofMinutes(1),
                        "shop.example",
                        40,
                        3,
                        2,
                        OptionalDouble.of(1.25)));
    }

    @Test
    void whatWasNotAskedForIsNotCollectedAndWhatWasRefusedSaysWhy() {
        AccessLog rowsAlone = read("[{'TimeGenerated':'2026-03-02T08:30:00Z','HttpStatus':502}]");
        assertThat(rowsAlone.dimensions()).isEqualTo(Reading.notCollected(Source.ACCESS_LOG));
        assertThat(rowsAlone.byHost()).isEqualTo(Reading.notCollected(Source.ACCESS_LOG));

        AccessLog refused = read("{" + ROWS + ",'dimensions':[],'unread':{'minutes':"
                + "{'code':'ThrottledError','message':'too many queries [status 429]'}}}");
        assertThat(refused.dimensions().isPresent()).isTrue();
        assertThat(refused.byHost().unread().orElseThrow().detail()).contains("too many queries");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'BackendPoolName':'p','Dimension':'weather','Value':'x','Failed':1,'Served':1}",
                "{'BackendPoolName':'p','Dimension':'server','Value':'x','Failed':'many','Served':1}",
                "{'BackendPoolName':'p','Dimension':'server','Value':'x','Failed':-1,'Served':1}",
                "{'BackendPoolName':'p','Dimension':'server','Value':'x','Failed':1e300,'Served':1}",
                "{'BackendPoolName':'p','Dimension':'server','Failed':1,'Served':1}",
                "{'BackendPoolName':'p','Dimension':'minute','Value':'noon','Failed':1,'Served':1}",
                "17",
                "null"
            })
    void aBadCountCostsItselfAndIsListed(String bad) {
        Evidence evidence = evidence("{" + ROWS + ",'dimensions':[" + bad + "," + COUNT + "]}");
        AccessLog log = evidence.accessLog().toOptional().orElseThrow();

        assertThat(log.rows()).hasSize(1);
        assertThat(log.dimensions().toOptional().orElseThrow().counts()).hasSize(1);
        assertThat(evidence.lost()).containsKey(Source.ACCESS_LOG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Host':'h','Requests':1,'FailedByGateway':0,'FailedByBackend':0}",
                "{'TimeGenerated':'2026-03-02T08:30:00Z','Host':'h','FailedByGateway':0,'FailedByBackend':0}",
                "{'TimeGenerated':'2026-03-02T08:30:00Z','Host':'h','Requests':1,'FailedByGateway':1,'FailedByBackend':1}",
                "{'TimeGenerated':'2026-03-02T08:30:00Z','Host':'h','Requests':1,'FailedByGateway':0,"
                        + "'FailedByBackend':0,'Minutes':0}",
                "[]"
            })
    void aBadMinuteCostsItselfAndIsListed(String bad) {
        Evidence evidence = evidence("{" + ROWS + ",'minutes':[" + POINT + "," + bad + "]}");

        assertThat(evidence.accessLog()
                        .toOptional()
                        .orElseThrow()
                        .byHost()
                        .toOptional()
                        .orElseThrow()
                        .points())
                .hasSize(1);
        assertThat(evidence.lost()).containsKey(Source.ACCESS_LOG);
    }

    @Test
    void aPartThatIsNoListIsUnreadAndTheRowsStay() {
        AccessLog log = read("{" + ROWS + ",'dimensions':{'server':7}}");

        assertThat(log.rows()).hasSize(1);
        assertThat(log.dimensions().unread().orElseThrow().why()).isEqualTo(Why.MALFORMED);
    }

    @Test
    void minutesOutsideTheWindowDoNotCount() {
        AccessLog log = read("{" + ROWS + ",'minutes':[" + POINT + ","
                + POINT.replace("2026-03-02T08:30", "2026-03-01T08:30") + "]}");

        assertThat(log.byHost().toOptional().orElseThrow().points()).hasSize(1);
    }

    @Test
    void untilWhenServersAnsweredIsReadFromBeforeTheWindow() {
        Evidence evidence = evidence("{" + ROWS + ",'servedBefore':["
                + "{'BackendPoolName':'p','ServerRouted':'10.0.0.4:80','LastServed':'2026-03-01T20:00:00Z','Requests':9},"
                + "{'BackendPoolName':'p','ServerRouted':'10.0.0.5:80','LastServed':'2026-03-02T08:30:00Z','Requests':9},"
                + "{'BackendPoolName':'p','ServerRouted':'','LastServed':'2026-03-01T20:00:00Z','Requests':9},"
                + "{'BackendPoolName':'p','ServerRouted':'10.0.0.4:80','LastServed':'yesterday','Requests':9}]}");

        assertThat(evidence.accessLog().toOptional().orElseThrow().servedBefore())
                .isEqualTo(Reading.present(
                        List.of(new LastServed("p", "10.0.0.4", Instant.parse("2026-03-01T20:00:00Z"), 9))));
        assertThat(evidence.lost()).containsKey(Source.ACCESS_LOG);
        assertThat(read("{" + ROWS + "}").servedBefore()).isEqualTo(Reading.notCollected(Source.ACCESS_LOG));
    }

    private static Evidence evidence(String document) {
        return Json.read(Source.ACCESS_LOG, document);
    }

    private static AccessLog read(String document) {
        return evidence(document).accessLog().toOptional().orElseThrow();
    }
}
