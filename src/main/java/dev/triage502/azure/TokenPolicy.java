package dev.triage502.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.triage502.evidence.Reading.Why;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** Says who asks: a token of the scope that the call names, and only to a host that such a token is for. */
final class TokenPolicy implements BlockingPolicy {

    private static final Pattern CLASS_NAME = Pattern.compile("\\b[A-Za-z]+(Credential|Exception|Supplier)\\b|^null$");
    private static final int LONGEST_REASON = 100;

    private final ServiceEndpoints endpoints;
    private final Map<String, HttpPipelinePolicy> byScope;

    private TokenPolicy(ServiceEndpoints endpoints, Map<String, HttpPipelinePolicy> byScope) {
        this.endpoints = endpoints;
        this.byScope = byScope;
    }

    static TokenPolicy of(ServiceEndpoints endpoints, TokenCredential credential) {
        return new TokenPolicy(
                endpoints,
                Map.of(
                        endpoints.armScope(), new BearerTokenAuthenticationPolicy(credential, endpoints.armScope()),
                        endpoints.logsScope(), new BearerTokenAuthenticationPolicy(credential, endpoints.logsScope())));
    }

    /**
     * For the pretend Azure, whose address is plain HTTP on this machine: azure-core's policy refuses to send a token
     * there, rightly, so these are none. They name their audience as real ones do, and nobody signed them.
     */
    static TokenPolicy pretending(ServiceEndpoints endpoints) {
        return new TokenPolicy(
                endpoints,
                Map.of(
                        endpoints.armScope(), new Pretend(endpoints.armScope()),
                        endpoints.logsScope(), new Pretend(endpoints.logsScope())));
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        String scope = context.getData(SCOPE).map(String.class::cast).orElse(endpoints.armScope());
        URL url = context.getHttpRequest().getUrl();
        if (!endpoints.mayReceive(scope, url)) {
            throw new RefusedCall(
                    Why.MALFORMED,
                    "MalformedLink",
                    "a response refers to " + url.getHost() + ", which is not an Azure host");
        }
        HttpPipelinePolicy policy = byScope.get(scope);
        if (policy == null) {
            throw new IllegalStateException("no token for " + scope);
        }
        try {
            return policy.processSync(context, next);
        } catch (RefusedCall afterwards) {
            throw afterwards;
        } catch (RuntimeException e) {
            throw noToken(scope, e);
        }
    }

    /** All that follows the token comes back as an answer or as {@link RefusedCall}, so this was about the token. */
    private static RefusedCall noToken(String scope, RuntimeException e) {
        if (e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new RefusedCall(Why.TIMED_OUT, "TimedOut", "canceled while waiting for a token for " + scope);
        }
        if (e instanceof SignInFailed failed) {
            return new RefusedCall(Why.FORBIDDEN, "AuthenticationFailed", String.valueOf(failed.getMessage()));
        }
        return new RefusedCall(
                Why.FORBIDDEN,
                "AuthenticationFailed",
                "not signed in: no credential gave a token for " + audience(scope) + reason(e)
                        + ". Run 'az login', or give the function app a managed identity");
    }

    /** The innermost sentence that says something; the libraries' own begin with the names of their classes. */
    private static String reason(Throwable e) {
        String reason = "";
        for (Throwable at = e; at != null && at != at.getCause(); at = at.getCause()) {
            String said = String.valueOf(at.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (!said.isEmpty() && !CLASS_NAME.matcher(said).find()) {
                reason = said.length() <= LONGEST_REASON ? said : said.substring(0, LONGEST_REASON) + "…";
            }
        }
        return reason.isEmpty() ? "" : " (" + reason.replaceAll("[.\\s]+$", "") + ")";
    }

    private static String audience(String scope) {
        return scope.substring(0, scope.lastIndexOf('/'));
    }

    private static final class Pretend implements BlockingPolicy {

        private final String token;

        Pretend(String scope) {
            this.token = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "."
                    + base64("{\"aud\":\"" + audience(scope) + "\"}") + ".";
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
            return next.processSync();
        }

        private static String base64(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
