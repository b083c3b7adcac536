package dev.triage502.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameListsTest {

    @Test
    void namesFourAndCountsTheRestOfMore() {
        assertThat(NameLists.some(List.of("web-1"))).isEqualTo("web-1");
        // "and 1 more" would be longer than the name that it hides.
        assertThat(NameLists.some(List.of("web-1", "web-2", "web-3", "web-4"))).isEqualTo("web-1, web-2, web-3, web-4");
        assertThat(NameLists.some(List.of("web-1", "web-2", "web-3", "web-4", "web-5")))
                .isEqualTo("web-1, web-2, web-3 and 2 more");
    }

    @Test
    void writesMomentsToTheSecond() {
        assertThat(NameLists.time(Instant.parse("2026-03-02T08:30:17.912Z"))).isEqualTo("2026-03-02T08:30:17Z");
    }
}
