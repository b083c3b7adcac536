package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEndingTest {

    @ParameterizedTest
    @CsvSource({
        "502, ERRORINFO_UPSTREAM_NO_LIVE, '', '', NO_SERVER",
        "504, ERRORINFO_UPSTREAM_TIMED_OUT, 10.0.2.4:80, '', TIMED_OUT",
        "502, ERRORINFO_UPSTREAM_CLOSED_CONNECTION, 10.0.2.4:80, '', CLOSED",
        "502, ERRORINFO_NO_ERROR, 10.0.2.4:80, 502, ANSWERED",
        "500, '', 10.0.2.4:80, 500, ANSWERED",
        "502, ERRORINFO_NO_ERROR, 10.0.2.4:80, 200, ANSWERED",
        "502, '', 10.0.2.4:80, '', UNKNOWN",
        "502, '', '', '', NO_SERVER",
    })
    void isWhatTheLogTells(int status, String error, String server, String serverStatus, RequestEnding ending) {
        Row row = Scene.web()
                .requests(
                        5,
                        1,
                        status,
                        "{'ErrorInfo':'" + error + "','ServerRouted':'" + server + "','ServerStatus':'" + serverStatus
                                + "'}")
                .evidence()
                .accessLog()
                .toOptional()
                .orElseThrow()
                .rows()
                .get(0);

        assertThat(RequestEnding.of(row)).isEqualTo(ending);
    }
}
