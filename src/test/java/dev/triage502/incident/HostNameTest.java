package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostNameTest {

    @Test
    void isTheSameInAnyCaseAndKeepsItsSpelling() {
        assertThat(HostName.of("Shop.Contoso.com"))
                .isEqualTo(HostName.of("shop.contoso.COM"))
                .hasSameHashCodeAs(HostName.of("shop.contoso.com"))
                .hasToString("Shop.Contoso.com");
    }

    @Test
    void liesBelowADomainLabelByLabel() {
        HostName domain = HostName.of("azurewebsites.net");
        assertThat(HostName.of("shop.AzureWebsites.net").isBelow(domain)).isTrue();
        assertThat(HostName.of("azurewebsites.net").isBelow(domain)).isTrue();
        assertThat(HostName.of("shopazurewebsites.net").isBelow(domain)).isFalse();
    }

    @Test
    void tellsWhatStandsBeforeADomain() {
        HostName zone = HostName.of("contoso.com");
        assertThat(HostName.of("API.Shop.contoso.com").before(zone)).contains("api.shop");
        assertThat(HostName.of("contoso.com").before(zone)).isEmpty();
        assertThat(HostName.of("fabrikam.com").before(zone)).isEmpty();
    }

    @Test
    void aWildcardCoversExactlyOneLabel() {
        HostName wildcard = HostName.of("*.contoso.com");
        assertThat(HostName.of("shop.Contoso.com").isCoveredBy(wildcard)).isTrue();
        assertThat(HostName.of("api.shop.contoso.com").isCoveredBy(wildcard)).isFalse();
        assertThat(HostName.of("contoso.com").isCoveredBy(wildcard)).isFalse();
        assertThat(HostName.of("shop.contoso.com").isCoveredBy(HostName.of("SHOP.contoso.com")))
                .isTrue();
    }

    @Test
    void noNameIsCoveredByNoName() {
        assertThat(HostName.of("").isCoveredBy(HostName.of(""))).isFalse();
    }
}
