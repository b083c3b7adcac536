package dev.triage502.azure;

import com.azure.core.util.serializer.JacksonAdapter;
import com.azure.core.util.serializer.JsonSerializer;
import com.azure.core.util.serializer.JsonSerializerProvider;
import com.azure.core.util.serializer.SerializerAdapter;
import com.azure.core.util.serializer.SerializerEncoding;
import com.azure.core.util.serializer.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * azure-core's way to write objects as JSON, made when somebody first needs it. No call of ours does: they carry text. By itself
 * azure-core makes it with the first request that has a body, and that loads Jackson, a good part of a short program's time.
 * {@code META-INF/services} names this class.
 */
public final class LateJsonSerializer implements JsonSerializerProvider, JsonSerializer {

    /** Loaded, and so made, with the first use. */
    private static final class Made {
        private static final SerializerAdapter ADAPTER = JacksonAdapter.createDefaultSerializerAdapter();
    }

    @Override
    public JsonSerializer createInstance() {
        return this;
    }

    @Override
    public <T> @Nullable T deserialize(InputStream stream, TypeReference<T> type) {
        try {
            return Made.ADAPTER.deserialize(stream, type.getJavaType(), SerializerEncoding.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> Mono<T> deserializeAsync(InputStream stream, TypeReference<T> type) {
        return Mono.fromCallable(() -> deserialize(stream, type));
    }

    @Override
    public void serialize(OutputStream stream, Object value) {
        try {
            Made.ADAPTER.serialize(value, SerializerEncoding.JSON, stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<Void> serializeAsync(OutputStream stream, Object value) {
        return Mono.fromRunnable(() -> serialize(stream, value));
    }
}
