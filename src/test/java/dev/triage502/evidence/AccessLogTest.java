package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who made an answer, and by which way a request went. */
class AccessLogTest {

    @ParameterizedTest
    @CsvSource({
        "200,10.0.2.4,true",
        "404,10.0.2.4,true",
        "499,10.0.2.4,false",
        "500,10.0.2.4,false",
        "0,10.0.2.4,false",
        "200,'',false"
    })
    void servedIsWhatAServerAnsweredAndNot5xx(int status, String server, boolean served) {
        assertThat(row(status, "", "", server).isServed()).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource({
        "502,502,ERRORINFO_NO_ERROR,10.0.2.4,BACKEND",
        "502,500,ERRORINFO_NO_ERROR,10.0.2.4,BACKEND",
        "502,499,ERRORINFO_NO_ERROR,10.0.2.4,BOTH",
        "502,200,ERRORINFO_NO_ERROR,10.0.2.4,BOTH",
        "404,404,ERRORINFO_NO_ERROR,10.0.2.4,BACKEND",
        "502,502,ERRORINFO_UPSTREAM_NO_LIVE,10.0.2.4,GATEWAY",
        "502,502,ERRORINFO_UPSTREAM_CLOSED_CONNECTION,10.0.2.4,GATEWAY",
        "504,504,ERRORINFO_UPSTREAM_TIMED_OUT,10.0.2.4,GATEWAY",
        "502,0,ERRORINFO_NO_ERROR,10.0.2.4,GATEWAY",
        "502,'',ERRORINFO_NO_ERROR,10.0.2.4,GATEWAY",
        "502,502,ERRORINFO_NO_ERROR,'',GATEWAY"
    })
    void theErrorInfoSaysFirstWhoMadeIt(int status, String serverStatus, String info, String server, Maker maker) {
        assertThat(row(status, serverStatus, info, server).maker()).isEqualTo(maker);
    }

    @ParameterizedTest
    @CsvSource({
        "502,'',ERRORINFO_UPSTREAM_NO_LIVE,'',true",
        "500,500,ERRORINFO_NO_ERROR,10.0.2.4,true",
        "501,501,ERRORINFO_NO_ERROR,10.0.2.4,true",
        "505,505,ERRORINFO_NO_ERROR,10.0.2.4,true",
        "505,'',ERRORINFO_INVALID_REQUEST,'',false",
        "404,404,ERRORINFO_NO_ERROR,10.0.2.4,false"
    })
    void aFailureIsAProxysOr5xxOfTheServersOwn(
            int status, String serverStatus, String info, String server, boolean failure) {
        assertThat(row(status, serverStatus, info, server).isFailure()).isEqualTo(failure);
    }

    @Test
    void aRequestWentByWhatItsRowNames() {
        Row row = row(502, "", "", "10.0.2.4");

        assertThat(row.wentBy(Target.of(Kind.GATEWAY, "any", ""))).isTrue();
        assertThat(row.wentBy(Target.of(Kind.POOL, "POOL-web", ""))).isTrue();
        assertThat(row.wentBy(Target.of(Kind.POOL, "pool-two", ""))).isFalse();
        assertThat(row.wentBy(Target.of(Kind.POOL, "pool-web", "").on(Place.SETTING, "set-two")))
                .isFalse();
        assertThat(row.wentBy(Target.of(Kind.ROUTING_RULE, "rule-web", ""))).isTrue();
        assertThat(row.wentBy(Target.of(Kind.ROUTING_RULE, "rule-two", ""))).isFalse();
        assertThat(row.wentBy(Target.of(Kind.LISTENER, "lis-two", ""))).isFalse();
        assertThat(row.wentBy(Target.of(Kind.NSG_RULE, "deny", ""))).isFalse();
    }

    @Test
    void aServerIsTheOneThatWasTriedOrAnyBehindAName() {
        Row row = row(502, "", "", "10.0.2.4");

        assertThat(row.wentBy(Target.server("10.0.2.4", "pool-web"))).isTrue();
        assertThat(row.wentBy(Target.server("10.0.2.5", "pool-web"))).isFalse();
        assertThat(row.wentBy(Target.server("app.example.com", "pool-web"))).isTrue();
        assertThat(row(502, "", "", "").wentBy(Target.server("10.0.2.5", "pool-web")))
                .isTrue();
    }

    private static Row row(int status, String serverStatus, String info, String server) {
        return Scene.web()
                .requests(
                        5,
                        1,
                        status,
                        "{'ListenerName':'lis-web','RuleName':'rule-web','BackendPoolName':'pool-web',"
                                + "'BackendSettingName':'set-web','ServerStatus':'" + serverStatus + "','ErrorInfo':'"
                                + info + "','ServerRouted':'" + (server.isEmpty() ? "" : server + ":80") + "'}")
                .evidence()
                .accessLog()
                .toOptional()
                .orElseThrow()
                .rows()
                .get(0);
    }
}
