package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client past the gateway could not read, and the requests that end at the same answer. */
class UnparsableResponsesTest {

    private static Scene unreadable(String path) {
        return Scene.web()
                .look("{'target':'10.0.2.4:80','scheme':'http','host':'www.example.com','path':'" + path
                        + "','connect':'ok','status':null,'error':'malformed header line'}");
    }

    private static List<Finding> cutOff(Scene scene) {
        Evidence evidence = scene.evidence();
        return UnparsableResponses.cutOffThere(
                        evidence.directProbes().toOptional().orElseThrow(),
                        evidence.accessLog().toOptional().orElseThrow())
                .toList();
    }

    private static Scene closed(Scene scene, String pool, String path) {
        return scene.requests(
                5,
                8,
                502,
                "{'BackendPoolName':'" + pool + "','BackendSettingName':'set-web','ServerRouted':'10.0.2.5:80',"
                        + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','RequestUri':'" + path + "'}");
    }

    @Test
    void anAnswerThatCannotBeReadIsQuotedWithItsPath() {
        Evidence evidence = unreadable("/cart").evidence();

        assertThat(UnparsableResponses.seen(evidence.directProbes().toOptional().orElseThrow()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .startsWith(
                                    "the response of 10.0.2.4 for /cart is not valid HTTP: \"malformed header line\"");
                    assertThat(finding.values()).containsEntry("path", "/cart");
                });
    }

    @Test
    void requestsOfItsPoolThatEndOnTheSamePathEndForIt() {
        assertThat(cutOff(closed(unreadable("/cart?a=1"), "pool-web", "/cart")))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("8 requests to 10.0.2.5 for /cart ended without a complete response");
    }

    @Test
    void othersDoNot() {
        assertThat(cutOff(closed(unreadable("/cart"), "pool-web", "/other")))
                .as("another path")
                .isEmpty();
        assertThat(cutOff(closed(unreadable("/cart"), "pool-api", "/cart")))
                .as("another pool")
                .isEmpty();
        assertThat(cutOff(unreadable("/cart").failed(5, 8, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)))
                .as("requests that timed out")
                .isEmpty();
    }
}
