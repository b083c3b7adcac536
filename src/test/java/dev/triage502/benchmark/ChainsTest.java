package dev.triage502.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.ResourceId;
import dev.triage502.local.PretendAzure.Exchange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainsTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/rg/providers/";
    private static final String GATEWAY = GROUP + "Microsoft.Network/applicationGateways/agw";
    private static final String NETWORK = GROUP + "Microsoft.Network/virtualNetworks/vnet";
    private static final String GROUP_OF_RULES = GROUP + "Microsoft.Network/networkSecurityGroups/nsg";

    private static final String OPERATION = "/subscriptions/s/providers/Microsoft.Network/locations/x/operations/"
            + "0f0e0d0c-0b0a-0908-0706-050403020100?api-version=1";

    private static Exchange call(String target, String body, int retryAfter, String answer, int from, int to) {
        return new Exchange(
                body.isEmpty() ? "GET" : "POST",
                target,
                body,
                Duration.ofSeconds(retryAfter),
                retryAfter > 0 ? OPERATION : "",
                answer.replace('\'', '"'),
                from * 1_000_000L,
                to * 1_000_000L);
    }

    private static final Exchange FIRST = call(
            GATEWAY + "?api-version=1", "", 0, "{'id':'" + GATEWAY + "','subnet':'" + NETWORK + "/subnets/x'}", 0, 200);

    private static Duration slowest(Exchange... calls) {
        return new Chains(List.of(calls), ResourceId.of(GATEWAY)).slowest().way();
    }

    @Test
    void aCallNeedsTheAnswerThatFirstNamedWhatItAsksFor() {
        Exchange network = call(NETWORK + "?api-version=1", "", 0, "{'nsg':'" + GROUP_OF_RULES + "'}", 210, 410);
        Exchange rules = call(GROUP_OF_RULES + "?api-version=1", "", 0, "{}", 500, 600);

        assertThat(slowest(FIRST, network, rules)).hasMillis(500);
    }

    @Test
    void aCallThatWaitedForNoReasonCountsAsIfItHadNot() {
        Exchange network = call(NETWORK + "?api-version=1", "", 0, "{}", 210, 410);
        Exchange metrics = call(GATEWAY + "/providers/Microsoft.Insights/metrics?x=1", "", 0, "{}", 420, 500);

        assertThat(slowest(FIRST, network, metrics)).hasMillis(400);
    }

    @Test
    void aQueryNeedsTheAnswerThatFirstHeldItsValues() {
        Exchange network = call(NETWORK + "?api-version=1", "", 0, "{'ip':'10.0.0.4'}", 210, 410);
        Exchange query = call("/resources?x=1", "{\"query\":\"where a in ('10.0.0.4')\"}", 0, "{}", 500, 600);

        assertThat(slowest(FIRST, network, query)).hasMillis(500);
    }

    @Test
    void pollsFollowOneAnotherAfterThePauseAskedForAsFarAsItWasKept() {
        Exchange begun = call(GATEWAY + "/backendhealth?api-version=1", "{}", 1, "", 210, 310);
        Exchange once = call(OPERATION, "", 1, "{}", 320, 420);
        Exchange twice = call(OPERATION, "", 0, "{}", 1520, 1620);

        assertThat(slowest(FIRST, begun, once, twice)).hasMillis(200 + 100 + 10 + 100 + 1000 + 100);
    }

    @Test
    void aPageFollowsThePageBefore() {
        Exchange one = call("/values?api-version=1&$filter=a%20b", "", 0, "{}", 210, 310);
        Exchange two = call("/values?%24filter=a%20b&%24skiptoken=100&api-version=1", "", 0, "{}", 320, 420);

        assertThat(slowest(FIRST, one, two)).hasMillis(400);
    }
}
