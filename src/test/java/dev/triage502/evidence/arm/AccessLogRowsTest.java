package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogRowsTest {

    private static JsonObject row(String json) {
        return (JsonObject) Json.of(json);
    }

    @Test
    void aRowWith5xxFailedWhetherTheStatusIsANumberOrAText() {
        assertThat(AccessLogRows.isFailed(row("{'HttpStatus':502}"))).isTrue();
        assertThat(AccessLogRows.isFailed(row("{'HttpStatus':'504'}"))).isTrue();
        assertThat(AccessLogRows.isFailed(row("{'HttpStatus':200}"))).isFalse();
        assertThat(AccessLogRows.isFailed(row("{'HttpStatus':null}"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | [{'HttpStatus':502,'BackendPoolName':'p','ServerRouted':'10.0.0.4:80'}]",
                "true  | [{'HttpStatus':502,'BackendPoolName':'p','ServerRouted':'10.0.0.4:80'},"
                        + "{'HttpStatus':200,'BackendPoolName':'p','ServerRouted':'10.0.0.5:80'}]",
                "true  | [{'HttpStatus':502,'BackendPoolName':'p'},"
                        + "{'HttpStatus':200,'BackendPoolName':'other','ServerRouted':'10.0.0.4:80'}]",
                "true  | [{'HttpStatus':502,'BackendPoolName':'p'},{'HttpStatus':301,'BackendPoolName':'p'}]",
                "false | [{'HttpStatus':502,'BackendPoolName':'P','ServerRouted':'10.0.0.5:80, 10.0.0.4:80'},"
                        + "{'HttpStatus':'404','BackendPoolName':'p','ServerRouted':'10.0.0.4:80'}]",
                "false | [{'HttpStatus':502,'BackendPoolName':'p'},"
                        + "{'HttpStatus':200,'BackendPoolName':'p','ServerRouted':'10.0.0.4:80'}]",
                "false | [{'HttpStatus':200,'BackendPoolName':'p','ServerRouted':'10.0.0.4:80'}]",
                "false | []"
            })
    void onlyFailsWhatTheRowsShowNoAnswerOf(boolean only, String rows) {
        assertThat(AccessLogRows.anyOnlyFails((JsonArray) Json.of(rows))).isEqualTo(only);
    }

    @Test
    void anEmptyLogHasNoNewestRow() {
        assertThat(AccessLogRows.newest(row("{'NewestRow':''}"))).isEmpty();
        assertThat(AccessLogRows.newest(row("{'NewestRow':'2026-03-02T08:00:00Z'}")))
                .contains("2026-03-02T08:00:00Z");
    }
}
