package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.Report.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentCourseTest {

    private static final String RULE = "ops@example.com changed NSG rule deny of nsg-app";

    @Test
    void aChangeIsASentenceWithItsTime() {
        assertThat(changes(change("2026-03-02T09:02:31Z", RULE), Set.of())).containsExactly(RULE + " at 09:02 UTC.");
        assertThat(changes(change("2026-03-01T09:02:31Z", RULE), Set.of()))
                .containsExactly(RULE + " on 1 Mar 09:02 UTC.");
        assertThat(changes(change("2026-03-02T09:02:31Z", "ops failed to change gateway agw (Conflict)"), Set.of()))
                .containsExactly("ops failed to change gateway agw at 09:02 UTC (Conflict).");
    }

    @Test
    void aChangeThatTheEvidenceNamesIsNotNamedAgain() {
        JsonObject change = change("2026-03-02T09:02:31Z", RULE);

        assertThat(changes(change, Set.of("2026-03-02T09:02:31Z"))).isEmpty();
    }

    private static List<String> changes(JsonObject change, Set<String> named) {
        JsonArray changes = new JsonArray();
        changes.add(change);
        JsonObject json = new JsonObject();
        json.add("changes", changes);
        return new IncidentCourse(json, "2026-03-02T10:00:00Z", 3)
                .changes(named).stream().map(Row::text).toList();
    }

    private static JsonObject change(String at, String text) {
        JsonObject change = new JsonObject();
        change.addProperty("at", at);
        change.addProperty("text", text);
        change.addProperty("what", "Microsoft.Network/networkSecurityGroups/securityRules/write");
        return change;
    }
}
