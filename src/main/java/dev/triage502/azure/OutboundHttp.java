package dev.triage502.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import java.net.URI;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * How this process calls out, whomever it calls: through the proxy that the environment names, trusting the authorities
 * that it names, and following no redirect. azure-core by itself takes a proxy from the environment only if a system
 * property of Java's says so.
 */
public final class OutboundHttp {

    static {
        // Without it the JDK sends no password to a proxy. The JDK reads it once, with its first client.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private OutboundHttp() {}

    /**
     * A client, with the bounds and threads that {@code more} adds.
     *
     * @throws IllegalArgumentException if a variable says what cannot be
     */
    public static HttpClient client(SurroundingVariables variables, UnaryOperator<JdkHttpClientBuilder> more) {
        ProxyRoute route = ProxyRoute.of(variables);
        HttpClient client = more.apply(new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                                .proxy(route)
                                .sslContext(TrustedAuthorities.context(variables)))
                        .configuration(Configuration.NONE))
                .build();
        return new WithCredentials(client, route);
    }

    /**
     * Checks the variables.
     *
     * @throws IllegalArgumentException if one says what cannot be
     */
    public static void check(SurroundingVariables variables) {
        ProxyRoute.of(variables);
        TrustedAuthorities.context(variables);
    }

    /**
     * Tells the proxy at once who asks. With an authenticator the JDK would leave out the token that is for Azure; the
     * header is for the proxy alone, and the JDK sends it nowhere else.
     */
    private record WithCredentials(HttpClient client, ProxyRoute route) implements HttpClient {

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return client.sendSync(named(request), context);
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            return client.send(named(request), context);
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return client.send(named(request));
        }

        private HttpRequest named(HttpRequest request) {
            route.credentials(URI.create(request.getUrl().toString()))
                    .ifPresent(value -> request.setHeader(HttpHeaderName.PROXY_AUTHORIZATION, value));
            return request;
        }
    }
}
