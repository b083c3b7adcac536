package dev.triage502.deliver;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import dev.triage502.report.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ticket system gets for four kinds of reports, whole, as {@code replay --format} prints it. */
class TicketGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"jira", "pagerduty", "github", "azuredevops", "servicenow"})
    void isATicket(String format) {
        for (String kind : List.of("confirmed", "likely", "insufficient", "recovered")) {
            ReportNotice notice = ExampleNotices.ofEachKind().get(kind);
            String ticket = Channels.previews().get(format).apply(notice);
            Golden.compare(format + "-" + kind + ".json", pretty(ticket));
        }
    }

    private static String pretty(String json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(JsonParser.parseString(json))
                + "\n";
    }
}
