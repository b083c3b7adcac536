package dev.triage502.store;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.triage502.incident.Wording;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads a table service's refusal when it comes as XML, as it does for a wrong key or a missing role. The client would
 * fail to, with an error about a library that it wants for that and does not bring.
 */
final class TableRefusals implements HttpPipelinePolicy {

    private static final Pattern CODE = Pattern.compile("(?i)<(?:m:)?code>([^<]*)<");
    private static final int FIRST_ERROR = 400;

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process()
                .flatMap(response -> isRefusal(response)
                        ? response.getBodyAsString().flatMap(body -> Mono.error(refusal(response, body)))
                        : Mono.just(response));
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        if (isRefusal(response)) {
            throw refusal(response, response.getBodyAsBinaryData().toString());
        }
        return response;
    }

    private static boolean isRefusal(HttpResponse response) {
        @Nullable String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
        return response.getStatusCode() >= FIRST_ERROR
                && type != null
                && Wording.of(type).has("xml");
    }

    private static StoreFailure refusal(HttpResponse response, String body) {
        Matcher code = CODE.matcher(body);
        return new StoreFailure("table " + AzureClients.TABLE + ": "
                + StoreFailure.refusal(response.getStatusCode(), code.find() ? code.group(1) : null, body));
    }
}
