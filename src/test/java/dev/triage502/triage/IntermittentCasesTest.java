package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Some requests of a pool fail and most are served: what sets them apart is found, and nothing where nothing does. */
class IntermittentCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases-intermittent");

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRootCauseIsTheOneThatWasWrittenDownFirst(Path folder) {
        RecordedCase recorded = CaseFolder.read(folder);

        assertThat(report(recorded).document().rootCause())
                .isEqualTo(recorded.expected().orElseThrow().rootCause());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        depot-fourth-of-five            | server       | 10.41.6.7:8080
        tickets-one-old-build           | server       | 10.52.3.5:8080
        meter-readings-one-in-four      | instance     | appgw_2
        payroll-annual-report           | path         | /reports/annual
        survey-plans-over-ten-megabytes | requestSize  | 10 MB or more
        franchise-one-of-four-shops     | host         | east.trade.example
        loans-post-after-a-pause        | method       | POST
        scanners-of-the-old-model       | clientTls    | TLSv1.2
        kiosk-three-restarts            | minute       | 2027-03-23T11:44:00Z
        """)
    void whatSetsTheFailuresApartIsFoundFirst(String name, String dimension, String value) {
        Report report = report(CaseFolder.read(CASES.resolve(name)));

        JsonObject first =
                report.document().json().getAsJsonArray("differences").get(0).getAsJsonObject();
        assertThat(first.get("dimension").getAsString()).isEqualTo(dimension);
        List<String> values = new ArrayList<>();
        for (JsonElement each : first.getAsJsonArray("values")) {
            values.add(each.getAsString());
        }
        assertThat(values).contains(value);
        assertThat(patterns(report)).isBetween(1L, 2L);
    }

    @ParameterizedTest
    @CsvSource({"archive-here-and-there", "parcels-most-on-one-server", "census-one-busy-instance"})
    void whereNothingDiffersNothingIsSaidToDiffer(String name) {
        Report report = report(CaseFolder.read(CASES.resolve(name)));

        assertThat(report.document().json().has("differences")).isFalse();
        assertThat(patterns(report)).isZero();
    }

    @Test
    void aGatewayInstanceThatAloneFailsIsNamedInTheHeadlineAndInTheFirstStep() {
        Report report = report(CaseFolder.read(CASES.resolve("meter-readings-one-in-four")));

        assertThat(report.headline()).contains("gateway instance appgw_2");
        assertThat(report.section(Report.Kind.FIRST).rows().get(0).text()).contains("gateway instance appgw_2");
    }

    private static long patterns(Report report) {
        return report.section(Report.Kind.IMPACT).rows().stream()
                .filter(row -> row.label().equals("Pattern"))
                .count();
    }

    private static Report report(RecordedCase recorded) {
        return new Triage()
                .report(recorded.incident(), recorded.documents(), RunInfo.replay(recorded.incident(), recorded.id()));
    }
}
