package dev.triage502.collect;

import static dev.triage502.azure.FakeAzure.error;
import static dev.triage502.azure.FakeAzure.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.FakeAzure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What collectors do where Azure's answers are neither whole nor refused. */
@Timeout(60)
class CollectorsTest {

    private static final String GROUP = "/subscriptions/s1/resourceGroups/rg";
    private static final String GATEWAY = GROUP + "/providers/Microsoft.Network/applicationGateways/agw";
    private static final String NETWORK = GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet";
    private static final Incident INCIDENT =
            Incident.alertedAt(ResourceId.of(GATEWAY), Instant.parse("2026-01-31T09:10:00Z"));

    private final Map<String, Function<FakeAzure.Request, FakeAzure.Reply>> routes = new LinkedHashMap<>();
    private FakeAzure azure;
    private AzureAccess access;

    @BeforeEach
    void start() throws IOException {
        azure = new FakeAzure(request -> {
            for (Map.Entry<String, Function<FakeAzure.Request, FakeAzure.Reply>> route : routes.entrySet()) {
                boolean matches =
                        request.path().toLowerCase().endsWith(route.getKey().toLowerCase())
                                || request.body().contains("triage502: " + route.getKey() + "\\n");
                if (matches) {
                    return route.getValue().apply(request);
                }
            }
            return error(404, "ResourceNotFound", "no route for " + request.path());
        });
        access = azure.access();
        gateway("{'ipAddress':'10.0.2.4'}");
    }

    @AfterEach
    void stop() throws IOException {
        access.close();
        azure.close();
    }

    private void gateway(String addresses) {
        answer(
                "/applicationGateways/agw",
                "{'id':'" + GATEWAY + "','name':'agw','properties':{'sku':{'name':'Standard_v2','tier':'Standard_v2'},"
                        + "'gatewayIPConfigurations':[{'properties':{'subnet':{'id':'" + NETWORK + "/subnets/gw'}}}],"
                        + "'backendAddressPools':[{'name':'pool','id':'" + GATEWAY
                        + "/backendAddressPools/pool','properties':{'backendAddresses':[" + addresses + "]}}]}}");
    }

    private void answer(String route, String body) {
        routes.put(route, request -> json(body.replace('\'', '"')));
    }

    private void refuse(String route, int status, String code) {
        routes.put(route, request -> error(status, code, "said of " + route));
    }

    private SourceDocuments run() {
        return new Investigation(access, Investigation.Options.readOnly())
                .run(INCIDENT, Duration.ofSeconds(30), CollectionProgress.none());
    }

    private static CouldNotRead<JsonElement> unread(SourceDocuments documents, Source source) {
        Reading<JsonElement> reading = documents.get(source);
        return reading.unread().orElseThrow(() -> new AssertionError(reading));
    }

    private static JsonElement present(SourceDocuments documents, Source source) {
        Reading<JsonElement> reading = documents.get(source);
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }

    private static String table(String columns, String rows) {
        return "{'tables':[{'name':'PrimaryResult','columns':[" + columns + "],'rows':[" + rows + "]}]}";
    }

    private void log(String requests, String newest) {
        answer("requests", table("{'name':'HttpStatus','type':'int'}", requests));
        answer("newest-row", table("{'name':'NewestRow','type':'datetime'},{'name':'Rows','type':'long'}", newest));
        answer("dimensions", table("{'name':'Dimension','type':'string'}", "['server']"));
        answer("minutes", table("{'name':'Requests','type':'long'}", "[17]"));
        answer("served-before", table("{'name':'ServerRouted','type':'string'}", "['10.0.0.4:80']"));
    }

    private void settings(String workspace, String category) {
        answer(
                "/diagnosticSettings",
                "{'value':[{'name':'d','properties':{" + workspace + "'logs':[{'category':'" + category
                        + "','enabled':true}]}}]}");
    }

    @Test
    void rowsOfTheLogAndWhatWasCountedAreTheDocument() {
        log("[502]", "");

        assertThat(present(run(), Source.ACCESS_LOG))
                .hasToString("{\"value\":[{\"HttpStatus\":502}],\"dimensions\":[{\"Dimension\":\"server\"}],"
                        + "\"minutes\":[{\"Requests\":17}],\"servedBefore\":[{\"ServerRouted\":\"10.0.0.4:80\"}]}");
        assertThat(azure.requests())
                .filteredOn(request -> request.body().contains("triage502: served-before"))
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .contains(INCIDENT.from().minus(Duration.ofDays(1)) + "/" + INCIDENT.from()));
        assertThat(azure.requests()).noneMatch(request -> request.body().contains("newest-row"));
    }

    @Test
    void withoutAFailedRequestNothingIsCompared() {
        log("[200],[404]", "");

        JsonObject log = (JsonObject) present(run(), Source.ACCESS_LOG);

        assertThat(log.keySet()).containsExactly("value", "minutes");
    }

    /** A query takes a second or two, and somebody waits. */
    @Test
    void everyQueryOfTheLogIsAskedBeforeTheFirstIsAnswered() {
        log("[502]", "");
        CountDownLatch others = new CountDownLatch(3);
        List.of("dimensions", "minutes", "served-before")
                .forEach(query -> routes.computeIfPresent(
                        query, (name, answered) -> answered.compose(request -> counted(request, others))));
        routes.computeIfPresent("requests", (name, answered) -> answered.compose(request -> after(others, request)));

        assertThat(present(run(), Source.ACCESS_LOG).getAsJsonObject().keySet())
                .containsExactly("value", "dimensions", "minutes", "servedBefore");
        assertThat(others.getCount()).isZero();
    }

    private static FakeAzure.Request counted(FakeAzure.Request request, CountDownLatch latch) {
        latch.countDown();
        return request;
    }

    private static FakeAzure.Request after(CountDownLatch latch, FakeAzure.Request request) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS))
                    .as("the others were asked")
                    .isTrue();
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCountThatIsRefusedIsNamedAndTheRowsStay() {
        log("[502]", "");
        refuse("dimensions", 400, "QueryTooLarge");

        JsonObject log = (JsonObject) present(run(), Source.ACCESS_LOG);

        assertThat(log.get("value")).hasToString("[{\"HttpStatus\":502}]");
        assertThat(log.has("minutes")).isTrue();
        assertThat(DocumentPaths.texts(log, "unread.dimensions.message").get(0)).contains("said of dimensions");
    }

    @Test
    void noRowsAndNoDiagnosticSettingIsALogThatIsNotKept() {
        log("", "[null,0]");
        answer("/diagnosticSettings", "{'value':[]}");
        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.NOT_ENABLED);

        settings("'workspaceId':'/subscriptions/s1/w',", "ApplicationGatewayFirewallLog");
        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.NOT_ENABLED);

        settings("'storageAccountId':'/subscriptions/s1/st',", "ApplicationGatewayAccessLog");
        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.NOT_ENABLED);
    }

    @Test
    void noTableAndNoDiagnosticSettingIsALogThatIsNotKept() {
        routes.put(
                "requests",
                request -> error(
                        400, "BadArgumentError", "Failed to resolve table or column expression named 'AGWAccessLogs'"));
        answer("/diagnosticSettings", "{'value':[]}");

        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.NOT_ENABLED);
    }

    @Test
    void noRowsOfTheWindowAndAnOlderOneIsAnEmptyLog() {
        log("", "['2026-01-31T03:00:00Z',17]");
        settings("'workspaceId':'/subscriptions/s1/w',", "ApplicationGatewayAccessLog");

        assertThat(present(run(), Source.ACCESS_LOG)).isEqualTo(new JsonArray());
    }

    @Test
    void noRowAtAllProvesNothing() {
        log("", "[null,0]");
        settings("'workspaceId':'/subscriptions/s1/w',", "ApplicationGatewayAccessLog");
        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.UNREACHABLE);
        assertThat(unread(run(), Source.ACCESS_LOG).detail())
                .contains("/subscriptions/s1/w")
                .contains("late");

        refuse("/diagnosticSettings", 403, "AuthorizationFailed");
        assertThat(unread(run(), Source.ACCESS_LOG).why()).isEqualTo(Why.UNREACHABLE);
        assertThat(unread(run(), Source.ACCESS_LOG).detail()).contains("AuthorizationFailed");
    }

    @Test
    void aQueryThatIsRefusedForAColumnIsAskedAgainWithFewer() {
        routes.put(
                "requests",
                request -> request.body().contains("ServerConnectTime = real(null)")
                        ? json(table("{'name':'HttpStatus','type':'int'}", "[502]")
                                .replace('\'', '"'))
                        : FakeAzure.status(
                                400,
                                "{\"error\":{\"code\":\"BadArgumentError\",\"message\":\"invalid\",\"innererror\":"
                                        + "{\"code\":\"SEM0100\",\"message\":\"'project' operator: Failed to resolve"
                                        + " scalar expression named 'SslEnabled'\"}}}"));

        JsonObject log = (JsonObject) present(run(), Source.ACCESS_LOG);

        assertThat(log.get("value")).hasToString("[{\"HttpStatus\":502}]");
        assertThat(DocumentPaths.texts(log, "unread.columns.message").get(0)).contains("lacks columns");
    }

    @Test
    void aWorkspaceThatMayNotBeReadIsNamed() {
        log("", "[null,0]");
        settings("'workspaceId':'/subscriptions/s1/w',", "ApplicationGatewayAccessLog");
        answer(
                "requests",
                "{'tables':[{'name':'PrimaryResult','columns':[],'rows':[]}],'permissions':{'resources':[{'resourceId':'"
                        + GATEWAY + "','dataSources':['/subscriptions/s1/w']}],'dataSources':[]}}");

        CouldNotRead<JsonElement> unread = unread(run(), Source.ACCESS_LOG);

        assertThat(unread.why()).isEqualTo(Why.FORBIDDEN);
        assertThat(unread.detail()).contains("omitted the rows of /subscriptions/s1/w");
    }

    @Test
    void rowsBesideHiddenOnesAreKeptAndTheHiddenOnesNamed() {
        answer(
                "requests",
                "{'tables':[{'name':'PrimaryResult','columns':[{'name':'HttpStatus','type':'int'}],'rows':[[502]]}],"
                        + "'permissions':{'resources':[{'resourceId':'r','dataSources':['/w1','/w2']}],"
                        + "'dataSources':[{'resourceId':'/W1'}]}}");

        JsonObject log = (JsonObject) present(run(), Source.ACCESS_LOG);

        assertThat(log.get("value")).hasToString("[{\"HttpStatus\":502}]");
        assertThat(DocumentPaths.texts(log, "unread.hiddenRows.message").get(0))
                .contains("/w2")
                .doesNotContain("/w1");
    }

    @Test
    void aTableOnAnotherPlanIsNamed() {
        log("", "[null,0]");
        settings("'workspaceId':'/subscriptions/s1/w',", "ApplicationGatewayAccessLog");
        answer("/w/tables/AGWAccessLogs", "{'properties':{'plan':'Basic'}}");

        CouldNotRead<JsonElement> unread = unread(run(), Source.ACCESS_LOG);

        assertThat(unread.why()).isEqualTo(Why.NOT_ENABLED);
        assertThat(unread.detail()).contains("is on the Basic plan");
    }

    @Test
    void eventsOfServicesStandBesideTheGatewaysHealth() {
        answer("/availabilityStatuses/current", "{'properties':{'availabilityState':'Available'}}");
        answer(
                "/subscriptions/s1/providers/Microsoft.ResourceHealth/events",
                "{'value':[{'name':'T','properties':{'eventType':'ServiceIssue','article':{'articleContent':'<p>'}}}]}");

        JsonObject health = (JsonObject) present(run(), Source.RESOURCE_HEALTH);

        assertThat(DocumentPaths.texts(health, "serviceEvents.properties.eventType"))
                .containsExactly("ServiceIssue");
        assertThat(health.toString()).doesNotContain("<p>");
        assertThat(azure.requests())
                .filteredOn(request -> request.path().endsWith("ResourceHealth/events"))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("queryStartTime", "01/28/2026"));

        refuse("/subscriptions/s1/providers/Microsoft.ResourceHealth/events", 403, "AuthorizationFailed");
        assertThat(DocumentPaths.texts(present(run(), Source.RESOURCE_HEALTH), "unread.serviceEvents.code"))
                .containsExactly("AuthorizationFailed");
    }

    @Test
    void aLaterPageOfTheActivityLogThatIsRefusedCostsTheOlderRowsAlone() {
        routes.put(
                "/eventtypes/management/values",
                request -> request.query().containsKey("page")
                        ? error(500, "InternalServerError", "out of order")
                        : json("{\"value\":[{\"eventTimestamp\":\"2026-01-31T09:00:00Z\",\"resourceId\":\"" + GATEWAY
                                + "\",\"caller\":\"c\",\"category\":{\"value\":\"Administrative\"}}],\"nextLink\":\""
                                + azure.uri() + request.path() + "?page=2\"}"));

        JsonObject log = (JsonObject) present(run(), Source.ACTIVITY_LOG);

        assertThat(DocumentPaths.texts(log, "value.caller")).containsExactly("c");
        assertThat(log.getAsJsonObject("unread").keySet()).anyMatch(each -> each.endsWith("older rows"));
    }

    @Test
    void aMetricThatIsRefusedInsideAnAnswerIsSaidToBeUnread() {
        answer(
                "/metrics",
                "{'value':[{'name':{'value':'ResponseStatus'},'errorCode':'InvalidSamplingType',"
                        + "'errorMessage':'Sampling type is not found.','timeseries':[]}]}");

        JsonObject metrics = (JsonObject) present(run(), Source.METRICS);

        assertThat(DocumentPaths.texts(metrics, "unread.ResponseStatus.message").get(0))
                .contains("Sampling type");
        assertThat(metrics.getAsJsonArray("value")).isEmpty();
    }

    @Test
    void aPartOfTheNetworkThatIsRefusedStandsInItsPlace() {
        network("'networkSecurityGroup':{'id':'" + GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg'},"
                + "'routeTable':{'id':'" + GROUP + "/providers/Microsoft.Network/routeTables/rt'}");
        refuse("/networkSecurityGroups/nsg", 403, "AuthorizationFailed");
        answer(
                "/routeTables/rt",
                "{'id':'" + GROUP + "/providers/Microsoft.Network/routeTables/rt','properties':{'routes':[]}}");
        refuse("holders", 403, "AuthorizationFailed");

        JsonObject network = (JsonObject) present(run(), Source.NETWORK);

        assertThat(DocumentPaths.texts(network, "networkSecurityGroups.error.code"))
                .containsExactly("AuthorizationFailed");
        assertThat(DocumentPaths.texts(network, "networkSecurityGroups.id").get(0))
                .endsWith("/nsg");
        assertThat(DocumentPaths.texts(network, "routeTables.id")).hasSize(1);
        assertThat(DocumentPaths.texts(network, "unread.networkInterfaces.code"))
                .containsExactly("AuthorizationFailed");
        assertThat(network.has("networkInterfaces")).isFalse();
    }

    @Test
    void whatResourceGraphDoesNotShowIsNotSaidToBeNone() {
        network("'x':1");
        answer("holders", "{'data':[]}");

        JsonObject network = (JsonObject) present(run(), Source.NETWORK);

        assertThat(network.has("networkInterfaces")).isFalse();
        assertThat(network.has("loadBalancers")).isFalse();
        assertThat(network.has("unread")).isFalse();
    }

    @Test
    void manyResourcesAreFetchedAtOnceAndTheMissingOnesAskedWhy() {
        StringBuilder subnets = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String nsg = GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg" + i;
            subnets.append(i == 0 ? "" : ",")
                    .append("{'id':'" + NETWORK + "/subnets/s" + i + "','name':'s" + i
                            + "','properties':{'addressPrefix':'10.0." + i + ".0/24','networkSecurityGroup':{'id':'"
                            + nsg + "'}}}");
            shown.append(
                    i == 0 || i == 5 ? "" : (shown.length() > 0 ? "," : "") + "{'id':'" + nsg + "','properties':{}}");
        }
        answer(
                "/virtualNetworks/vnet",
                "{'id':'" + NETWORK + "','properties':{'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'subnets':["
                        + subnets + "]}}");
        answer("by-id", "{'data':[" + shown + "]}");
        refuse("/networkSecurityGroups/nsg0", 403, "AuthorizationFailed");
        refuse("/networkSecurityGroups/nsg5", 404, "ResourceNotFound");

        JsonObject network = (JsonObject) present(run(), Source.NETWORK);

        assertThat(network.getAsJsonArray("networkSecurityGroups")).hasSize(8);
        assertThat(DocumentPaths.texts(network, "networkSecurityGroups.error.code"))
                .containsExactlyInAnyOrder("AuthorizationFailed", "ResourceNotFound");
        assertThat(azure.requests().stream().filter(request -> request.path().contains("/networkSecurityGroups/")))
                .hasSize(2);
    }

    @Test
    void aZonesRecordsThatAreRefusedLeaveItsLinks() {
        gateway("{'fqdn':'app.inner.example'}");
        network("'x':1");
        String zone = GROUP + "/providers/Microsoft.Network/privateDnsZones/inner.example";
        answer(
                "names",
                "{'data':[{'id':'" + zone
                        + "','type':'microsoft.network/privatednszones','name':'inner.example','properties':{}}]}");
        answer("/virtualNetworkLinks", "{'value':[{'id':'" + zone + "/virtualNetworkLinks/l','properties':{}}]}");
        refuse("/privateDnsZones/inner.example/ALL", 403, "AuthorizationFailed");

        JsonObject network = (JsonObject) present(run(), Source.NETWORK);

        assertThat(DocumentPaths.texts(network, "privateDnsZones.id"))
                .containsExactly(zone, zone + "/virtualNetworkLinks/l", zone + "/ALL/unread");
        assertThat(DocumentPaths.texts(network, "privateDnsZones.error.code")).containsExactly("AuthorizationFailed");
    }

    private void network(String ofSubnet) {
        answer(
                "/virtualNetworks/vnet",
                "{'id':'" + NETWORK
                        + "','properties':{'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'subnets':[{'id':'"
                        + NETWORK + "/subnets/gw','name':'gw','properties':{'addressPrefix':'10.0.1.0/24'," + ofSubnet
                        + "}}]}}");
    }

    @Test
    void metricsThatAreRefusedStandBesideTheOthers() {
        routes.put(
                "/metrics",
                request -> request.query().get("metricnames").contains("HostCount")
                        ? error(400, "BadRequest", "no such dimension")
                        : json("{\"timespan\":\"t\",\"value\":[{\"name\":{\"value\":\""
                                + request.query().get("metricnames").split(",")[0] + "\"}}]}"));

        JsonObject metrics = (JsonObject) present(run(), Source.METRICS);

        assertThat(DocumentPaths.texts(metrics, "value.name.value"))
                .containsExactly(
                        "ResponseStatus",
                        "BackendResponseStatus",
                        "BackendConnectTime",
                        "CurrentConnections",
                        "CapacityUnits");
        assertThat(metrics.getAsJsonObject("unread").keySet())
                .containsExactly("HealthyHostCount,UnhealthyHostCount,AvgRequestCountPerHealthyHost");
        assertThat(azure.requests().stream().filter(request -> request.path().endsWith("/metrics")))
                .allSatisfy(request -> assertThat(request.query())
                        .containsEntry("timespan", "2026-01-31T08:10:00Z/2026-01-31T09:10:00Z")
                        .containsEntry("interval", "PT1M"));
    }

    @Test
    void ofTheGroupsChangesAllAreKeptWhereNobodyKnowsWhatStandsBehindTheAddresses() {
        network("'x':1");
        answer(
                "/eventtypes/management/values",
                "{'value':[" + event("1", "Microsoft.Network/applicationGateways/write", GATEWAY) + ","
                        + event("2", "Microsoft.Network/virtualNetworks/subnets/write", NETWORK + "/subnets/other")
                        + ","
                        + event("3", "Microsoft.Sql/servers/write", GROUP + "/providers/Microsoft.Sql/servers/db") + ","
                        + event(
                                "4",
                                "Microsoft.Compute/virtualMachines/delete",
                                GROUP + "/providers/Microsoft.Compute/virtualMachines/vm")
                        + ","
                        + event(
                                "5",
                                "Microsoft.Authorization/roleAssignments/delete",
                                GROUP + "/providers/Microsoft.Authorization/x/y")
                        + "]}");

        JsonObject log = (JsonObject) present(run(), Source.ACTIVITY_LOG);

        assertThat(DocumentPaths.texts(log, "value.eventDataId")).containsExactly("1", "2", "3", "4", "5");
        assertThat(DocumentPaths.texts(log, "value.claims")).isEmpty();
        assertThat(log.toString()).doesNotContain("somebody@example.com");
        FakeAzure.Request asked = azure.requests().stream()
                .filter(request -> request.path().endsWith("/eventtypes/management/values"))
                .findFirst()
                .orElseThrow();
        assertThat(asked.path()).startsWith("/subscriptions/s1/providers/");
        assertThat(asked.query().get("$filter"))
                .isEqualTo("eventTimestamp ge '2026-01-30T09:10:00Z' and eventTimestamp le '2026-01-31T09:10:00Z'"
                        + " and resourceGroupName eq 'rg'");
    }

    @Test
    void aLevelIsAskedForItsMeanAndACountForItsSum() {
        answer("/metrics", "{'value':[]}");

        run();

        assertThat(azure.requests())
                .filteredOn(request -> request.path().endsWith("/metrics"))
                .anySatisfy(request -> assertThat(request.query())
                        .containsEntry("metricnames", "CurrentConnections,TotalRequests,FailedRequests")
                        .containsEntry("aggregation", "Total"))
                .anySatisfy(request -> assertThat(request.query())
                        .containsEntry("metricnames", "CapacityUnits,ComputeUnits,NewConnectionsPerSecond,Throughput")
                        .containsEntry("aggregation", "Average"));
    }

    @Test
    void theMachinesOfAFlexibleScaleSetAreMachines() {
        network("'x':1");
        String set = GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/flex";
        String machine = GROUP + "/providers/Microsoft.Compute/virtualMachines/flex_1";
        answer(
                "owners",
                "{'data':[{'id':'" + set + "','type':'microsoft.compute/virtualmachinescalesets',"
                        + "'properties':{'orchestrationMode':'Flexible'}}]}");
        answer("machines-of-sets", "{'data':[{'id':'" + machine + "','properties':{}}]}");

        JsonElement backends = present(run(), Source.BACKENDS);

        assertThat(DocumentPaths.texts(backends, "virtualMachines.id")).containsExactly(machine);
        assertThat(azure.requests())
                .noneMatch(request -> request.path().endsWith("/virtualMachineScaleSets/flex/virtualMachines"));
    }

    @Test
    void aContainerAppIsAskedItselfWhetherItRuns() {
        gateway("{'fqdn':'app.contoso.com'}");
        network("'x':1");
        String app = GROUP + "/providers/Microsoft.App/containerApps/app";
        answer(
                "owners",
                "{'data':[{'id':'" + app + "','type':'microsoft.app/containerapps','properties':{'x':'kept'}}]}");
        answer("/containerApps/app", "{'id':'" + app + "','properties':{'runningStatus':'Stopped'}}");

        JsonElement backends = present(run(), Source.BACKENDS);

        assertThat(DocumentPaths.texts(backends, "containerApps.properties.runningStatus"))
                .containsExactly("Stopped");
        assertThat(DocumentPaths.texts(backends, "containerApps.properties.x")).containsExactly("kept");
    }

    private static String event(String id, String operation, String on) {
        return "{'eventDataId':'" + id + "','eventTimestamp':'2026-01-31T09:00:00Z','operationName':{'value':'"
                + operation + "'},'resourceId':'" + on + "','claims':{'name':'somebody@example.com'}}";
    }

    @Test
    void whatStandsBehindAddressesIsFoundByTheirOwners() {
        network("'x':1");
        String machine = GROUP + "/providers/Microsoft.Compute/virtualMachines/vm";
        String set = GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/set";
        answer(
                "holders",
                "{'data':[{'id':'" + GROUP
                        + "/providers/Microsoft.Network/networkInterfaces/nic','type':'microsoft.network/networkinterfaces','properties':{'virtualMachine':{'id':'"
                        + machine
                        + "'},'ipConfigurations':[{'properties':{'privateIPAddress':'10.0.2.4','subnet':{'id':'"
                        + NETWORK
                        + "/subnets/gw'}}}]}}]}");
        answer(
                "/virtualMachines/vm",
                "{'id':'" + machine
                        + "','properties':{'instanceView':{'statuses':[{'code':'PowerState/deallocated'}]}}}");
        answer(
                "owners",
                "{'data':[{'id':'" + set + "','type':'microsoft.compute/virtualmachinescalesets','properties':{}}]}");
        answer("/virtualMachineScaleSets/set/virtualMachines", "{'value':[{'id':'" + set + "/virtualMachines/0'}]}");

        JsonObject backends = (JsonObject) present(run(), Source.BACKENDS);

        assertThat(DocumentPaths.texts(backends, "virtualMachines.properties.instanceView.statuses.code"))
                .containsExactly("PowerState/deallocated");
        assertThat(DocumentPaths.texts(backends, "scaleSets.instances.id")).containsExactly(set + "/virtualMachines/0");
        assertThat(azure.requests().stream().filter(request -> request.path().endsWith("/virtualMachines/vm")))
                .allSatisfy(request -> assertThat(request.query()).containsEntry("$expand", "instanceView"));
    }

    @Test
    void aSitesRestrictionsAreJoinedToItWithoutItsSecrets() {
        gateway("{'fqdn':'web.azurewebsites.net'}");
        network("'x':1");
        String site = GROUP + "/providers/Microsoft.Web/sites/web";
        answer(
                "owners",
                "{'data':[{'id':'" + site + "','type':'microsoft.web/sites','properties':{'state':'Running'}}]}");
        answer(
                "/sites/web/config/web",
                "{'properties':{'ipSecurityRestrictions':[{'name':'deny'}],'publishingUsername':'$web','connectionStrings':['x']}}");

        JsonObject backends = (JsonObject) present(run(), Source.BACKENDS);

        assertThat(DocumentPaths.texts(backends, "sites.properties.siteConfig.ipSecurityRestrictions.name"))
                .containsExactly("deny");
        assertThat(backends.toString()).doesNotContain("publishingUsername").doesNotContain("connectionStrings");
        assertThat(azure.requests()).noneMatch(request -> request.body().contains("'microsoft.app/containerapps'"));
    }

    @Test
    void aSiteWhoseConfigurationIsRefusedSaysSo() {
        gateway("{'fqdn':'web.azurewebsites.net'}");
        network("'x':1");
        String site = GROUP + "/providers/Microsoft.Web/sites/web";
        answer(
                "owners",
                "{'data':[{'id':'" + site + "','type':'microsoft.web/sites','properties':{'state':'Running'}}]}");
        refuse("/sites/web/config/web", 403, "AuthorizationFailed");

        JsonObject backends = (JsonObject) present(run(), Source.BACKENDS);

        assertThat(DocumentPaths.texts(backends, "sites.properties.siteConfig.error.code"))
                .containsExactly("AuthorizationFailed");
    }

    @Test
    void withoutTheGatewayTheRestIsReadAndTheDependentOnesSayWhy() {
        refuse("/applicationGateways/agw", 403, "AuthorizationFailed");
        log("[502]", "");
        answer("/eventtypes/management/values", "{'value':[" + event("3", "Microsoft.Sql/servers/write", "/x") + "]}");

        SourceDocuments documents = run();

        assertThat(documents.get(Source.ACCESS_LOG).isPresent()).isTrue();
        assertThat(DocumentPaths.texts(present(documents, Source.ACTIVITY_LOG), "value.eventDataId"))
                .containsExactly("3");
        for (Source source : List.of(Source.NETWORK, Source.BACKENDS)) {
            assertThat(unread(documents, source).why()).isEqualTo(Why.NOT_COLLECTED);
            assertThat(unread(documents, source).detail()).contains("AuthorizationFailed");
        }
    }
}
