package dev.triage502.azure.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the queries' stand-in keeps to the language's reference where a wrong query would show. */
class KustoEngineTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static KustoEngine.Table run(String query) {
        Map<String, @Nullable Object> site = new LinkedHashMap<>();
        site.put("name", "app");
        site.put("properties", JsonParser.parseString("{'hosts':[],'names':['a','B'],'port':443}"));
        KustoEngine.Table sites = KustoEngine.Table.of(List.of("name", "properties"), List.of(site));
        return KustoEngine.run(query, Map.of("sites", sites), NOW);
    }

    @Test
    void anEmptyArrayLeavesNoRowAndNothingLeavesOne() {
        assertThat(run("sites | mv-expand Host = properties.hosts").rows()).isEmpty();
        assertThat(run("sites | mv-expand Host = properties.none").rows()).hasSize(1);
        assertThat(run("sites | mv-expand Name = properties.names | where tostring(Name) in~ ('b')")
                        .rows())
                .hasSize(1);
    }

    @Test
    void aColumnThatIsNotThereIsRefusedAndMayBeAskedFor() {
        assertThatThrownBy(() -> run("sites | project Missing"))
                .isInstanceOf(KustoEngine.Refused.class)
                .hasMessageContaining("Failed to resolve scalar expression named 'Missing'");
        assertThat(run("sites | project M = column_ifexists(\"Missing\", \"none\")")
                        .rows())
                .containsExactly(Map.of("M", "none"));
    }

    @Test
    void aFuzzyUnionForgivesATableButNotAColumn() {
        assertThat(run("union isfuzzy=true (sites | project name), (other | project name)")
                        .rows())
                .hasSize(1);
        assertThatThrownBy(() -> run("union isfuzzy=true (sites | project Missing), (other | project name)"))
                .isInstanceOf(KustoEngine.Refused.class);
    }

    @Test
    void aFunctionOfTheWindowNeedsAnOrder() {
        assertThatThrownBy(() -> run("sites | extend N = row_number()")).isInstanceOf(KustoEngine.Refused.class);
        assertThat(run("sites | order by name asc | extend N = row_number()")
                        .rows()
                        .get(0))
                .containsEntry("N", 1L);
    }

    @Test
    void percentilesAreWeighted() {
        String rows = "let A = print v = 1, n = 9; let B = print v = 5, n = 1; union A, B | summarize "
                + "M = percentilew(v, n, 50), P = percentilew(v, n, 95), S = sum(n), C = count()";
        assertThat(run(rows).rows().get(0))
                .containsEntry("M", 1L)
                .containsEntry("P", 5L)
                .containsEntry("S", 10L)
                .containsEntry("C", 2L);
    }
}
