package dev.triage502.function;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as the worker hands it to a function. */
final class FakeRequest implements HttpRequestMessage<Optional<String>> {

    private final HttpMethod method;
    private final Optional<String> body;
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();

    private FakeRequest(HttpMethod method, Optional<String> body) {
        this.method = method;
        this.body = body;
    }

    static FakeRequest post(String body) {
        return new FakeRequest(HttpMethod.POST, Optional.of(body));
    }

    static FakeRequest withoutBody(HttpMethod method) {
        return new FakeRequest(method, Optional.empty());
    }

    static FakeRequest get() {
        return withoutBody(HttpMethod.GET);
    }

    FakeRequest query(String name, String value) {
        query.put(name, value);
        return this;
    }

    FakeRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    @Override
    public URI getUri() {
        return URI.create("http://localhost/api");
    }

    @Override
    public HttpMethod getHttpMethod() {
        return method;
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
        return query;
    }

    @Override
    public Optional<String> getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return new Response().status(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new Response().status(status);
    }

    private static final class Response implements HttpResponseMessage, HttpResponseMessage.Builder {
        private HttpStatusType status = HttpStatus.OK;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Object body;

        @Override
        public Builder status(HttpStatusType status) {
            this.status = status;
            return this;
        }

        @Override
        public Builder header(String key, String value) {
            headers.put(key, value);
            return this;
        }

        @Override
        public Builder body(Object body) {
            this.body = body;
            return this;
        }

        @Override
        public HttpResponseMessage build() {
            return this;
        }

        @Override
        public HttpStatusType getStatus() {
            return status;
        }

        @Override
        public String getHeader(String key) {
            return headers.get(key);
        }

        @Override
        public Object getBody() {
            return body;
        }
    }
}
