package dev.triage502.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private final Guard guard = Guard.strict();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "169.254.169.254",
                "169.254.130.1",
                "fe80::1",
                "224.0.0.1",
                "239.255.255.250",
                "ff02::1",
                "168.63.129.16",
                "255.255.255.255",
                "240.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a83f:8110",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1"
            })
    void refusesThisMachineThePlatformAndWhatIsNoMachine(String address) throws UnknownHostException {
        assertThat(guard.againstAddress(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.2.4",
                "172.16.9.9",
                "192.168.1.1",
                "100.64.0.7",
                "20.50.2.3",
                "168.63.129.17",
                "fd00::4",
                "2603:1020::1"
            })
    void letsBackendsBeAsked(String address) throws UnknownHostException {
        assertThat(guard.againstAddress(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "x.localhost", "metadata.azure.internal"})
    void refusesNamesOfThisMachineWithoutAsking(String name) {
        assertThat(guard.againstName(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.contoso.com", "localhost.contoso.com", "10.0.0.4"})
    void letsNamesBeResolved(String name) {
        assertThat(guard.againstName(name)).isEmpty();
    }
}
