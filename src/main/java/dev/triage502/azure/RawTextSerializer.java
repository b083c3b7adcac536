package dev.triage502.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.util.serializer.CollectionFormat;
import com.azure.core.util.serializer.SerializerAdapter;
import com.azure.core.util.serializer.SerializerEncoding;
import com.azure.json.JsonSerializable;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets azure-core-management's poller keep its own state, which writes itself as JSON, and leaves results as the text that
 * they are. Unlike azure-core's own adapter it does not load Jackson (see {@link LateJsonSerializer}).
 */
final class RawTextSerializer implements SerializerAdapter {

    @Override
    public String serialize(Object object, SerializerEncoding encoding) throws IOException {
        if (object instanceof JsonSerializable<?> state) {
            return state.toJsonString();
        }
        throw new IOException("the poller's state is " + object.getClass().getName() + ", which is not JSON");
    }

    /** The text itself for a result; nothing for what is told beside the state of an operation, which nobody reads. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T deserialize(String value, Type type, SerializerEncoding encoding) {
        return type == String.class ? (T) value : null;
    }

    @Override
    public <T> @Nullable T deserialize(HttpHeaders headers, Type type) {
        return null;
    }

    @Override
    public String serializeRaw(Object object) {
        return object.toString();
    }

    @Override
    public String serializeList(List<?> list, CollectionFormat format) {
        throw new UnsupportedOperationException("a poller has no lists");
    }
}
