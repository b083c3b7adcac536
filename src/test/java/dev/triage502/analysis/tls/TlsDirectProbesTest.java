package dev.triage502.analysis.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.tls.TlsFaults.Fault;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which looks past the gateway tell of a server's TLS, and which test probes. */
class TlsDirectProbesTest {

    private static final Target SERVER =
            Target.server("10.0.3.4", "pool-shop").on(Place.SETTING, "set-shop").on(Place.PROBE, "probe-shop");
    private static final String NAME = "The Common Name of the leaf certificate presented by the backend server does"
            + " not match the Probe or Backend Setting hostname of the application gateway.";

    private static TlsDirectProbes probes(Scene scene) {
        Evidence evidence = scene.evidence();
        return TlsDirectProbes.of(evidence, Corroboration.of(evidence));
    }

    private static List<String> asked(Scene scene) {
        return probes(scene)
                .at(SERVER)
                .map(each -> each.probe().serverName())
                .sorted()
                .toList();
    }

    private static String look(String host, String more) {
        return "{'target':'10.0.3.4','scheme':'https','host':'" + host + "','path':'/'" + more + "}";
    }

    private static final String SHOWN = ",'tls':{'subject':'CN=x','issuer':'CN=CA'}";

    @Test
    void looksForTheGatewaysNameCountMoreThanOthers() {
        Scene others = Scene.shop().look(look("a.example.com", SHOWN)).look(look("b.example.com", SHOWN));

        assertThat(asked(others)).containsExactly("a.example.com", "b.example.com");
        assertThat(asked(others.look(look("SHOP.example.com", SHOWN)))).containsExactly("SHOP.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "ok,true",
        "reset,true",
        "refused,false",
        "timeout,false",
    })
    void aLookThatSpokeAtThePortCountsThoughItSawNoCertificate(String connect, boolean counts) {
        assertThat(asked(Scene.shop().look(look("shop.example.com", ",'connect':'" + connect + "'"))))
                .hasSize(counts ? 1 : 0);
    }

    @Test
    void aLookWithoutTlsOrAtAnotherPortSaysNothing() {
        assertThat(asked(Scene.shop().look(look("shop.example.com", "").replace("https", "http"))))
                .isEmpty();
        assertThat(asked(Scene.shop().look(look("shop.example.com", ",'port':8443" + SHOWN))))
                .isEmpty();
        assertThat(asked(Scene.shop().look(look("shop.example.com", ",'port':443" + SHOWN))))
                .hasSize(1);
    }

    private static List<Finding> measured(Scene scene) {
        Evidence evidence = scene.evidence();
        return TlsFaults.of(evidence, Corroboration.of(evidence))
                .measured(evidence.onDemandHealth().toOptional().orElseThrow(), Fault.NAME)
                .toList();
    }

    private static Scene tested(String host) {
        return Scene.shop().testProbe(host, "/", "pool-shop", "set-shop", "10.0.3.4", "Unhealthy", NAME);
    }

    /** A test probe may ask for any host; only the gateway's own tells of its requests. */
    @ParameterizedTest
    @CsvSource({"shop.example.com,true", "SHOP.example.com,true", "'',true", "other.example.com,false"})
    void aTestProbeTellsWhereItAskedForTheGatewaysHost(String host, boolean tells) {
        assertThat(measured(tested(host))).hasSize(tells ? 1 : 0);
    }

    @Test
    void aTestProbeOfAnUnknownSettingTellsWhateverItAsked() {
        Scene scene = Scene.shop().testProbe("any.example", "/", "pool-x", "set-x", "10.0.3.9", "Unhealthy", NAME);

        assertThat(measured(scene)).hasSize(1);
    }

    @Test
    void theNameThatTheCertificateLacksIsKept() {
        assertThat(measured(tested("shop.example.com")).get(0).values())
                .containsEntry("uncovered-name", "shop.example.com");
    }
}
