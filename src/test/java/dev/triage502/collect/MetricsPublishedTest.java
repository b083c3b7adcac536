package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.FakeAzure;
import dev.triage502.azure.PublishedFacts;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each metric is asked for with aggregations and dimensions that the published page says it has. */
@Timeout(60)
class MetricsPublishedTest {

    private static final String GATEWAY =
            "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    @ParameterizedTest
    @ValueSource(strings = {"Standard_v2", "WAF_Medium"})
    void isAskedForAsItIsPublished(String sku) throws IOException {
        ConcurrentLinkedQueue<Map<String, String>> asked = new ConcurrentLinkedQueue<>();
        try (FakeAzure azure = new FakeAzure(request -> {
                    if (request.path().endsWith("/Microsoft.Insights/metrics")) {
                        asked.add(request.query());
                        return FakeAzure.json("{\"value\":[]}");
                    }
                    return request.path().endsWith("/agw")
                            ? FakeAzure.json("{\"id\":\"" + GATEWAY + "\",\"properties\":{\"sku\":{\"name\":\"" + sku
                                    + "\",\"tier\":\"" + sku + "\"}}}")
                            : FakeAzure.error(404, "ResourceNotFound", "not here");
                });
                AzureAccess access = azure.access()) {
            new Investigation(access, Investigation.Options.readOnly())
                    .run(
                            Incident.alertedAt(ResourceId.of(GATEWAY), Instant.parse("2026-01-31T09:10:00Z")),
                            Duration.ofSeconds(20),
                            CollectionProgress.none());
        }

        assertThat(asked).hasSizeGreaterThan(3).allSatisfy(call -> {
            for (String metric : call.get("metricnames").split(",")) {
                assertThat(PublishedFacts.aggregations(metric))
                        .as(metric)
                        .containsAll(List.of(call.get("aggregation").split(",")));
                Stream.of(call.getOrDefault("$filter", "").split(" and "))
                        .filter(part -> !part.isEmpty())
                        .map(part -> part.substring(0, part.indexOf(' ')))
                        .forEach(dimension -> assertThat(PublishedFacts.dimensions(metric))
                                .as(metric)
                                .contains(dimension));
            }
        });
    }
}
