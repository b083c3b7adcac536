package dev.triage502.analysis.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one TLS handshake with a server says of its certificate, and in which words. */
class TlsDirectProbeTest {

    private static final Instant NOW = Scene.AT;
    private static final Target SERVER = Target.server("10.0.3.4", "pool-shop");

    private static Instant in(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    /** A certificate for {@code shop.example.com}, good for a year, with its whole chain. */
    private static Tls.Builder good() {
        return Tls.builder()
                .protocol("TLSv1.2")
                .subject("CN=shop.example.com")
                .names(List.of("shop.example.com"))
                .issuer("CN=Issuing CA")
                .notBefore(Optional.of(in(-100)))
                .notAfter(Optional.of(in(100)))
                .chain(List.of("CN=shop.example.com", "CN=Issuing CA"))
                .error("");
    }

    private static TlsDirectProbe look(Tls.Builder tls) {
        return look(tls, "shop.example.com", OptionalInt.empty());
    }

    private static TlsDirectProbe answered(Tls.Builder tls, String asked) {
        return look(tls, asked, OptionalInt.of(200));
    }

    private static TlsDirectProbe look(Tls.Builder tls, String asked, OptionalInt status) {
        Tls seen = tls.build();
        DirectProbe probe = DirectProbe.builder()
                .targets(List.of(SERVER))
                .address("10.0.3.4")
                .port(OptionalInt.of(443))
                .overTls(true)
                .host(asked)
                .path("/")
                .sni("")
                .from("vm-jump")
                .connect(Connect.OK)
                .tls(Optional.of(seen))
                .status(status)
                .error("")
                .build();
        Gateway gateway = Scene.shop().evidence().gateway().toOptional().orElseThrow();
        ProbeRequest request =
                ProbeRequest.of(gateway, gateway.setting("set-shop").orElseThrow(), "10.0.3.4");
        return new TlsDirectProbe(SERVER, probe, seen, Optional.of(request), NOW);
    }

    @Test
    void theDatesOfACertificateAreTold() {
        assertThat(look(good()).validity().text())
                .isEqualTo("10.0.3.4 presents a certificate valid from 22 Nov 2025 09:00 UTC until 10 Jun 2026 09:00"
                        + " UTC (tested from vm-jump)");
        assertThat(look(good().notBefore(Optional.empty())).validity().text())
                .contains("presents a certificate valid until 10 Jun 2026 09:00 UTC");
        assertThat(look(good().notAfter(Optional.empty())).validity().text())
                .contains("presents a certificate valid from 22 Nov 2025 09:00 UTC");
    }

    @Test
    void aCertificateThatExpiredSaysWhen() {
        TlsDirectProbe look = look(good().notAfter(Optional.of(in(-1))).error("certificate has expired"));

        assertThat(look.hasBadDates()).isTrue();
        assertThat(look.hasGoodDates()).isFalse();
        assertThat(look.validity().text())
                .contains("presents a certificate that expired on 1 Mar 2026 09:00 UTC; client error: \"certificate"
                        + " has expired\"");
        assertThat(look.validity().values())
                .containsEntry("expired-on", "2026-03-01T09:00:00Z")
                .containsEntry("not-after", "2026-03-01T09:00:00Z")
                .doesNotContainKeys("valid-from", "intermediate");
    }

    @Test
    void aCertificateThatIsNotYetValidSaysFromWhen() {
        TlsDirectProbe look = look(good().notBefore(Optional.of(in(1))));

        assertThat(look.hasBadDates()).isTrue();
        assertThat(look.validity().text()).contains("that is not valid before 3 Mar 2026 09:00 UTC");
        assertThat(look.validity().values())
                .containsEntry("valid-from", "2026-03-03T09:00:00Z")
                .doesNotContainKeys("expired-on", "intermediate");
    }

    /** Its own dates are good and the client says expired: the one above it is. */
    @Test
    void theIntermediateIsNamedWhereItMustBeTheOneThatExpired() {
        TlsDirectProbe look = look(good().error("certificate has expired"));

        assertThat(look.hasBadDates()).isTrue();
        assertThat(look.validity().values()).containsEntry("intermediate", "CN=Issuing CA");
        assertThat(look(good().chain(List.of("CN=shop.example.com", "CN=Issuing CA", "CN=Root"))
                                .error("certificate has expired"))
                        .validity()
                        .values())
                .as("it may be either of two")
                .doesNotContainKey("intermediate");
        assertThat(look(good().chain(List.of("CN=shop.example.com")).error("certificate has expired"))
                        .validity()
                        .values())
                .doesNotContainKey("intermediate");
        assertThat(look(good().issuer("CN=shop.example.com").error("certificate has expired"))
                        .validity()
                        .values())
                .doesNotContainKey("intermediate");
        assertThat(look(good()).validity().values())
                .as("its dates are good")
                .doesNotContainKey("intermediate")
                .containsKey("not-after");
    }

    @Test
    void aCertificateWithoutDatesIsValidUnlessTheClientSaysOtherwise() {
        Tls.Builder undated = good().notBefore(Optional.empty()).notAfter(Optional.empty());

        assertThat(look(undated).validity().text()).contains("presents a certificate that is valid now");
        assertThat(look(undated).hasGoodDates()).as("nothing shows it").isFalse();
        assertThat(look(undated.error("certificate has expired")).validity().text())
                .contains("presents a certificate that is not valid now");
    }

    @Test
    void noDatesAreJudgedWhereNoCertificateWasShown() {
        TlsDirectProbe look =
                look(Tls.builder().protocol("").subject("").issuer("").error("certificate has expired"));

        assertThat(look.hasBadDates()).isFalse();
        assertThat(look.hasGoodDates()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1,true", "-3,false"})
    void aCertificateOfTheLastTwoDaysMayHaveBeenRenewed(int begun, boolean renewed) {
        assertThat(look(good().notBefore(Optional.of(in(begun)))).isRenewed()).isEqualTo(renewed);
    }

    @Test
    void aChainIsWholeWhereTheSignersCertificateIsSent() {
        TlsDirectProbe whole = look(good());
        TlsDirectProbe alone = look(good().chain(List.of("CN=shop.example.com")));
        TlsDirectProbe other = look(good().chain(List.of("CN=shop.example.com", "CN=Other CA")));

        assertThat(whole.hasWholeChain()).isTrue();
        assertThat(whole.hasBrokenChain()).isFalse();
        assertThat(alone.hasWholeChain()).isFalse();
        assertThat(alone.hasBrokenChain()).isTrue();
        assertThat(other.hasWholeChain()).isFalse();
        assertThat(look(good().chain(List.of())).hasWholeChain())
                .as("not recorded")
                .isFalse();
    }

    @Test
    void aChainThatTheClientVerifiedIsNotBroken() {
        Tls.Builder alone = good().chain(List.of("CN=shop.example.com"));

        assertThat(look(alone.verified(Optional.of(true))).hasBrokenChain()).isFalse();
        assertThat(look(alone.verified(Optional.of(false))).hasBrokenChain()).isTrue();
    }

    @Test
    void aChainIsToldByItsCommonNames() {
        assertThat(look(good().chain(List.of("CN=shop.example.com", "CN=CA,O=Example")))
                        .chain()
                        .text())
                .contains("sends the chain shop.example.com, CN=CA,O=Example; the server certificate is issued by"
                        + " Issuing CA");
        assertThat(look(good().error("self-signed certificate in certificate chain"))
                        .signer()
                        .text())
                .contains("presents a certificate issued by Issuing CA; client error: \"self-signed certificate in"
                        + " certificate chain\"");
    }

    @ParameterizedTest
    @CsvSource({
        "sslv3 alert handshake failure,true",
        "tlsv13 alert certificate required,true",
        "wrong version number,false",
        "certificate has expired,false",
        "'',false"
    })
    void noSessionCameAboutWhereTheHandshakeWasBrokenOff(String error, boolean none) {
        assertThat(look(good().error(error)).hasNoSession()).isEqualTo(none);
        assertThat(answered(good().error(error), "shop.example.com").hasNoSession())
                .as("an answer came")
                .isFalse();
    }

    @Test
    void anAnswerForAnotherNameIsNotOneForTheGateways() {
        TlsDirectProbe same = answered(good(), "SHOP.example.com");
        TlsDirectProbe other = answered(good(), "www.example.com");

        assertThat(same.completes()).isTrue();
        assertThat(same.completesForAnotherName()).isFalse();
        assertThat(other.completes()).isFalse();
        assertThat(other.completesForAnotherName()).isTrue();
        assertThat(look(good()).completes()).as("no answer").isFalse();
        assertThat(look(good(), "www.example.com", OptionalInt.empty()).completesForAnotherName())
                .isFalse();
        assertThat(other.otherName().text())
                .contains("completes the TLS handshake for SNI www.example.com, but the gateway's probe sends SNI"
                        + " shop.example.com");
        assertThat(other.otherName().values())
                .containsEntry("handshake", "name")
                .containsEntry("names", "www.example.com");
    }

    @Test
    void theNameIsJudgedWhereTheLookAskedForTheGatewaysName() {
        Tls.Builder other = good().names(List.of("www.example.com", "api.example.com"));

        assertThat(look(good()).isForTheName()).isTrue();
        assertThat(look(good()).isForAnotherName()).isFalse();
        assertThat(look(other).isForTheName()).isFalse();
        assertThat(look(other).isForAnotherName()).isTrue();
        assertThat(look(other, "www.example.com", OptionalInt.empty()).isForAnotherName())
                .as("the server may have another certificate for the gateway's name")
                .isFalse();
        assertThat(look(other, "www.example.com", OptionalInt.empty()).lacksTheGatewaysName())
                .isTrue();
        assertThat(look(good()).lacksTheGatewaysName()).isFalse();
        assertThat(look(other).covers("api.example.com")).isTrue();
        assertThat(look(other).covers("shop.example.com")).isFalse();
    }

    @Test
    void nothingIsSaidOfNamesWhereNoCertificateWasShown() {
        TlsDirectProbe look =
                look(Tls.builder().protocol("").subject("").issuer("").error("eof"));

        assertThat(look.isForAnotherName()).isFalse();
        assertThat(look.lacksTheGatewaysName()).isFalse();
        assertThat(look.covers("shop.example.com")).isFalse();
        assertThat(look.isSelfSigned()).isFalse();
    }

    @Test
    void theNamesOfAStandInCertificateAreNotSent() {
        Tls.Builder made = good().names(List.of("ingress.local"))
                .subject("O=Acme Co, CN=Kubernetes Ingress Controller Fake Certificate");

        assertThat(look(made).names().values()).containsEntry("stand-in", "yes").doesNotContainKey("names");
    }

    @Test
    void theNamesOfACertificateAreToldWithTheNameThatWasAsked() {
        Tls.Builder other = good().names(List.of("www.example.com", "api.example.com"));

        Finding names = look(other).names();
        assertThat(names.text())
                .contains("presents a certificate for www.example.com, api.example.com (SNI shop.example.com)");
        assertThat(names.values())
                .containsEntry("uncovered-name", "shop.example.com")
                .containsEntry("names", "www.example.com api.example.com");
        Finding lacking = look(other, "www.example.com", OptionalInt.empty()).lackingName();
        assertThat(lacking.text())
                .contains("presents a certificate for www.example.com, api.example.com; the gateway sends SNI"
                        + " shop.example.com");
        assertThat(lacking.values())
                .containsEntry("host", "shop.example.com")
                .containsEntry("uncovered-name", "shop.example.com");
        assertThat(look(good().names(List.of())).names().text())
                .as("without alternative names the subject tells")
                .contains("presents a certificate for CN=shop.example.com (SNI");
        assertThat(look(good().names(List.of())).lackingName().text())
                .contains("presents a certificate for CN=shop.example.com;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unable to get local issuer certificate", "self-signed certificate"})
    void aSignerThatTheClientDoesNotKnowIsNotKnown(String error) {
        assertThat(look(good().error(error)).isNotKnown()).isTrue();
    }

    @Test
    void aCertificateThatSignedItselfIsNotKnownWhateverTheClientSays() {
        TlsDirectProbe look = look(good().issuer("CN=shop.example.com"));

        assertThat(look.isSelfSigned()).isTrue();
        assertThat(look.isNotKnown()).isTrue();
        assertThat(look(good()).isSelfSigned()).isFalse();
        assertThat(look(good()).isNotKnown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tlsv13 alert certificate required,client-certificate",
        "tlsv1 alert protocol version,protocol",
        "no shared cipher,protocol",
        "unsupported protocol,protocol",
        "tlsv1 unrecognized name,unknown-name",
        "SSL alert number 112,unknown-name",
        "unexpected eof,"
    })
    void aHandshakeThatIsBrokenOffSaysWhatWasMissingWhereTheServerSaysSo(String error, String handshake) {
        Finding finding = look(good().error(error)).breakOff();

        assertThat(finding.text()).contains("aborts the TLS handshake: \"" + error + "\"");
        assertThat(finding.values().get("handshake")).isEqualTo(handshake);
    }

    @Test
    void aPageGetsWhatIsNeededToAskTheSame() {
        assertThat(look(good()).validity().values())
                .containsEntry("subject", "CN=shop.example.com")
                .containsEntry("issuer", "CN=Issuing CA")
                .containsEntry("host", "shop.example.com")
                .containsEntry("port", "443")
                .containsEntry("protocol", "Https")
                .containsEntry("path", "/");
    }
}
