package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.Report.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Long texts and lists are cut so that what is left reads well. */
class EvidenceGapsTest {

    @Test
    void aQuoteThatIsCutIsClosed() {
        String words =
                "Resource Health reports for agw-shop: \"There aren't any known Azure platform problems affecting"
                        + " this Application Gateway.\"";

        assertThat(ruledOut(words, 1).get(0).text())
                .isEqualTo("Resource Health reports for agw-shop: \"There aren't any known Azure platform problems"
                        + " affecting this…\"");
    }

    @Test
    void ofLongListsTheFirstAreNamed() {
        List<Row> rows = ruledOut("", 8);

        assertThat(rows).extracting(Row::label).containsExactly("c-1", "c-2", "");
        assertThat(rows.get(2).text()).isEqualTo("Also c-3, c-4, c-5 and 3 more (reasons in the JSON).");
    }

    private static List<Row> ruledOut(String because, int how) {
        JsonArray all = new JsonArray();
        for (int i = 1; i <= how; i++) {
            JsonObject one = new JsonObject();
            one.addProperty("id", "c-" + i);
            one.addProperty("because", because.isEmpty() ? "reason " + i : because);
            all.add(one);
        }
        JsonObject json = new JsonObject();
        json.add("ruledOut", all);
        return new EvidenceGaps(json, 3).ruledOut();
    }
}
