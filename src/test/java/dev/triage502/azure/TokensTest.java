package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import dev.triage502.evidence.Reading.Why;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class TokensTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void tenWhoAskAtOnceAskOnce() throws Exception {
        TokenCache tokens = new TokenCache(credential(scope -> new AccessToken(scope + "-token", later())));
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Future<AccessToken>> got = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            got.add(threads.submit(() -> tokens.getTokenSync(scope("arm"))));
        }
        for (Future<AccessToken> each : got) {
            assertThat(each.get().getToken()).isEqualTo("arm-token");
        }
        threads.shutdownNow();

        assertThat(asked).hasValue(1);
        assertThat(tokens.getTokenSync(scope("logs")).getToken()).isEqualTo("logs-token");
    }

    @Test
    void aRefusalIsKeptForAMoment() {
        TokenCache tokens = new TokenCache(credential(scope -> {
            throw new ClientAuthenticationException("Azure CLI not installed", null);
        }));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> tokens.getTokenSync(scope("arm")))
                    .isInstanceOf(ClientAuthenticationException.class);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTokenThatIsAboutToExpireIsFetchedAgain() {
        TokenCache tokens = new TokenCache(credential(
                scope -> new AccessToken("t" + asked, OffsetDateTime.now().plusMinutes(1))));

        tokens.getTokenSync(scope("arm"));
        tokens.getTokenSync(scope("arm"));

        assertThat(asked).hasValue(2);
    }

    @Test
    void eachServiceGetsTheTokenForItself() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(AzureSettings.standard());
        List<String> sent = new ArrayList<>();
        HttpPipeline pipeline = pipeline(
                TokenPolicy.of(endpoints, credential(scope -> new AccessToken("for " + scope, later()))), sent);

        send(pipeline, "https://management.azure.com/x", endpoints.armScope());
        send(pipeline, "https://api.loganalytics.io/v1/x", endpoints.logsScope());

        assertThat(sent)
                .containsExactly(
                        "Bearer for https://management.azure.com/.default",
                        "Bearer for https://api.loganalytics.io/.default");
    }

    @Test
    void aTokenThatCannotBeHadIsARefusal() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(AzureSettings.standard());
        HttpPipeline pipeline = pipeline(
                TokenPolicy.of(endpoints, credential(scope -> {
                    throw new ClientAuthenticationException("Please run 'az login'", null);
                })),
                new ArrayList<>());

        assertThatThrownBy(() -> pipeline.sendSync(
                        new HttpRequest(HttpMethod.GET, "https://management.azure.com/x"),
                        new Context(BlockingPolicy.SCOPE, endpoints.armScope())))
                .isInstanceOfSatisfying(RefusedCall.class, refused -> {
                    assertThat(refused.why()).isEqualTo(Why.FORBIDDEN);
                    assertThat(refused.getMessage())
                            .isEqualTo("AuthenticationFailed: not signed in: no credential gave a token for"
                                    + " https://management.azure.com (Please run 'az login'). Run 'az login',"
                                    + " or give the function app a managed identity");
                });
    }

    private interface Source {
        AccessToken token(String scope);
    }

    private TokenCredential credential(Source source) {
        return request -> Mono.fromCallable(() -> {
            asked.incrementAndGet();
            return source.token(request.getScopes().get(0));
        });
    }

    private static HttpPipeline pipeline(TokenPolicy policy, List<String> sent) {
        return new HttpPipelineBuilder()
                .policies(policy)
                .httpClient(request -> {
                    sent.add(request.getHeaders().getValue(com.azure.core.http.HttpHeaderName.AUTHORIZATION));
                    return Mono.error(new RefusedCall(Why.UNREACHABLE, "Sent", "and lost"));
                })
                .build();
    }

    /** The fake client notes the request and lets none go. */
    private static void send(HttpPipeline pipeline, String url, String scope) {
        assertThatThrownBy(() -> pipeline.sendSync(
                        new HttpRequest(HttpMethod.GET, url), new Context(BlockingPolicy.SCOPE, scope)))
                .isInstanceOf(RefusedCall.class);
    }

    private static TokenRequestContext scope(String scope) {
        return new TokenRequestContext().addScopes(scope);
    }

    private static OffsetDateTime later() {
        return OffsetDateTime.now().plusHours(1);
    }
}
