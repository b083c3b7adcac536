package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.4, 10.0.0.4, ",
        "10.0.0.4:8080, 10.0.0.4, 8080",
        "[fd00::4]:443, fd00::4, 443",
        "[fd00::4], fd00::4, ",
        "fd00::4, fd00::4, ",
        "https://shop.contoso.com:8443/health, shop.contoso.com, 8443"
    })
    void takesAServerApart(String text, String host, Integer port) {
        HostAndPort read = HostAndPort.of(text);

        assertThat(read.host()).isEqualTo(host);
        assertThat(read.port()).isEqualTo(port == null ? OptionalInt.empty() : OptionalInt.of(port));
    }
}
