package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.triage.Triage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may read. */
class CausesFunctionTest {

    private final CausesFunction causes = new CausesFunction(new AppAddresses(Optional.empty()));
    private final FakeContext context = new FakeContext();

    @Test
    void everyCauseHasAPageThatMayBeKept() {
        for (String id : Triage.pages()) {
            HttpResponseMessage page = causes.one(FakeRequest.get(), id, context);

            assertThat(page.getStatusCode()).as(id).isEqualTo(200);
            assertThat(page.getHeader("Cache-Control")).isEqualTo("public, max-age=3600");
            assertThat(page.getHeader("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(causes.list(FakeRequest.get(), context).getBody().toString())
                .contains("/api/causes/request-timeout");
    }

    @Test
    void whoeverHasItIsNotSentItAgain() {
        String tag = causes.one(FakeRequest.get(), "request-timeout", context).getHeader("ETag");

        HttpResponseMessage again =
                causes.one(FakeRequest.get().header("If-None-Match", "W/\"x\", " + tag), "request-timeout", context);
        HttpResponseMessage other =
                causes.one(FakeRequest.get().header("If-None-Match", tag), "probe-timeout", context);

        assertThat(again.getStatusCode()).isEqualTo(304);
        assertThat(again.getBody()).isNull();
        assertThat(again.getHeader("ETag")).isEqualTo(tag);
        assertThat(other.getStatusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "nsg-block-backend, nsg-blocks-backend",
        "certificate-expired, backend-certificate-expired",
        "Request_Timeout, request-timeout",
        "timeout, request-timeout",
        "<script>, request-timeout"
    })
    void whoeverMistypesItIsToldTheNearest(String typed, String near) {
        HttpResponseMessage none = causes.one(FakeRequest.get(), typed, context);

        assertThat(none.getStatusCode()).isEqualTo(404);
        String body = none.getBody().toString();
        assertThat(body).doesNotContain("<script>, ", "<script>.");
        if (!typed.startsWith("<")) {
            assertThat(body).contains("href=\"/api/causes/" + near + "\"");
        }
    }
}
