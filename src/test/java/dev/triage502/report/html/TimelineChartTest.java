package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentTimeline;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TimelineChartTest {

    private static final Instant FROM = Instant.parse("2026-03-02T08:00:00Z");

    private record Place(double x, double y) {

        boolean touches(Place other) {
            return Math.abs(x - other.x) < 7 && Math.abs(y - other.y) < 20;
        }
    }

    /** On a phone seven percent of the width are as much as a mark is wide. */
    @Test
    void marksOfOneMomentStandUnderOneAnother() {
        List<Place> marks = marks(drawn(30, 30, 31, 32));

        assertThat(marks).as("the onset, the alert and four changes").hasSize(6);
        for (int i = 0; i < marks.size(); i++) {
            for (Place other : marks.subList(i + 1, marks.size())) {
                assertThat(marks.get(i).touches(other)).as(marks + "").isFalse();
            }
        }
    }

    @Test
    void marksThatAreApartStandInOneRow() {
        assertThat(marks(drawn(5, 40))).extracting(Place::y).containsOnly(12.0);
    }

    @Test
    void largeCountsAreShort() {
        assertThat(List.of(0L, 9_000L, 10_000L, 150_000L, 3_000_000L))
                .extracting(TimelineChart::count)
                .containsExactly("0", "9,000", "10k", "150k", "3000k");
    }

    private static List<Place> marks(String plot) {
        return Pattern.compile("<svg x=\"([\\d.]+)%\" y=\"([\\d.]+)\"")
                .matcher(plot)
                .results()
                .map(each -> new Place(Double.parseDouble(each.group(1)), Double.parseDouble(each.group(2))))
                .toList();
    }

    /** The chart of an hour, with changes in these minutes, the onset in minute 20 and the alert in minute 55. */
    private static String drawn(int... changes) {
        JsonObject json = JsonParser.parseString("""
            {"schema": "triage502/diagnosis/v1", "window": {"from": "2026-03-02T08:00:00Z", "to": "2026-03-02T09:00:00Z"},
             "impact": {"since": "2026-03-02T08:20:00Z"}, "alertedAt": "2026-03-02T08:55:00Z"}
            """).getAsJsonObject();
        JsonArray changed = new JsonArray();
        for (int minute : changes) {
            JsonObject change = new JsonObject();
            change.addProperty("at", FROM.plusSeconds(60L * minute).toString());
            change.addProperty("text", "someone changed something in minute " + minute);
            changed.add(change);
        }
        json.add("changes", changed);
        JsonArray minutes = new JsonArray();
        for (int i = 0; i < 60; i++) {
            JsonObject minute = new JsonObject();
            minute.addProperty("at", FROM.plusSeconds(60L * i).toString());
            minute.addProperty("requests", 9);
            minutes.add(minute);
        }
        JsonObject timeline = new JsonObject();
        timeline.add("minutes", minutes);
        json.add("timeline", timeline);
        return new TimelineChart(IncidentTimeline.of(DiagnosisDocument.read(json)))
                .drawing()
                .plot();
    }
}
