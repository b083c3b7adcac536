package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRouteTest {

    @ParameterizedTest
    @CsvSource({
        "*, https://management.azure.com/x",
        "azure.com, https://management.azure.com/x",
        ".azure.com, https://management.azure.com/x",
        ".azure.com, https://azure.com/x",
        "*.azure.com, https://management.azure.com/x",
        "Azure.COM, https://MANAGEMENT.azure.com/x",
        "azure.com:443, https://management.azure.com/x",
        "'corp.example, azure.com', https://management.azure.com/x",
        "10.0.0.0/8, https://10.20.30.40/hook",
        "10.20.30.40, https://10.20.30.40/hook",
        "10.20.30.40:8443, https://10.20.30.40:8443/hook",
        "172.16.0.0/12, http://172.31.255.255:8080/hook",
        "0.0.0.0/0, https://203.0.113.9/hook",
        "fd00::/8, 'https://[fd12::1]/hook'",
        "fd12::1, 'https://[fd12:0::1]/hook'",
        "[fd12::1]:8443, 'https://[fd12::1]:8443/hook'",
        "x, http://localhost:10000/account",
        "x, http://127.0.0.1:10000/account",
    })
    void isAskedDirectly(String exceptions, URI uri) {
        assertThat(route(exceptions).select(uri)).containsExactly(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://management.azure.com/x",
        "zure.com, https://management.azure.com/x",
        "management.azure.com, https://azure.com/x",
        "azure.com:8443, https://management.azure.com/x",
        "10.0.0.0/8, https://11.0.0.1/hook",
        "10.0.0.0/8, https://ten.example.com/hook",
        "172.16.0.0/12, https://172.32.0.1/hook",
        "10.0.0.0/33, https://10.0.0.1/hook",
        "10.0.0.0/x, https://10.0.0.1/hook",
        "10.20.30.40, https://1.10.20.30/hook",
        "fd00::/8, 'https://[fe80::1]/hook'",
        "fd00::/8, https://10.0.0.1/hook",
    })
    void goesThroughTheProxy(String exceptions, URI uri) {
        assertThat(route(exceptions).select(uri)).hasSize(1).doesNotContain(Proxy.NO_PROXY);
        assertThat(route(exceptions).words(uri)).isEqualTo("through proxy proxy.corp.example:3128 (HTTPS_PROXY)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ops:hidden@proxy.corp.example:3128", "socks5://proxy.corp.example:1080"})
    void aProxyThatIsNotSpokenToInHttpIsRefused(String value) {
        assertThatThrownBy(() -> ProxyRoute.of(SurroundingVariables.of(Map.of("HTTPS_PROXY", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY begins with " + value.substring(0, value.indexOf(':')) + "://")
                .hasMessageContaining("use http://host:port")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aProxyOfAnotherSchemeThatIsNotUsedDoesNotMatter() {
        ProxyRoute route = ProxyRoute.of(SurroundingVariables.of(
                Map.of("HTTPS_PROXY", "proxy:3128", "HTTP_PROXY", "proxy:3128", "ALL_PROXY", "socks5://proxy")));

        assertThat(route.words(URI.create("https://management.azure.com"))).startsWith("through proxy proxy:3128");
    }

    private static ProxyRoute route(String exceptions) {
        return ProxyRoute.of(SurroundingVariables.of(Map.of(
                "HTTPS_PROXY",
                "http://proxy.corp.example:3128",
                "HTTP_PROXY",
                "http://proxy.corp.example:3128",
                "NO_PROXY",
                exceptions)));
    }
}
