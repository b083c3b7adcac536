package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.diagnosis.Cause.AtFault;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the reader is told to change, of all that the findings speak of. */
class TargetSelectionTest {

    private static final Target FOUR =
            Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web").on(Place.PROBE, "probe-web");
    private static final Target FIVE =
            Target.server("10.0.2.5", "pool-web").on(Place.SETTING, "set-web").on(Place.PROBE, "probe-web");

    @Test
    void theOneThatHurtsMostComesFirst() {
        Scene scene = Scene.web().failed(5, 3, 502, "", "10.0.2.4", 1).failed(5, 30, 502, "", "10.0.2.5", 1);

        assertThat(told(scene, AtFault.AS_FOUND, FOUR, FIVE)).containsExactly(FIVE, FOUR);
    }

    @Test
    void amongEqualsTheOrderIsThatOfTheAddresses() {
        Target ten = Target.server("10.0.2.10", "pool-web");

        assertThat(told(Scene.web(), AtFault.AS_FOUND, ten, FIVE, FOUR)).containsExactly(FOUR, FIVE, ten);
    }

    @Test
    void theGatewayIsToldByItsIdThoughItCouldNotBeRead() {
        assertThat(told(Scene.unread(), AtFault.GATEWAY, FOUR))
                .containsExactly(Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY));
    }

    @Test
    void theGatewayIsToldOnceThoughSourcesWriteItsIdInOtherLetters() {
        Target logged = Target.of(Kind.GATEWAY, "AGW-SHOP", Scene.GATEWAY.toUpperCase(Locale.ROOT));

        assertThat(told(Scene.web(), AtFault.AS_FOUND, logged, Target.of(Kind.GATEWAY, "gateway", "")))
                .containsExactly(Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY));
    }

    @Test
    void theSettingThatReachesTwoServersIsToldOnceWithItsId() {
        assertThat(told(Scene.web(), AtFault.SETTING, FOUR, FIVE))
                .singleElement()
                .satisfies(setting -> {
                    assertThat(setting.kind()).isEqualTo(Kind.SETTING);
                    assertThat(setting.id()).isEqualTo(Scene.GATEWAY + "/backendHttpSettingsCollection/set-web");
                    assertThat(setting.on()).containsEntry(Place.POOL, "pool-web");
                });
    }

    @Test
    void aSettingOrAProbeThatIsFoundIsToldAsItIs() {
        Target setting = Target.of(Kind.SETTING, "set-web", "x").on(Place.LISTENER, "lis");
        Target probe = Target.of(Kind.PROBE, "probe-web", "y").on(Place.LISTENER, "lis");

        for (AtFault fault : List.of(AtFault.SETTING, AtFault.PROBE)) {
            assertThat(told(Scene.web(), fault, setting)).containsExactly(setting);
            assertThat(told(Scene.web(), fault, probe)).containsExactly(probe);
        }
    }

    @Test
    void whatStandsOnNoSettingIsToldAsItIs() {
        Target bare = Target.server("10.0.2.4", "pool-web");

        assertThat(told(Scene.web(), AtFault.SETTING, bare)).containsExactly(bare);
        assertThat(told(Scene.web(), AtFault.PROBE, bare)).containsExactly(bare);
    }

    @Test
    void aProbeIsToldWithTheSettingAndThePoolThatItLooksAt() {
        assertThat(told(Scene.web(), AtFault.PROBE, FOUR)).singleElement().satisfies(probe -> {
            assertThat(probe.id()).isEqualTo(Scene.GATEWAY + "/probes/probe-web");
            assertThat(probe.on()).containsEntry(Place.SETTING, "set-web").containsEntry(Place.POOL, "pool-web");
        });
    }

    @Test
    void theDefaultProbeIsToldAsTheSettingThatHasNone() {
        Target server = Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web");

        assertThat(told(Scene.web(), AtFault.PROBE, server))
                .extracting(Target::kind)
                .containsExactly(Kind.SETTING);
    }

    @Test
    void settingsAndProbesThatTheGatewayDoesNotKnowAreToldByName() {
        assertThat(told(Scene.unread(), AtFault.SETTING, FOUR))
                .extracting(Target::name, Target::id)
                .containsExactly(tuple("set-web", ""));
        assertThat(told(Scene.unread(), AtFault.PROBE, FOUR))
                .extracting(Target::name, Target::id)
                .containsExactly(tuple("probe-web", ""));
    }

    @Test
    void allServersOfAPoolAreToldAsThePool() {
        assertThat(told(Scene.web(), AtFault.POOL_OR_SERVER, FOUR, FIVE))
                .singleElement()
                .satisfies(pool -> {
                    assertThat(pool.id()).isEqualTo(Scene.GATEWAY + "/backendAddressPools/pool-web");
                    assertThat(pool.on()).containsEntry(Place.SETTING, "set-web");
                });
    }

    @Test
    void membersThatTheProbeSawAreThePoolNotThoseThatAreConfigured() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-two", "set-web", "10.0.9.9", "Healthy", "Success");

        assertThat(told(scene, AtFault.POOL_OR_SERVER, FOUR))
                .extracting(Target::kind)
                .containsExactly(Kind.POOL);
    }

    @Test
    void aServerOfAnotherPoolDoesNotFillThePool() {
        Target elsewhere = Target.server("10.0.2.5", "pool-two").on(Place.SETTING, "set-web");

        assertThat(told(Scene.web(), AtFault.POOL_OR_SERVER, FOUR, elsewhere)).containsExactly(FOUR, elsewhere);
    }

    @Test
    void whatIsNoServerIsNeverToldAsAPool() {
        Target rule = Target.of(Kind.NSG_RULE, "deny", "").on(Place.NSG, "nsg");

        assertThat(told(Scene.web(), AtFault.POOL_OR_SERVER, rule)).containsExactly(rule);
    }

    @Test
    void aPoolThatNobodyKnowsHasNoMembersToFill() {
        assertThat(told(Scene.unread(), AtFault.POOL_OR_SERVER, FOUR)).containsExactly(FOUR);
    }

    private static List<Target> told(Scene scene, AtFault fault, Target... found) {
        Diagnosis diagnosis = new Diagnostician(
                        List.of(Fake.of("cause", Confidence.CONFIRMED, found).at(fault)))
                .diagnose(scene.incident(), scene.evidence());
        Diagnosis.NamedCause named =
                diagnosis.root().isConclusion() ? diagnosis.contributing().get(0) : diagnosis.root();
        List<Target> all = new ArrayList<>(List.of(named.target().orElseThrow()));
        all.addAll(named.alsoAt());
        return all;
    }
}
