package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel does that posts over HTTP: which answers are tried again, and which are not. */
abstract class HttpChannelContract extends ChannelContract {

    private static final HttpPipeline HTTP = new HttpPipelineBuilder()
            .httpClient(new JdkHttpClientBuilder()
                    .connectionTimeout(Duration.ofSeconds(2))
                    .responseTimeout(Duration.ofSeconds(2))
                    .build())
            .build();

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    static final ChannelTools TOOLS = new ChannelTools(
            new ChannelHttp(() -> HTTP, DEADLINE), Clock.fixed(Instant.parse("2026-03-02T08:15:10Z"), ZoneOffset.UTC));

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
    abstract Channel channel(URI url, ChannelTools tools);

    /** What the other side answers when all is well. */
    Reply success() {
        return Reply.of(200);
    }

    @Test
    void postsOnceAndSaysWhoItIs() {
        assertThat(deliver()).isEqualTo(new DeliveryResult.Sent());

        assertThat(receiver.only().method()).isEqualTo("POST");
        assertThat(receiver.only().path()).contains(SECRET);
        assertThat(receiver.only().headers()).containsKey("content-length");
        assertThat(receiver.only().headers().get("user-agent")).startsWith("triage502/");
    }

    /** What the other side says when it takes a message, without an end and at once. */
    @Test
    void anAnswerWithoutAnEndCostsNeitherMemoryNorTime() {
        String much = "x".repeat(8 * 1024);
        receiver.neverEnds(new Reply(500, Map.of(), much), Duration.ZERO);

        assertTimeoutPreemptively(
                DEADLINE.plusSeconds(2),
                () -> assertThat(why(deliver())).contains("returned 500").hasSizeLessThan(500));
    }

    @Test
    void anAnswerThatDripsHoldsNobodyUp() {
        receiver.neverEnds(new Reply(400, Map.of(), "no such hook "), Duration.ofMillis(300));

        assertTimeoutPreemptively(
                DEADLINE.plusSeconds(2), () -> assertThat(why(deliver())).contains("returned 400", "no such hook"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507})
    void mayGoBetterLater(int status) {
        receiver.answers(status);

        assertThat(failed().why()).contains("returned " + status);
        assertThat(failed().retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422})
    void willNotGoBetterLater(int status) {
        receiver.answers(new Reply(status, Map.of("Retry-After", "5"), "unknown hook"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains("returned " + status, "unknown hook");
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
    void noSecretOfTheUrlIsInAnError() {
        String said = "no hook " + url() + " nor " + url().getRawPath() + " nor " + url().getQuery() + " nor " + SECRET;
        for (int status : new int[] {302, 400, 404, 429, 500}) {
            receiver.answers(new Reply(status, Map.of(), said));

            assertThat(why(deliver())).contains("no hook").doesNotContain(SECRET);
        }
        receiver.close();
        assertThat(why(deliver())).doesNotContain(SECRET);
    }

    @Override
    final Channel channel() {
        return channel(url(), TOOLS);
    }

    @Override
    final void otherSideRefuses(String words) {
        receiver.answers(new Reply(400, Map.of(), words));
    }

    @Override
    final void otherSideIsAway() {
        receiver.close();
    }

    @Override
    final List<String> taken() {
        return receiver.got().stream().map(Receiver.Got::body).toList();
    }

    private URI url() {
        return receiver.uri("/hooks/" + SECRET + "/in?sig=" + SECRET + "%2Bx&v=1");
    }

    private DeliveryResult.Failed failed() {
        DeliveryResult delivery = deliver();
        assertThat(delivery).isInstanceOf(DeliveryResult.Failed.class);
        return (DeliveryResult.Failed) delivery;
    }
}
