package dev.triage502.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.util.serializer.CollectionFormat;
import com.azure.core.util.serializer.JacksonAdapter;
import com.azure.core.util.serializer.SerializerAdapter;
import com.azure.core.util.serializer.SerializerEncoding;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets azure-core-management's poller keep its own state as ever, and leaves results as the text that they are. */
final class RawTextSerializer implements SerializerAdapter {

    private final SerializerAdapter own = JacksonAdapter.createDefaultSerializerAdapter();

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T deserialize(String value, Type type, SerializerEncoding encoding) throws IOException {
        return type == String.class ? (T) value : own.deserialize(value, type, encoding);
    }

    @Override
    public <T> @Nullable T deserialize(HttpHeaders headers, Type type) throws IOException {
        return own.deserialize(headers, type);
    }

    @Override
    public String serialize(Object object, SerializerEncoding encoding) throws IOException {
        return own.serialize(object, encoding);
    }

    @Override
    public String serializeRaw(Object object) {
        return own.serializeRaw(object);
    }

    @Override
    public String serializeList(List<?> list, CollectionFormat format) {
        return own.serializeList(list, format);
    }
}
