package dev.triage502.reachability.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.HostName;
import org.junit.jupiter.api.Test;

class ZoneNameTest {

    @Test
    void aPrivateLinkZoneAnswersTheNamesOfThePublicDomain() {
        ZoneName zone = ZoneName.of("PrivateLink.azurewebsites.net");

        assertThat(zone.isPrivateLink()).isTrue();
        assertThat(zone.domain()).isEqualTo(HostName.of("azurewebsites.net"));
        assertThat(ZoneName.privateLinkOf(zone.domain())).isEqualTo(zone);
    }

    @Test
    void anyOtherZoneAnswersItsOwnNames() {
        ZoneName zone = ZoneName.of("corp.example.com");

        assertThat(zone.isPrivateLink()).isFalse();
        assertThat(zone.domain()).isEqualTo(HostName.of("corp.example.com"));
        assertThat(ZoneName.of("privatelink-tests.example.com").isPrivateLink()).isFalse();
    }

    @Test
    void neitherCaseNorTheDotAtTheEndCounts() {
        assertThat(ZoneName.of("Corp.Example.com.")).isEqualTo(ZoneName.of("corp.example.com"));
    }

    @Test
    void aNameLiesInEveryDomainAboveIt() {
        assertThat(ZoneName.domainsOf(HostName.of("app.corp.example.com")))
                .extracting(HostName::toString)
                .containsExactly("app.corp.example.com", "corp.example.com", "example.com", "com");
    }
}
