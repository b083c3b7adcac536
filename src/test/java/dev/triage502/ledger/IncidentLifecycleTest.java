package dev.triage502.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of the machine itself; {@code -Ddocs.update} writes it into the docs. */
class IncidentLifecycleTest {

    private static final Path PAGE = Path.of("docs", "operating.md");
    private static final String BEGIN = "<!-- life: begin -->\n";
    private static final String END = "<!-- life: end -->\n";

    @Test
    void eachEventLeadsFromAStateToOnePlace() {
        Set<String> seen = new HashSet<>();
        IncidentLifecycle.TABLE.forEach(row -> row.from()
                .forEach(from -> assertThat(seen.add(from + " " + row.event())).isTrue()));
    }

    @Test
    void everyStateIsReachedAndLeadsToTheEnd() {
        for (LifeState state : LifeState.values()) {
            Set<LifeState> reached = new HashSet<>(Set.of(state));
            boolean more = true;
            while (more) {
                more = IncidentLifecycle.TABLE.stream()
                        .filter(row -> row.from().stream().anyMatch(reached::contains))
                        .map(row -> reached.add(row.to()))
                        .reduce(false, Boolean::logicalOr);
            }
            assertThat(reached).as(state.id()).contains(LifeState.CLOSED, LifeState.FLAPPING, LifeState.RECOVERED);
        }
    }

    @Test
    void theDocsShowTheTable() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if (System.getProperty("docs.update") != null) {
            Files.writeString(PAGE, page.substring(0, from) + IncidentLifecycle.markdown() + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to)).isEqualTo(IncidentLifecycle.markdown());
    }
}
