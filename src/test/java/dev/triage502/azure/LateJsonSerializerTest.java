package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.core.util.serializer.JsonSerializerProviders;
import com.azure.core.util.serializer.TypeReference;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateJsonSerializerTest {

    @Test
    void isWhatAzureCoreTakes() {
        assertThat(JsonSerializerProviders.createInstance()).isInstanceOf(LateJsonSerializer.class);
    }

    /** The SDK's other libraries may write objects. */
    @Test
    void writesAndReadsObjectsAsEver() {
        BinaryData written = BinaryData.fromObject(Map.of("name", "agw"));

        assertThat(written).hasToString("{\"name\":\"agw\"}");
        assertThat(written.toObject(new TypeReference<Map<String, String>>() {}))
                .containsEntry("name", "agw");
    }
}
