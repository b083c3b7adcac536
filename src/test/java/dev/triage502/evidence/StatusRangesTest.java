package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200-399 | 200 | true",
                "200-399 | 399 | true",
                "200-399 | 199 | false",
                "200-399 | 400 | false",
                "401 | 401 | true",
                "401 | 400 | false",
                "200-299,401 | 401 | true",
                "200-299, 401 | 350 | false",
                "any | 200 | false"
            })
    void includesWhatAzuresRangesSay(String range, int status, boolean included) {
        assertThat(new StatusRanges(List.of(range)).include(status)).isEqualTo(included);
    }

    @Test
    void includesWhatAnyOfThemSays() {
        StatusRanges ranges = new StatusRanges(List.of("200-299", "404"));

        assertThat(ranges.include(404)).isTrue();
        assertThat(ranges.include(301)).isFalse();
    }
}
