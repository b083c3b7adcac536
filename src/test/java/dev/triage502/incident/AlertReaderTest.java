package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.Alert.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertReaderTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-edge"
                    + "/providers/Microsoft.Network/applicationGateways/agw-prod");
    private static final Instant FIRED = Instant.parse("2026-03-02T08:14:31.2345678Z");

    @ParameterizedTest
    @CsvSource({
        "metric-static-fired,          agw-prod-5xx,             2026-03-02T08:14:31.2345678Z",
        "metric-dynamic-fired,         agw-prod-slow-backend,    2026-03-02T08:16:40.5Z",
        "metric-unhealthy-hosts-fired, agw-prod-unhealthy-hosts, 2026-03-02T08:13:02.1Z",
        "log-v2-fired,                 agw-502-by-pool,          2026-03-02T08:12:11Z",
        "resource-health,              agw-resource-health,      2026-03-02T08:03:44Z",
        "legacy-metric,                agw-prod-5xx,             2026-03-02T08:14:31.2345678Z",
        "legacy-activity-log, Microsoft.Network/applicationGateways/write, 2026-03-02T08:02:11.1Z",
    })
    void opensTheHourBeforeTheAlertOfTheGatewayThatItNames(String sample, String rule, Instant firedAt)
            throws Exception {
        AlertBatch alerts = AlertReader.read(text(sample));

        assertThat(alerts.ignored()).isEmpty();
        Alert alert = alerts.alerts().get(0);
        assertThat(alerts.alerts()).hasSize(1);
        assertThat(alert.gateway()).isEqualTo(GATEWAY);
        assertThat(alert.rule().name()).isEqualTo(rule);
        assertThat(alert.condition()).isEqualTo(Condition.FIRED);
        Incident hour = Incident.alertedAt(alert.gateway(), firedAt);
        assertThat(alert.incident())
                .isEqualTo(new Incident(
                        alert.incident().id(),
                        hour.gateway(),
                        hour.from(),
                        hour.to(),
                        hour.alertedAt(),
                        alert.rule().severity()));
    }

    @ParameterizedTest
    @CsvSource({
        "metric-static-fired, 1",
        "log-v2-fired, 2",
        "legacy-metric, 1",
        "legacy-activity-log, -1",
    })
    void saysHowSeriousItsRuleTakesItToBe(String sample, int severity) throws Exception {
        Alert alert = AlertReader.read(text(sample)).alerts().get(0);

        assertThat(alert.rule().severity().orElse(-1)).isEqualTo(severity);
        assertThat(alert.incident().severity()).isEqualTo(alert.rule().severity());
        assertThat(IncidentJson.read(IncidentJson.write(alert.incident()))).isEqualTo(alert.incident());
    }

    @Test
    void resolvedBearsTheNameOfWhatFired() throws Exception {
        Alert fired = only(text("metric-static-fired"));
        Alert resolved = only(text("metric-static-resolved"));

        assertThat(resolved.condition()).isEqualTo(Condition.RESOLVED);
        assertThat(resolved.at()).isEqualTo(Instant.parse("2026-03-02T08:49:33.7654321Z"));
        assertThat(resolved.firedAt()).isEqualTo(fired.firedAt());
        assertThat(resolved.occurrence()).isEqualTo(fired.occurrence());
        assertThat(only(text("metric-unhealthy-hosts-fired")).occurrence()).isNotEqualTo(fired.occurrence());
    }

    @Test
    void resolvedOfAnOlderSchemaBearsTheNameOfWhatFired() throws Exception {
        JsonObject later = json("legacy-metric");
        JsonObject data = later.getAsJsonObject("data");
        data.addProperty("status", "Deactivated");
        data.getAsJsonObject("context").addProperty("timestamp", "2026-03-02T09:00:00Z");

        Alert resolved = only(later.toString());

        assertThat(resolved.condition()).isEqualTo(Condition.RESOLVED);
        assertThat(resolved.at()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(resolved.occurrence()).isEqualTo(only(text("legacy-metric")).occurrence());
    }

    @Test
    void looksBackAsFarAsTheRuleDidButNoMoreThanADay() throws Exception {
        JsonObject alert = json("metric-static-fired");
        JsonObject condition = context(alert).getAsJsonObject("condition");

        condition.addProperty("windowStartTime", "2026-03-02T02:00:00Z");
        Incident sixHours = only(alert.toString()).incident();
        condition.addProperty("windowStartTime", "2026-02-20T02:00:00Z");
        Incident days = only(alert.toString()).incident();

        assertThat(sixHours.from()).isEqualTo(Instant.parse("2026-03-02T02:00:00Z"));
        assertThat(sixHours.to()).isEqualTo(FIRED);
        assertThat(sixHours.id()).isEqualTo(days.id()).startsWith("agw-prod-");
        assertThat(days.from()).isEqualTo(FIRED.minus(Duration.ofDays(1)));
    }

    @Test
    void aServiceHealthAlertIsLeftAsideUnlessItNamesAGateway() throws Exception {
        assertThat(whyIgnored(text("service-health")))
                .contains("agw-service-health", "ServiceHealth", "Application Gateway in West Europe", "one gateway");

        JsonObject alert = json("service-health");
        JsonObject custom = new JsonObject();
        custom.addProperty("gateway", GATEWAY.toString());
        alert.getAsJsonObject("data").add("customProperties", custom);

        assertThat(only(alert.toString()).gateway()).isEqualTo(GATEWAY);
    }

    @Test
    void aChangeOfSomethingElseIsLeftAside() throws Exception {
        assertThat(whyIgnored(text("activity-administrative")))
                .contains("network-changed", "nsg-backend", "not about an application gateway");
    }

    @Test
    void aChangeInsideAGatewayIsFoundByItsScope() throws Exception {
        JsonObject alert = json("activity-administrative");
        context(alert)
                .getAsJsonObject("authorization")
                .addProperty("scope", GATEWAY + "/privateEndpointConnections/one");

        assertThat(only(alert.toString()).gateway()).isEqualTo(GATEWAY);
    }

    @Test
    void aChangeOfASubnetIsNotAboutTheGatewaysThatTheSubnetHolds() throws Exception {
        JsonObject alert = json("activity-administrative");
        context(alert)
                .getAsJsonObject("properties")
                .addProperty("responseBody", "{\"id\":\"" + GATEWAY + "/gatewayIPConfigurations/a\"}");

        assertThat(AlertReader.read(alert.toString()).alerts()).isEmpty();
    }

    @Test
    void aGatewayThatIsAvailableAgainOpensNothing() throws Exception {
        JsonObject alert = json("resource-health");
        context(alert).getAsJsonObject("properties").addProperty("currentHealthStatus", "Available");

        assertThat(whyIgnored(alert.toString())).contains("agw-prod is available again");
    }

    @Test
    void thePortalsTestNotificationIsLeftAside() throws Exception {
        String test = text("metric-static-fired")
                .replace("microsoft.network/applicationgateways/agw-prod", "microsoft.storage/storageaccounts/test")
                .replace("Microsoft.Network/applicationGateways", "Microsoft.Storage/storageAccounts");

        assertThat(whyIgnored(test)).contains("storageaccounts/test", "not about an application gateway");
    }

    @Test
    void aLogAlertWithoutTheGatewaySaysHowToSplitTheRule() throws Exception {
        JsonObject alert = json("log-v2-fired");
        criterion(alert).add("dimensions", new JsonArray());

        assertThat(whyIgnored(alert.toString())).contains("law-ops", "_ResourceId");
    }

    @Test
    void aLogAlertIsAboutTheOneGatewayThatItsQueryNames() throws Exception {
        JsonObject alert = json("log-v2-fired");
        criterion(alert).add("dimensions", new JsonArray());
        criterion(alert).addProperty("searchQuery", "AGWAccessLogs | where _ResourceId =~ '" + GATEWAY + "'");
        String one = alert.toString();
        criterion(alert)
                .addProperty("searchQuery", "T | where Id in~ ('" + GATEWAY + "', '" + GATEWAY + "2') | take 3");
        String two = alert.toString();

        assertThat(only(one).gateway()).isEqualTo(GATEWAY);
        assertThat(whyIgnored(two)).contains("2 gateways", "split the rule");
    }

    @Test
    void aGatewayInAnAddressIsFound() throws Exception {
        JsonObject alert = json("log-v2-fired");
        criterion(alert).add("dimensions", new JsonArray());
        criterion(alert)
                .addProperty(
                        "linkToSearchResultsAPI",
                        "https://api.example/query?query=" + GATEWAY.toString().replace("/", "%2F") + "%20x");

        assertThat(only(alert.toString()).gateway()).isEqualTo(GATEWAY);
    }

    @Test
    void severalTargetsAreSeveralAlerts() throws Exception {
        JsonObject alert = json("metric-static-fired");
        JsonArray targets = essentials(alert).getAsJsonArray("alertTargetIDs");
        targets.add(GATEWAY + "-2");
        targets.add(GATEWAY.toString().toUpperCase(Locale.ROOT));

        List<Alert> alerts = AlertReader.read(alert.toString()).alerts();

        assertThat(alerts).extracting(each -> each.gateway().name()).containsExactly("agw-prod", "agw-prod-2");
        assertThat(alerts).extracting(Alert::occurrence).doesNotHaveDuplicates();
    }

    @Test
    void aListIsReadInItsOrderAndWhatCannotBeReadIsLeftAside() throws Exception {
        String list = "[" + text("metric-static-fired") + "," + text("service-health") + ",{\"a\":1},"
                + text("metric-static-resolved") + "]";

        AlertBatch alerts = AlertReader.read(list);

        assertThat(alerts.alerts()).extracting(Alert::condition).containsExactly(Condition.FIRED, Condition.RESOLVED);
        assertThat(alerts.ignored()).hasSize(2);
        assertThat(alerts.ignored().get(1).why()).contains("[2]", "an object with a");
    }

    @Test
    void azuresLoosenessDoesNotMatter() throws Exception {
        JsonObject alert = json("metric-static-fired");
        JsonObject data = alert.getAsJsonObject("data");
        essentials(alert).addProperty("monitorCondition", "FIRED");
        essentials(alert).addProperty("severity", 1);
        essentials(alert).add("description", JsonNull.INSTANCE);
        essentials(alert).add("newField", new JsonArray());
        data.add("ESSENTIALS", new JsonPrimitive(data.remove("essentials").toString()));
        data.add("alertContext", new JsonPrimitive(data.get("alertContext").toString()));
        alert.addProperty("schemaId", "AZUREMONITORCOMMONALERTSCHEMA");

        assertThat(only("\uFEFF" + alert)).isEqualTo(only(text("metric-static-fired")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T08:14:31.2345678Z",
                "2026-03-02T08:14:31.2345678+00:00",
                "2026-03-02T09:14:31.2345678+01:00",
                "2026-03-02T08:14:31.2345678",
                "2026-03-02 08:14:31.2345678Z"
            })
    void readsTimesAsAzureWritesThem(String time) throws Exception {
        JsonObject alert = json("metric-static-fired");
        essentials(alert).addProperty("firedDateTime", time);

        assertThat(only(alert.toString()).firedAt()).isEqualTo(FIRED);
    }

    @Test
    void saysWhatWasExpectedWhereAndWhatCame() throws Exception {
        JsonObject alert = json("metric-static-fired");
        essentials(alert).addProperty("firedDateTime", "yesterday");
        assertRefused(alert.toString(), "data.essentials.firedDateTime", "2026-03-02T08:14:31Z", "\"yesterday\"");

        essentials(alert).remove("firedDateTime");
        assertRefused(alert.toString(), "data.essentials.firedDateTime", "a time", "nothing");

        essentials(alert).addProperty("monitorCondition", "Perhaps");
        assertRefused(alert.toString(), "data.essentials.monitorCondition", "Fired or Resolved", "\"Perhaps\"");

        alert.getAsJsonObject("data").addProperty("essentials", 7);
        assertRefused(alert.toString(), "data.essentials", "enable the common alert schema", "\"7\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        resourceGroups/..        | the resource group ".."
        resourceGroups/%2e%2e    | the resource group "%2e%2e"
        resourceGroups/rg%2eedge | the resource group "rg%2eedge"
        resourceGroups/rg?x      | the resource group "rg?x"
        resourceGroups/rg#x      | the resource group "rg#x"
        """)
    void refusesATargetWhoseResourceGroupWouldLeadElsewhere(String group, String came) throws Exception {
        String id = GATEWAY.toString().replaceFirst("(?i)resourceGroups/[^/]+", group);

        assertRefused(aimedAt(id), "data.essentials.alertTargetIDs", "/subscriptions/ID/resourceGroups/GROUP", came);
        assertRefused(
                text("legacy-metric").replaceAll("(?i)resourceGroups/rg-edge", group),
                "data.context.resourceId",
                "/subscriptions/ID/resourceGroups/GROUP",
                came);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agw?x", "agw#x", "agw%2eprod", "agw..%2f", ".agw", "agw.", "a'gw"})
    void refusesATargetWhoseNameAzureWouldNotGive(String name) throws Exception {
        String id = GATEWAY.toString().replaceFirst("[^/]+$", "") + name;

        assertRefused(
                aimedAt(id), "data.essentials.alertTargetIDs", "applicationGateways/NAME", "name \"" + name + "\"");
    }

    @Test
    void refusesATargetWithALongerNameThanAzureAllows() throws Exception {
        String parent = GATEWAY.toString().replaceFirst("[^/]+$", "");

        assertThat(only(aimedAt(parent + "g".repeat(80))).gateway().name()).hasSize(80);
        assertRefused(
                aimedAt(parent + "g".repeat(180)),
                "data.essentials.alertTargetIDs",
                "applicationGateways/NAME",
                "a gateway name of 180 characters, where Azure allows 80");
    }

    @Test
    void readsTheRightTargetsBesideAWrongOneAndSaysWhatIsWrong() throws Exception {
        JsonObject alert = json("metric-static-fired");
        JsonArray targets = new JsonArray();
        targets.add(GATEWAY + "?x");
        targets.add(GATEWAY.toString());
        essentials(alert).add("alertTargetIDs", targets);

        AlertBatch batch = AlertReader.read(alert.toString());

        assertThat(batch.alerts()).extracting(Alert::gateway).containsExactly(GATEWAY);
        assertThat(batch.ignored()).singleElement().asString().contains("agw-prod?x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+12026-03-02T08:14:31Z",
                "10000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59Z"
            })
    void refusesATimeThatNoIncidentCanBeAt(String time) throws Exception {
        JsonObject alert = json("metric-static-fired");
        essentials(alert).addProperty("firedDateTime", time);

        assertRefused(alert.toString(), "data.essentials.firedDateTime", "2026-03-02T08:14:31Z", time);
    }

    @Test
    void refusesWhatIsNoAlert() {
        assertRefused("", "the body", "enable the common alert schema", "Content-Length");
        assertRefused(" \n", "the body", "enable the common alert schema", "Content-Length");
        assertRefused("{\"a\":", "the body", "JSON", "{\"a\":");
        assertRefused("hello", "the body", "enable the common alert schema", "\"hello\"");
        assertRefused("[]", "the body", "a list of 1 to 1000", "an empty list");
        assertRefused("[[]]", "[0]", "enable the common alert schema", "an empty list");
        assertRefused("null", "the body", "enable the common alert schema", "null");
        assertRefused("{}", "the body", "enable the common alert schema", "an empty object");
        assertRefused(
                "{\"schemaId\":\"somethingElse\",\"data\":{\"x\":1}}",
                "the body",
                "enable the common alert schema",
                "somethingElse");
        assertRefused("[".repeat(100_000), "the body", "JSON", "[[[");
    }

    @Test
    void ignoresAnOlderSchemasAlertThatSaysTheGatewayIsAvailableAgain() throws Exception {
        JsonObject alert = json("legacy-activity-log");
        JsonObject log =
                alert.getAsJsonObject("data").getAsJsonObject("context").getAsJsonObject("activityLog");
        log.addProperty("eventSource", "ResourceHealth");
        JsonObject health = new JsonObject();
        health.addProperty("currentHealthStatus", "Available");
        log.add("properties", health);

        assertThat(whyIgnored(alert.toString())).contains("available again");

        health.addProperty("currentHealthStatus", "Unavailable");
        assertThat(AlertReader.read(alert.toString()).alerts()).hasSize(1);
    }

    @Test
    void readsTheGatewayThatStandsInTheConfigurationItemsAlone() throws Exception {
        JsonObject alert = json("log-v2-fired");
        String other = alert.toString().replaceAll("(?i)applicationGateways", "virtualMachines");
        JsonObject without = JsonParser.parseString(other).getAsJsonObject();
        JsonArray items = new JsonArray();
        items.add(GATEWAY.toString());
        without.getAsJsonObject("data").getAsJsonObject("essentials").add("configurationItems", items);

        assertThat(only(without.toString()).gateway()).isEqualTo(GATEWAY);
    }

    @Test
    void refusesAnOlderSchemaWithoutAGatewayAndSaysWhatToSet() throws Exception {
        String other = text("legacy-metric").replaceAll("(?i)applicationGateways", "virtualMachines");

        assertRefused(other, "the body", "enable the common alert schema", "virtualMachines/agw-prod");
    }

    @Test
    void readsTheRetiredLogAlertWhereItsRowsNameTheGateway() throws Exception {
        JsonObject log = JsonParser.parseString("""
            {"SubscriptionId":"s","AlertRuleName":"502s","SearchQuery":"AGWAccessLogs",
             "SearchIntervalStartTimeUtc":"2026-03-02T06:00:00Z","SearchIntervalEndtimeUtc":"2026-03-02T08:10:00Z",
             "SearchResult":{"tables":[{"columns":[{"name":"_ResourceId"}],"rows":[["%s"]]}]}}\
            """.formatted(GATEWAY)).getAsJsonObject();

        Incident incident = only(log.toString()).incident();

        assertThat(incident.gateway()).isEqualTo(GATEWAY);
        assertThat(incident.from()).isEqualTo(Instant.parse("2026-03-02T06:00:00Z"));
        assertThat(incident.to()).isEqualTo(Instant.parse("2026-03-02T08:10:00Z"));
        assertThat(only("{\"schemaId\":\"Microsoft.Insights/LogAlert\",\"data\":" + log + "}"))
                .isEqualTo(only(log.toString()));
    }

    @Test
    void aBudgetNotificationIsLeftAside() throws Exception {
        assertThat(whyIgnored("{\"schemaId\":\"AIP Budget Notification\",\"data\":{\"SubscriptionName\":\"x\"}}"))
                .contains("budget");
    }

    /** Whatever is lost or spoiled on the way: an alert, a reason, or a refusal, and nothing else. */
    @Test
    void neverFailsInAnotherWay() throws Exception {
        Random random = new Random(502);
        String[] samples = {
            "metric-static-fired",
            "log-v2-fired",
            "activity-administrative",
            "service-health",
            "resource-health",
            "legacy-metric",
            "legacy-activity-log"
        };
        for (int round = 0; round < 3000; round++) {
            JsonElement spoiled = spoil(json(samples[round % samples.length]), random);
            try {
                AlertBatch alerts = AlertReader.read(spoiled.toString());
                assertThat(alerts.alerts().size() + alerts.ignored().size()).isPositive();
                alerts.alerts()
                        .forEach(alert -> assertThat(alert.incident().id()).isNotEmpty());
            } catch (UnreadableAlert refusal) {
                assertThat(refusal.where()).isNotEmpty();
            }
        }
    }

    private static JsonElement spoil(JsonElement element, Random random) {
        if (random.nextInt(25) == 0) {
            JsonElement[] others = {
                JsonNull.INSTANCE, new JsonPrimitive(5), new JsonPrimitive("text"), new JsonArray(), new JsonObject()
            };
            return others[random.nextInt(others.length)];
        }
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, JsonElement> field : object.entrySet()) {
                if (random.nextInt(25) != 0) {
                    copy.add(field.getKey(), spoil(field.getValue(), random));
                }
            }
            return copy;
        }
        if (element instanceof JsonArray list) {
            JsonArray copy = new JsonArray();
            list.forEach(entry -> copy.add(spoil(entry, random)));
            return copy;
        }
        return element;
    }

    private static String aimedAt(String id) throws Exception {
        JsonObject alert = json("metric-static-fired");
        JsonArray targets = new JsonArray();
        targets.add(id);
        essentials(alert).add("alertTargetIDs", targets);
        return alert.toString();
    }

    private static void assertRefused(String body, String where, String expected, String came) {
        assertThatThrownBy(() -> AlertReader.read(body))
                .asInstanceOf(type(UnreadableAlert.class))
                .satisfies(refusal -> {
                    assertThat(refusal.where()).isEqualTo(where);
                    assertThat(refusal.expected()).contains(expected);
                    assertThat(refusal.came()).contains(came).hasSizeLessThan(200);
                });
    }

    private static Alert only(String body) throws UnreadableAlert {
        AlertBatch alerts = AlertReader.read(body);
        assertThat(alerts.ignored()).isEmpty();
        assertThat(alerts.alerts()).hasSize(1);
        return alerts.alerts().get(0);
    }

    private static String whyIgnored(String body) throws UnreadableAlert {
        AlertBatch alerts = AlertReader.read(body);
        assertThat(alerts.alerts()).isEmpty();
        assertThat(alerts.ignored()).hasSize(1);
        return alerts.ignored().get(0).why();
    }

    private static JsonObject essentials(JsonObject alert) {
        return alert.getAsJsonObject("data").getAsJsonObject("essentials");
    }

    private static JsonObject context(JsonObject alert) {
        return alert.getAsJsonObject("data").getAsJsonObject("alertContext");
    }

    private static JsonObject criterion(JsonObject alert) {
        return context(alert)
                .getAsJsonObject("condition")
                .getAsJsonArray("allOf")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonObject json(String sample) throws IOException {
        return JsonParser.parseString(text(sample)).getAsJsonObject();
    }

    private static String text(String sample) throws IOException {
        try (InputStream in = AlertReaderTest.class.getResourceAsStream("/alerts/" + sample + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
