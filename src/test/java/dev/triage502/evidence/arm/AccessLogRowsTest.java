package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

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

    @Test
    void anEmptyLogHasNoNewestRow() {
        assertThat(AccessLogRows.newest(row("{'NewestRow':''}"))).isEmpty();
        assertThat(AccessLogRows.newest(row("{'NewestRow':'2026-03-02T08:00:00Z'}")))
                .contains("2026-03-02T08:00:00Z");
    }
}
