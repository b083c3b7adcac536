package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DirectProbes.Tls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a certificate that was seen is good for. */
class TlsTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-04-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "shop.example.com,shop.example.com,true",
        "shop.example.com,SHOP.example.com,true",
        "shop.example.com,www.example.com,false",
        "*.example.com,shop.example.com,true",
        "*.example.com,a.shop.example.com,false",
        "*.example.com,example.com,false",
        "*.example.com,.example.com,false",
        "*.Example.com,shop.example.COM,true"
    })
    void aNameCoversAHost(String name, String host, boolean covered) {
        assertThat(tls("CN=other", "CN=ca", List.of(name), List.of()).covers(host))
                .isEqualTo(covered);
    }

    @Test
    void theCommonNameCountsOnlyWithoutAlternativeNames() {
        assertThat(tls("O=Shop, CN=shop.example.com", "CN=ca", List.of(), List.of())
                        .covers("shop.example.com"))
                .isTrue();
        assertThat(tls("shop.example.com", "CN=ca", List.of(), List.of()).covers("shop.example.com"))
                .isTrue();
        assertThat(tls("CN=shop.example.com", "CN=ca", List.of("www.example.com"), List.of())
                        .covers("shop.example.com"))
                .isFalse();
        assertThat(tls("", "", List.of(), List.of()).covers("")).isFalse();
    }

    @Test
    void signedByItselfIsWhatBearsItsIssuersName() {
        assertThat(tls("O=Shop, CN=Shop", "cn=shop", List.of(), List.of()).isSelfSigned())
                .isTrue();
        assertThat(tls("CN=shop", "CN=ca", List.of(), List.of()).isSelfSigned()).isFalse();
        assertThat(tls("CN=shop", "", List.of(), List.of()).isSelfSigned()).isFalse();
    }

    @Test
    void aChainIsBrokenWhereTheLeafOrItsIssuerIsNotSent() {
        assertThat(chain("CN=shop", "CN=ca").isChainBroken()).isFalse();
        assertThat(chain("CN=ca", "CN=shop").isChainBroken()).isFalse();
        assertThat(chain("CN=shop").isChainBroken()).isTrue();
        assertThat(chain("CN=ca").isChainBroken()).isTrue();
        assertThat(chain().isChainBroken()).isFalse();
        assertThat(tls("CN=shop", "CN=shop", List.of(), List.of("CN=shop")).isChainBroken())
                .isFalse();
        assertThat(tls("CN=shop", "", List.of(), List.of("CN=shop")).isChainBroken())
                .isFalse();
    }

    @Test
    void isValidFromItsFirstMomentToItsLast() {
        Tls tls = tls("CN=shop", "CN=ca", List.of(), List.of());

        assertThat(tls.validAt(FROM)).isTrue();
        assertThat(tls.validAt(UNTIL)).isTrue();
        assertThat(tls.validAt(FROM.minusSeconds(1))).isFalse();
        assertThat(tls.validAt(UNTIL.plusSeconds(1))).isFalse();
    }

    @Test
    void aCertificateWasShownWhereItsNameOrItsEndIsKnown() {
        assertThat(tls("CN=shop", "", List.of(), List.of()).hasCertificate()).isTrue();
        assertThat(tls("", "", List.of(), List.of()).hasCertificate()).isTrue();
        assertThat(Tls.builder()
                        .protocol("")
                        .subject("")
                        .names(List.of())
                        .issuer("")
                        .notBefore(Optional.empty())
                        .notAfter(Optional.empty())
                        .chain(List.of())
                        .verified(Optional.empty())
                        .error("x")
                        .build()
                        .hasCertificate())
                .isFalse();
    }

    private static Tls chain(String... sent) {
        return tls("CN=shop", "CN=ca", List.of(), List.of(sent));
    }

    private static Tls tls(String subject, String issuer, List<String> names, List<String> chain) {
        return Tls.builder()
                .protocol("TLSv1.2")
                .subject(subject)
                .names(names)
                .issuer(issuer)
                .notBefore(Optional.of(FROM))
                .notAfter(Optional.of(UNTIL))
                .chain(chain)
                .verified(Optional.of(true))
                .error("")
                .build();
    }
}
