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

    @Test
    void failuresThatHaveEndedHaveATimeFromAndTo() {
        assertThat(impact("2026-03-02T09:02:00Z", "2026-03-02T09:40:00Z"))
                .contains("From: 09:02 to 09:40 UTC, 38 min")
                .contains("Failed: 40 of 50 requests");
        assertThat(impact("2026-03-02T09:02:00Z", "2026-03-02T09:59:00Z"))
                .contains("Since: 09:02 UTC, 58 min, still failing");
    }

    private static List<String> impact(String since, String until) {
        JsonObject host = new JsonObject();
        host.addProperty("host", "a.example");
        host.addProperty("failedRequests", 40);
        host.addProperty("totalRequests", 50);
        JsonArray byHost = new JsonArray();
        byHost.add(host);
        JsonObject impact = new JsonObject();
        impact.addProperty("failedRequests", 40);
        impact.addProperty("totalRequests", 50);
        impact.addProperty("since", since);
        impact.addProperty("until", until);
        impact.add("byHost", byHost);
        JsonObject json = new JsonObject();
        json.add("impact", impact);
        return new IncidentCourse(json, "2026-03-02T10:00:00Z", 3)
                .impact().stream().map(row -> row.label() + ": " + row.text()).toList();
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
