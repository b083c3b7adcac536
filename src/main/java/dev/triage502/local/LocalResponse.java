package dev.triage502.local;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a function answers. */
record LocalResponse(
        HttpStatusType status,
        Map<String, String> headers,
        @Nullable Object content) implements HttpResponseMessage {

    @Override
    public HttpStatusType getStatus() {
        return status;
    }

    @Override
    public @Nullable String getHeader(String key) {
        return headers.get(key);
    }

    @Override
    public @Nullable Object getBody() {
        return content;
    }

    /** The body as bytes: those given, or the text in UTF-8. */
    static byte[] bytes(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As the worker builds one. */
    static final class Builder implements HttpResponseMessage.Builder {

        private HttpStatusType status = HttpStatus.OK;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private @Nullable Object body;

        @Override
        public Builder status(HttpStatusType other) {
            this.status = other;
            return this;
        }

        @Override
        public Builder header(String key, String value) {
            headers.put(key, value);
            return this;
        }

        @Override
        public Builder body(Object other) {
            this.body = other;
            return this;
        }

        @Override
        public HttpResponseMessage build() {
            return new LocalResponse(status, headers, body);
        }
    }
}
