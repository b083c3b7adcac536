package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel does: whom it tries again, whom it leaves alone, and that it keeps its secrets. */
abstract class ChannelContract {

    static final String SECRET = "s3cr3t-T0ken";

    private static final HttpPipeline HTTP = new HttpPipelineBuilder()
            .httpClient(new JdkHttpClientBuilder()
                    .connectionTimeout(Duration.ofSeconds(2))
                    .responseTimeout(Duration.ofSeconds(2))
                    .build())
            .build();

    Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        receiver.answers(success());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** The channel, sending to a URL whose path and query hold {@link #SECRET}. */
    abstract Channel channel(URI url, HttpPipeline http);

    /** What the other side answers when all is well. */
    Reply success() {
        return Reply.of(200);
    }

    /** How many bytes of body the other side takes. */
    abstract int longest();

    /** What a body that was cut says of it. */
    abstract String cutNote();

    @Test
    void sendsOnceWhatItIsGiven() {
        assertThat(deliver()).isEqualTo(new DeliveryResult.Sent());

        assertThat(receiver.only().method()).isEqualTo("POST");
        assertThat(receiver.only().path()).contains(SECRET);
        assertThat(receiver.only().body()).contains("agw-prod").doesNotContain(cutNote());
        assertThat(receiver.only().headers()).containsKey("content-length");
        assertThat(receiver.only().headers().get("user-agent")).startsWith("triage502/");
    }

    @Test
    void aNameIsFitForSettingsAndTheOutbox() {
        assertThat(channel().name()).matches("[a-z][a-z0-9-]{1,30}");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 507})
    void mayGoBetterLater(int status) {
        receiver.answers(status);

        assertThat(failed().why()).contains("answered " + status);
        assertThat(failed().retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422})
    void willNotGoBetterLater(int status) {
        receiver.answers(new Reply(status, Map.of("Retry-After", "5"), "unknown hook"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains("answered " + status, "unknown hook");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        7                             | PT7S
        ' 120 '                       | PT2M
        Mon, 02 Mar 2026 08:00:00 GMT |
        soon                          |
        -5                            |
        99999999999999                |
        """)
    void waitsAsLongAsItIsAsked(String retryAfter, Duration pause) {
        receiver.answers(new Reply(429, Map.of("Retry-After", retryAfter), ""));

        assertThat(failed().retryAfter()).isEqualTo(Optional.ofNullable(pause));
    }

    @Test
    void waitsUntilADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
        receiver.answers(new Reply(503, Map.of("Retry-After", date), ""));

        assertThat(failed().retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (Receiver elsewhere = new Receiver()) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                receiver.answers(new Reply(
                        status, Map.of("Location", elsewhere.uri("/?" + SECRET).toString()), ""));

                assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
            }
            assertThat(elsewhere.got()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        receiver.close();

        assertThat(failed().why()).contains("http://127.0.0.1:");
    }

    @Test
    void doesNotWaitForAServerThatDoesNotAnswer() {
        receiver.hangs();

        assertThat(failed().why()).contains("http://127.0.0.1:");
    }

    @Test
    void noSecretIsInAnError() {
        String said = "no hook " + url() + " nor " + url().getRawPath() + " nor " + url().getQuery() + " nor " + SECRET;
        for (int status : new int[] {302, 400, 404, 429, 500}) {
            receiver.answers(new Reply(status, Map.of(), said));

            assertThat(why(deliver())).contains("no hook").doesNotContain(SECRET);
        }
        receiver.close();
        assertThat(why(deliver())).doesNotContain(SECRET);
        assertThat(channel().toString()).doesNotContain(SECRET);
    }

    @Test
    void aLongReportIsCutAndSaysSo() {
        channel().deliver(new ReportNotice(Reports.long_(), 1));

        String body = receiver.only().body();
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(longest());
        assertThat(body).contains(cutNote()).contains("agw-prod");
    }

    final DeliveryResult deliver() {
        return channel().deliver(new ReportNotice(Reports.usual(), 1));
    }

    final Channel channel() {
        return channel(url(), HTTP);
    }

    private URI url() {
        return receiver.uri("/hooks/" + SECRET + "/in?sig=" + SECRET + "%2Bx&v=1");
    }

    private DeliveryResult.Failed failed() {
        DeliveryResult delivery = deliver();
        assertThat(delivery).isInstanceOf(DeliveryResult.Failed.class);
        return (DeliveryResult.Failed) delivery;
    }

    private static String why(DeliveryResult delivery) {
        return delivery instanceof DeliveryResult.Failed failed
                ? failed.why()
                : ((DeliveryResult.Refused) delivery).why();
    }
}
