package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Azure Monitor's metrics over HTTP: what a request asks for is what it gets, and a wrong request gets nothing. */
class MetricsApiTest {

    private static final String RECORDED = """
        {"value":[{"name":{"value":"ResponseStatus"},"unit":"Count","timeseries":[
          {"metadatavalues":[{"name":{"value":"httpstatusgroup"},"value":"5xx"}],"data":[
            {"timeStamp":"2024-02-20T05:00:00Z","total":7},{"timeStamp":"2024-02-20T05:01:00Z","total":9}]},
          {"metadatavalues":[{"name":{"value":"httpstatusgroup"},"value":"2xx"}],"data":[
            {"timeStamp":"2024-02-20T05:00:00Z","total":100},{"timeStamp":"2024-02-20T06:30:00Z","total":1}]}]},
         {"name":{"value":"HealthyHostCount"},"unit":"Count","timeseries":[
          {"metadatavalues":[],"data":[{"timeStamp":"2024-02-20T05:00:00Z","average":1.5}]}]}]}\
        """;

    private Azure azure;

    @BeforeEach
    void start() throws Exception {
        azure = Azure.of("batch-portal-night", Source.METRICS, RECORDED);
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private HttpResponse<String> ask(String query) throws Exception {
        return azure.get(azure.gateway() + "/providers/Microsoft.Insights/metrics?api-version=2024-02-01"
                + "&timespan=2024-02-20T05:00:00Z/2024-02-20T06:00:00Z&" + query);
    }

    private static JsonArray series(HttpResponse<String> answer) {
        JsonObject metric = Azure.json(answer)
                .getAsJsonObject()
                .getAsJsonArray("value")
                .get(0)
                .getAsJsonObject();
        return metric.getAsJsonArray("timeseries");
    }

    @Test
    void splitsByADimensionWhenAsked() throws Exception {
        JsonArray series = series(
                ask("metricnames=ResponseStatus&aggregation=Total&$filter=" + Azure.encoded("HttpStatusGroup eq '*'")));

        assertThat(series).hasSize(2);
        assertThat(series.toString()).contains("5xx", "2xx").doesNotContain("06:30");
    }

    @Test
    void givesOnlyTheValueAskedFor() throws Exception {
        JsonArray series = series(ask(
                "metricnames=ResponseStatus&aggregation=Total&$filter=" + Azure.encoded("HttpStatusGroup eq '5XX'")));

        assertThat(series).hasSize(1);
        assertThat(series.toString()).contains("5xx").doesNotContain("2xx");
    }

    @Test
    void addsUpSeriesWithoutAFilterAndMinutesInALongerInterval() throws Exception {
        JsonArray series = series(ask("metricnames=ResponseStatus&aggregation=Total&interval=PT5M"));

        assertThat(series).hasSize(1);
        assertThat(series.toString()).contains("\"total\":116.0");
    }

    @Test
    void refusesAMetricAloneThatLacksTheAggregation() throws Exception {
        HttpResponse<String> answer = ask("metricnames=HealthyHostCount&aggregation=Maximum");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(series(answer)).isEmpty();
        assertThat(answer.body()).contains("InvalidSamplingType");
    }

    @Test
    void givesNoSeriesOfAMetricThatHadNothingToCount() throws Exception {
        assertThat(series(ask("metricnames=CapacityUnits&aggregation=Average"))).isEmpty();
    }

    @Test
    void refusesWhatAzureMonitorRefuses() throws Exception {
        assertRefused("metricnames=NoSuchMetric", "Failed to find metric configuration");
        assertRefused("metricnames=ResponseStatus&interval=PT2M", "Detected invalid time grain input");
        assertRefused("metricnames=ResponseStatus&aggregation=Median", "Invalid aggregation");
        assertRefused(
                "metricnames=CapacityUnits&$filter=" + Azure.encoded("HttpStatusGroup eq '*'"),
                "does not support requested dimension");
        assertRefused(
                "metricnames=BackendResponseStatus&$filter="
                        + Azure.encoded("HttpStatusGroup eq '5xx' or BackendPool eq '*'"),
                "Invalid filter");
    }

    @Test
    void takesADimensionThatOnlySomeOfTheMetricsHaveWhenTold() throws Exception {
        HttpResponse<String> answer =
                ask("metricnames=ResponseStatus,HealthyHostCount&ValidateDimensions=false&aggregation=Average&$filter="
                        + Azure.encoded("HttpStatusGroup eq '5xx'"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("1.5").doesNotContain("2xx");
    }

    private void assertRefused(String query, String words) throws Exception {
        HttpResponse<String> answer = ask(query);
        assertThat(answer.statusCode()).as(query).isEqualTo(400);
        assertThat(Azure.errorCode(answer)).isEqualTo("BadRequest");
        assertThat(answer.body()).contains(words);
    }
}
