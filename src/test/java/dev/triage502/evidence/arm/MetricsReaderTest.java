package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricsReaderTest {

    private static final String HOSTS = "{'name':{'value':'UnhealthyHostCount'},'errorCode':'Success','timeseries':["
            + "{'metadatavalues':[{'name':{'value':'BackendSettingsPool'},'value':'web~set'}],'data':["
            + "{'timeStamp':'2026-03-02T08:31:00Z','average':2},{'timeStamp':'2026-03-02T08:30:00Z','average':'1'},"
            + "{'timeStamp':'2026-03-02T08:32:00Z'},{'timeStamp':'2026-03-02T08:33:00Z','average':null}]}]}";

    @Test
    void keepsOnlyPointsThatWereMeasuredInTheOrderOfTime() {
        Series series = only(read("{'value':[" + HOSTS + "]}"));
        assertThat(series.points())
                .extracting(point -> point.average().orElse(-1))
                .containsExactly(1.0, 2.0);
        assertThat(series.latest()).isEqualTo(OptionalDouble.of(2));
    }

    @Test
    void comparesDimensionNamesInLowerCase() {
        Series series = only(read("{'value':[" + HOSTS + "]}"));
        assertThat(series.dimension("BackendSettingsPool")).contains("web~set");
        assertThat(series.pool()).isEqualTo(Optional.of("web"));
        assertThat(series.setting()).isEqualTo(Optional.of("set"));
    }

    @Test
    void doesNotTakeAMetricWithoutPointsForAZero() {
        Metrics metrics = read("{'value':[{'name':{'value':'ResponseStatus'},'errorCode':'Success','timeseries':[]},"
                + "{'name':{'value':'BackendResponseStatus'},'errorCode':'InvalidSamplingType','timeseries':[]}]}");
        assertThat(metrics.clientErrors()).isEmpty();
        assertThat(metrics.backendErrors()).isEmpty();
    }

    @Test
    void joinsTheAnswersOfSeveralCalls() {
        assertThat(read("[{'value':[" + HOSTS + "]},{'value':[" + HOSTS.replace("web~", "api~") + "]}]")
                        .series())
                .extracting(series -> series.pool().orElse(""))
                .containsExactly("api", "web");
    }

    @Test
    void takesOnlyTheGatewaysOwnFromABatch() {
        String other = Json.GATEWAY.toString().replace("agw-shop", "agw-other");
        Metrics metrics = read("{'values':[{'resourceid':'" + other + "','value':[" + HOSTS.replace("web~", "other~")
                + "]},{'resourceid':'" + Json.GATEWAY.key() + "','value':[" + HOSTS + "]}]}");
        assertThat(only(metrics).pool()).contains("web");
    }

    private static Series only(Metrics metrics) {
        assertThat(metrics.series()).hasSize(1);
        return metrics.series().get(0);
    }

    private static Metrics read(String document) {
        Reading<Metrics> reading = Json.read(Source.METRICS, document).metrics();
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
