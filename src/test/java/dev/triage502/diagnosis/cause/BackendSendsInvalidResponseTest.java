package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendSendsInvalidResponseTest {

    private static String report(String serverStatus) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80','ServerStatus':'"
                + serverStatus + "','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/report','TimeTaken':0.3}";
    }

    @Test
    void shownByAnAnswerThatBeganAlwaysOnTheSamePath() {
        Scene scene = Scene.web().served(20, 90, "10.0.2.4").requests(9, 8, 502, report("200"));

        assertThat(Judging.of(new BackendSendsInvalidResponse(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains("10.0.2.4 returned 200 to 8 requests", "sent 502 to the client");
    }

    @Test
    void shownByADirectAnswerThatCannotBeRead() {
        Scene scene = Scene.web()
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/report','connect':'ok','status':null,'error':'malformed"
                                + " header line'}]");

        Judging.of(new BackendSendsInvalidResponse(), scene).isShown(Confidence.CONFIRMED);
    }

    /** They hold the words header, parse and end, and say only that nothing came. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/http: timeout awaiting response headers",
                "Headers Timeout Error",
                "HTTP/1.1 header parser received no bytes",
                "Unexpected end of file from server",
                "Premature end of Content-Length delimited message body (expected: 512; received: 100)"
            })
    void notShownByAnAnswerThatDidNotComeOrWasCutOff(String words) {
        Scene scene = Scene.web()
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/report','connect':'ok',"
                                + "'status':null,'error':'" + words + "'}]");

        Judging.of(new BackendSendsInvalidResponse(), scene).isNotShown();
    }

    @Test
    void notShownByARelayed502() {
        Scene scene = Scene.web().served(20, 90, "10.0.2.4").requests(9, 8, 502, report("502"));

        Judging.of(new BackendSendsInvalidResponse(), scene).isNotShown();
    }

    @Test
    void notShownByAHandshakeThatFailsWhenAskedDirectly() {
        Scene scene = Scene.web()
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4','scheme':'https','host':'www.example.com','path':'/','connect':'ok',"
                                + "'status':null,'error':'TLS handshake: protocol error'}]");

        Judging.of(new BackendSendsInvalidResponse(), scene).isNotShown();
    }

    @Test
    void cannotTellWithoutLogAndDirectLook() {
        Judging.of(new BackendSendsInvalidResponse(), Scene.unread())
                .cannotTellWithout(Source.DIRECT_PROBE, Source.ACCESS_LOG);
    }
}
