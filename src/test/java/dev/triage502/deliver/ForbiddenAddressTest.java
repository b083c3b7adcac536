package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL of a channel is not a way to the platform that the app runs on. */
class ForbiddenAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.130.1",
                "2852039166",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[::ffff:169.254.169.254]",
                "168.63.129.16"
            })
    void thePlatformsAddressesAreRefusedAsTheyAreRead(String host) {
        assertThat(SecretUrl.parse("https://" + host + "/metadata")).isEmpty();
        assertThat(ForbiddenAddress.of(host, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "192.168.0.9", "172.16.0.1", "[fd12::1]", "93.184.216.34", "hooks.example.com"})
    void privateAndPublicOnesAreNot(String host) {
        assertThat(SecretUrl.parse("https://" + host + "/hook")).isPresent();
        assertThat(ForbiddenAddress.isWritten(host)).isFalse();
    }

    /** A name may lead there as well: so it is looked up before each request. */
    @Test
    void inAzureNothingIsSentToTheMachineItself() throws IOException {
        try (Receiver receiver = new Receiver()) {
            ChannelHttp http = new ChannelHttp(() -> new HttpPipelineBuilder().build(), Duration.ofSeconds(5), false);
            String url = receiver.uri("/hook").toString().replace("127.0.0.1", "localhost");

            assertThatThrownBy(() -> http.send(new HttpRequest(HttpMethod.POST, url)))
                    .isInstanceOf(ChannelHttp.NoAnswer.class)
                    .hasMessage("nothing is sent to loopback addresses in Azure");
            assertThat(receiver.got()).isEmpty();
        }
    }
}
