package dev.triage502.local;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as a function gets it: the names of headers in lower case, as the real host writes them. */
final class LocalRequest<T> implements HttpRequestMessage<T> {

    private final PretendRequest call;
    private final URI uri;
    private final T body;

    LocalRequest(PretendRequest call, URI uri, T body) {
        this.call = call;
        this.uri = uri;
        this.body = body;
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public HttpMethod getHttpMethod() {
        return HttpMethod.valueOf(call.method());
    }

    @Override
    public Map<String, String> getHeaders() {
        Map<String, String> headers = new TreeMap<>();
        call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
        return PretendRequest.queryInSpelling(uri.getRawQuery());
    }

    @Override
    public T getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return new LocalResponse.Builder().status(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new LocalResponse.Builder().status(status);
    }
}
