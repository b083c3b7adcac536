package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogReaderTest {

    private static final String ROW = "'TimeGenerated':'2026-03-02T08:30:00Z','HttpStatus':502";

    @Test
    void readsTheSameFromBothTablesAndFromRawRecords() {
        Row dedicated = one("[{'TimeGenerated':'2026-03-02T08:30:00Z','HttpStatus':502,'ServerStatus':'502',"
                + "'ServerRouted':'10.0.0.4:8080','ErrorInfo':'ERRORINFO_NO_ERROR','TimeTaken':0.25,"
                + "'ServerResponseLatency':'0.2','ServerConnectTime':'0.01','BackendPoolName':'p',"
                + "'BackendSettingName':'s','RuleName':'r','ListenerName':'l','Host':'h','OriginalHost':'o',"
                + "'RequestUri':'/x','InstanceId':'appgw_0','ClientIp':'203.0.113.9'}]");
        Row shared = one("[{'TimeGenerated':'2026-03-02T08:30:00Z','httpStatus_d':502,'serverStatus_s':'502',"
                + "'serverRouted_s':'10.0.0.4:8080','error_info_s':'ERRORINFO_NO_ERROR','timeTaken_d':0.25,"
                + "'serverResponseLatency_s':'0.2','serverConnectTime_s':'0.01','backendPoolName_s':'p',"
                + "'backendSettingName_s':'s','ruleName_s':'r','listenerName_s':'l','host_s':'h','originalHost_s':'o',"
                + "'requestUri_s':'/x','instanceId_s':'appgw_0','clientIP_s':'203.0.113.9',"
                + "'Category':'ApplicationGatewayAccessLog','ResourceId':'"
                + Json.GATEWAY.toString().toUpperCase(Locale.ROOT) + "'}]");
        Row raw = one("{'records':[{'timeStamp':'2026-03-02T08:30:00+00:00','category':'ApplicationGatewayAccessLog',"
                + "'resourceId':'" + Json.GATEWAY + "','listenerName':'l','ruleName':'r','backendPoolName':'p',"
                + "'backendSettingName':'s','properties':{'httpStatus':502,'serverStatus':'502',"
                + "'serverRouted':'10.0.0.4:8080','error_info':'ERRORINFO_NO_ERROR','timeTaken':0.25,"
                + "'serverResponseLatency':'0.2','serverConnectTime':'0.01','host':'h','originalHost':'o',"
                + "'requestUri':'/x','instanceId':'appgw_0','clientIP':'203.0.113.9'}}]}");
        assertThat(shared).isEqualTo(dedicated);
        assertThat(raw).isEqualTo(dedicated);
        assertThat(dedicated.maker()).isEqualTo(Maker.BACKEND);
        assertThat(dedicated.serverPort()).isEqualTo(OptionalInt.of(8080));
    }

    @Test
    void readsTheTablesOfALogQuery() {
        AccessLog log = read("{'tables':[{'name':'PrimaryResult','columns':[{'name':'TimeGenerated','type':'datetime'},"
                + "{'name':'HttpStatus','type':'int'},{'name':'Requests','type':'long'},{'name':'TimeTaken','type':'real'}],"
                + "'rows':[['2026-03-02T08:30:00Z',502,'17','NaN'],['2026-03-02T08:31:00Z','200',3,0.5]]}],"
                + "'error':{'code':'PartialError'}}");
        assertThat(log.rows())
                .extracting(Row::status, Row::requests, Row::timeTaken)
                .containsExactly(tuple(502, 17L, OptionalDouble.empty()), tuple(200, 3L, OptionalDouble.of(0.5)));
    }

    @Test
    void readsARowThatStandsForMany() {
        Row row = one("[{" + ROW + ",'LastSeen':'2026-03-02T08:40:00Z','Requests':120,'TimeTaken':0.1,"
                + "'TimeTakenP95':2,'TimeTakenMax':9.5}]");
        assertThat(row.requests()).isEqualTo(120);
        assertThat(row.from()).isEqualTo(Instant.parse("2026-03-02T08:30:00Z"));
        assertThat(row.to()).isEqualTo(Instant.parse("2026-03-02T08:40:00Z"));
        assertThat(row.timeTakenMax()).isEqualTo(OptionalDouble.of(9.5));
    }

    /** A client may send anything as a host name; it is quoted in reports. */
    @Test
    void takesNoMoreThanANameForTheHost() {
        Row row =
                one("[{" + ROW + ",'Host':'shop.example nothing is wrong','OriginalHost':'www.example\\nroot cause'}]");
        assertThat(row.host()).isEqualTo("shop.example");
        assertThat(row.originalHost()).isEqualTo("www.example");
    }

    @Test
    void takesALonelyRequestsTimeForTheLongest() {
        assertThat(one("[{" + ROW + ",'TimeTaken':0.1}]").timeTakenMax()).isEqualTo(OptionalDouble.of(0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "null", "0", "'-'", "'0'", "'502, -'"})
    void knowsTheWaysInWhichAzureSaysThatNoServerAnswered(String status) {
        Row row = one("[{" + ROW + ",'ServerStatus':" + status + ",'ServerRouted':'-'}]");
        assertThat(row.serverStatus()).isEmpty();
        assertThat(row.serverAddress()).isEmpty();
        assertThat(row.maker()).isEqualTo(Maker.GATEWAY);
    }

    @Test
    void judgesByTheLastTryOfARetry() {
        Row row = one("[{" + ROW + ",'ServerStatus':'-, 503','ServerRouted':'10.0.0.4:80, 10.0.0.5:80',"
                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION, ERRORINFO_NO_ERROR'}]");
        assertThat(row.serverAddress()).isEqualTo("10.0.0.5");
        assertThat(row.serverStatus()).isEqualTo(OptionalInt.of(503));
        assertThat(row.errorInfo()).isEqualTo(ErrorInfo.NO_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.4:80,10.0.0.4,80",
        "[fd00::4]:8443,fd00::4,8443",
        "fd00::4,fd00::4,",
        "10.0.0.4,10.0.0.4,",
        "app.example:443,app.example,443",
        "10.0.0.4:80 and more,10.0.0.4,80"
    })
    void readsTheServerThatWasTried(String routed, String address, Integer port) {
        Row row = one("[{" + ROW + ",'ServerRouted':'" + routed + "'}]");
        assertThat(row.serverAddress()).isEqualTo(address);
        assertThat(row.serverPort()).isEqualTo(port == null ? OptionalInt.empty() : OptionalInt.of(port));
    }

    @ParameterizedTest
    @CsvSource({
        "ERRORINFO_NO_ERROR,NO_ERROR",
        "ERRORINFO_UPSTREAM_NO_LIVE,NO_LIVE",
        "ERRORINFO_UPSTREAM_CLOSED_CONNECTION,CLOSED_CONNECTION",
        "ERRORINFO_UPSTREAM_TIMED_OUT,TIMED_OUT",
        "ERRORINFO_CLIENT_CLOSED_REQUEST,CLIENT",
        "ERRORINFO_CLIENT_TIMED_OUT,CLIENT",
        "ERRORINFO_INVALID_HOST,INVALID_REQUEST",
        "ERRORINFO_REQUEST_URI_INVALID,INVALID_REQUEST",
        "ERRORINFO_HTTP_TO_HTTPS_PORT,INVALID_REQUEST",
        "ERRORINFO_HTTPS_NO_CERT,INVALID_REQUEST",
        "ERRORINFO_OF_NEXT_YEAR,OTHER",
        "'',NONE",
        "-,NONE"
    })
    void knowsTheErrorCodes(String code, ErrorInfo errorInfo) {
        assertThat(one("[{" + ROW + ",'ErrorInfo':'" + code + "'}]").errorInfo())
                .isEqualTo(errorInfo);
    }

    @Test
    void readsTheFirstGenerationsRecordsInTheirOwnUnitsAndFields() {
        AccessLog log = read("[" + v1("502", "30047", "10.4.0.4", "") + "," + v1("502", "12", "10.4.0.4", "502") + "]");
        assertThat(log.rows())
                .extracting(Row::serverAddress, Row::serverStatus, Row::timeTaken, Row::maker)
                .containsExactlyInAnyOrder(
                        tuple("10.4.0.4", OptionalInt.empty(), OptionalDouble.of(30.047), Maker.GATEWAY),
                        tuple("10.4.0.4", OptionalInt.of(502), OptionalDouble.of(0.012), Maker.BACKEND));
    }

    @Test
    void takesMillisecondsOfAFirstGenerationGatewayWithoutAnyOtherSign() {
        Row row = read(SourceDocuments.none()
                        .with(Source.GATEWAY, Json.of("{'properties':{'sku':{'name':'Standard_Medium'}}}"))
                        .with(Source.ACCESS_LOG, Json.of("[{" + ROW + ",'TimeTaken':20021}]")))
                .rows()
                .get(0);
        assertThat(row.timeTaken()).isEqualTo(OptionalDouble.of(20.021));
    }

    /** The first generation never writes a fraction of a millisecond. */
    @Test
    void takesFractionsForSecondsWhateverTheGeneration() {
        Row row = read(SourceDocuments.none()
                        .with(Source.GATEWAY, Json.of("{'properties':{'sku':{'name':'Standard_Medium'}}}"))
                        .with(Source.ACCESS_LOG, Json.of("[{" + ROW + ",'TimeTaken':20.021}]")))
                .rows()
                .get(0);
        assertThat(row.timeTaken()).isEqualTo(OptionalDouble.of(20.021));
    }

    @Test
    void leavesOutWhatIsNoClientsRequest() {
        AccessLog log = read("[{" + ROW + ",'ClientIp':'127.0.0.1'},{" + ROW + ",'Type':'AGWFirewallLogs'},"
                + "{" + ROW + ",'Category':'ApplicationGatewayFirewallLog'},"
                + "{'TimeGenerated':'2026-03-02T08:30:00Z','HttpStatus':200}]");
        assertThat(log.rows()).extracting(Row::status).containsExactly(200);
    }

    @Test
    void leavesOutTheRowsOfOtherGateways() {
        String other = Json.GATEWAY.toString().replace("agw-shop", "agw-other");
        AccessLog log = read("[{" + ROW + ",'_ResourceId':'" + other + "'},"
                + "{'TimeGenerated':'2026-03-02T08:31:00Z','HttpStatus':200,'_ResourceId':'"
                + Json.GATEWAY.toString().toLowerCase(Locale.ROOT) + "'}]");
        assertThat(log.rows()).extracting(Row::status).containsExactly(200);
    }

    @Test
    void keepsRowsWhereNothingSaysThatTheGatewayAskedAboutIsAnother() {
        String other = Json.GATEWAY.toString().replace("agw-shop", "agw-other");
        assertThat(read("[{" + ROW + ",'_ResourceId':'" + other + "'}]").rows()).hasSize(1);
    }

    @Test
    void tellsWhetherTlsToTheBackendCameAbout() {
        String tried = ROW + ",'ServerRouted':'10.0.0.4:443','SslEnabled':'on'";
        assertThat(one("[{" + tried + ",'BackendSslProtocol':''}]").backendTls())
                .contains(false);
        assertThat(one("[{" + tried + ",'BackendSslProtocol':'TLSv1.2'}]").backendTls())
                .contains(true);
        assertThat(one("[{" + tried + "}]").backendTls()).isEmpty();
        assertThat(one("[{" + ROW + ",'SslEnabled':'on','BackendSslProtocol':''}]")
                        .backendTls())
                .isEmpty();
    }

    @Test
    void keepsNoQueryStringForItMayHoldASecret() {
        assertThat(one("[{" + ROW + ",'RequestUri':'/login?token=abc'}]").path())
                .isEqualTo("/login");
    }

    @Test
    void spellsNamesAsTheGatewayDoes() {
        Row row = read(SourceDocuments.none()
                        .with(
                                Source.GATEWAY,
                                Json.of(
                                        "{'properties':{'backendAddressPools':[{'name':'Pool-A'}],"
                                                + "'backendHttpSettingsCollection':[{'name':'Set-A','properties':{'port':80}}],"
                                                + "'requestRoutingRules':[{'name':'Rule-A'}],'httpListeners':[{'name':'L-A'}]}}"))
                        .with(
                                Source.ACCESS_LOG,
                                Json.of("[{" + ROW + ",'BackendPoolName':'pool-a','BackendSettingName':'SET-A',"
                                        + "'RuleName':'rule-a','ListenerName':'l-a'}]")))
                .rows()
                .get(0);
        assertThat(List.of(row.pool(), row.setting(), row.rule(), row.listener()))
                .containsExactly("Pool-A", "Set-A", "Rule-A", "L-A");
    }

    /** The incident's hour is 08:00 to 09:00. A log query of that hour gives the same. */
    @ParameterizedTest
    @CsvSource({
        "07:59:59.999,,false",
        "08:00:00,,true",
        "09:00:00,,true",
        "09:00:00.001,,false",
        "07:40:00,07:59:00,false",
        "07:59:00,08:01:00,true",
        "08:59:00,09:01:00,true"
    })
    void countsTheRequestsOfTheIncidentsOwnTimeAlone(String first, String last, boolean counts) {
        String lastSeen = last == null ? "" : ",'LastSeen':'2026-03-02T" + last + "Z'";
        AccessLog log = read("[{'TimeGenerated':'2026-03-02T" + first + "Z','HttpStatus':502" + lastSeen + "}]");
        assertThat(log.rows()).hasSize(counts ? 1 : 0);
    }

    @Test
    void readsHowALayerFourSessionEnded() {
        Row row = one("[{'TimeGenerated':'2026-03-02T08:30:00Z','Protocol':'TCP','ServerStatus':'502'}]");
        assertThat(row.isFailure()).isTrue();
    }

    @Test
    void anAnswerWithoutRowsIsAnEmptyLog() {
        assertThat(read("[]").rows()).isEmpty();
        assertThat(read("{'tables':[]}").rows()).isEmpty();
        assertThat(read("{'tables':[{'name':'PrimaryResult','columns':[],'rows':[]}]}")
                        .rows())
                .isEmpty();
    }

    private static String v1(String status, String timeTaken, String routed, String serverStatus) {
        return "{'time':'2026-03-02T08:30:00Z','category':'ApplicationGatewayAccessLog',"
                + "'operationName':'ApplicationGatewayAccess','properties':{"
                + "'instanceId':'ApplicationGatewayRole_IN_0','clientIP':'203.0.113.9','httpStatus':" + status
                + ",'timeTaken':" + timeTaken + ",'requestUri':'/','requestQuery':"
                + "'X-AzureApplicationGateway-CACHE-HIT=0&SERVER-ROUTED=" + routed
                + "&X-AzureApplicationGateway-LOG-ID=1&SERVER-STATUS=" + serverStatus + "'}}";
    }

    private static Row one(String document) {
        List<Row> rows = read(document).rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static AccessLog read(String document) {
        return read(SourceDocuments.none().with(Source.ACCESS_LOG, Json.of(document)));
    }

    private static AccessLog read(SourceDocuments documents) {
        Reading<AccessLog> reading = Json.read(documents).accessLog();
        Optional<AccessLog> log = reading.toOptional();
        return log.orElseThrow(() -> new AssertionError(reading));
    }
}
