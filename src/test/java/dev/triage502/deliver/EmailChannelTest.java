package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.google.gson.JsonParser;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.email.EmailMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return EmailChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        SecretUrl base = new SecretUrl(URI.create(url.toString().replaceAll("\\?.*", "/")));
        EmailApi api = new EmailApi(base, EmailAccess.byIdentity(scope -> SECRET), tools.http());
        return new EmailChannel(
                api, new EmailChannel.Addresses("a@example.com", "b@example.com", Optional.empty()), tools);
    }

    @Override
    Reply success() {
        return new Reply(202, Map.of(), "{\"id\":\"8540c0de-899f-5cce-acb5-3ec493af3800\",\"status\":\"Running\"}");
    }

    @Override
    int longest() {
        return 2 * EmailMessage.LONGEST_HTML;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void aMailIsMarkedForARepeat() {
        deliver();

        Map<String, String> headers = receiver.only().headers();
        assertThat(headers.get("operation-id"))
                .matches("[0-9a-f-]{36}")
                .isEqualTo(headers.get("repeatability-request-id"));
        assertThat(headers.get("repeatability-first-sent")).isEqualTo("Mon, 02 Mar 2026 08:15:10 GMT");
    }

    @Test
    void aPageThatIsNotTheServicesIsNoSuccess() {
        receiver.answers(new Reply(200, Map.of(), "<html>Welcome</html>"));

        assertThat(why(deliver())).contains("returned 200 instead of 202", "Welcome");
    }

    /** Another process may be sending it. */
    @Test
    void aMailThatIsBeingTakenIsLookedForLater() {
        receiver.answers(new Reply(409, Map.of(), "{\"error\":{\"code\":\"RepeatabilityRequestInProgress\"}}"));

        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofSeconds(5));
        receiver.answers(new Reply(200, Map.of(), "{\"id\":\"x\",\"status\":\"Running\"}"));
        assertThat(deliver()).isEqualTo(new DeliveryResult.Sent());
        assertThat(receiver.got()).last().extracting(Receiver.Got::method).isEqualTo("GET");
    }

    /** Made with the algorithm of the service's documentation, by another program. */
    @Test
    void signsAsTheServiceDocumentsIt() throws Exception {
        String body = "{\"senderAddress\":\"a@example.com\",\"content\":{\"subject\":\"s\",\"plainText\":\"t\"},"
                + "\"recipients\":{\"to\":[{\"address\":\"b@example.com\"}]}}";
        HttpRequest request = new HttpRequest(
                HttpMethod.POST, "https://resource.communication.azure.com/emails:send?api-version=2023-03-31");
        Clock clock = Clock.fixed(Instant.parse("2026-02-02T02:40:00Z"), ZoneOffset.UTC);

        EmailAccess.byKey(new SecretText("YWNzLXRlc3Qta2V5LTMyLWJ5dGVzLWxvbmctMDAwMDA="), clock)
                .authorize(request, body);

        assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("x-ms-date")))
                .isEqualTo("Mon, 02 Feb 2026 02:40:00 GMT");
        assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("x-ms-content-sha256")))
                .isEqualTo("PXv2ISbwVpSfkWrgcmc7x/Nekz9I5HgLxDzvIUoJslk=");
        assertThat(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                .isEqualTo("HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                        + "5OLAkRkK13CosQeMr7P0hFc6pXVHALZuyZPU7svBiUs=");
    }

    @Test
    void textsFromOutsideAreInert() {
        String more = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\r\nBcc: all@example.com";
        deliver(ExampleNotices.hostile(more));

        String html = JsonParser.parseString(receiver.only().body())
                .getAsJsonObject()
                .getAsJsonObject("content")
                .get("html")
                .getAsString();
        String subject = JsonParser.parseString(receiver.only().body())
                .getAsJsonObject()
                .getAsJsonObject("content")
                .get("subject")
                .getAsString();
        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "<img");
        assertThat(subject).doesNotContain("\n", "\r");
    }

    @Test
    void nothingInAMailIsLoadedOrRun() {
        ExampleNotices.ofEachKind()
                .forEach((name, notice) -> assertThat(
                                EmailChannel.TYPE.previews().get("email").apply(notice))
                        .as(name)
                        .doesNotContain("<script", "<img", "<link", "<iframe", "src=", "url(", "@import")
                        .contains("color-scheme", "role=\"presentation\""));
    }
}
