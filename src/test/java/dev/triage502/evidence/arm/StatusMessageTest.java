package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class StatusMessageTest {

    private static StatusMessage saying(String statusMessage) {
        JsonObject properties = new JsonObject();
        properties.addProperty("statusMessage", statusMessage);
        JsonObject event = new JsonObject();
        event.add("properties", properties);
        return StatusMessage.of(ArmObject.document(event));
    }

    @Test
    void readsTheErrorInTheStringAndItsDetails() {
        assertThat(saying(Json.of("{'error':{'code':'Failed','message':'It failed.',"
                                + "'details':[{'message':'A certificate is missing.'},{'message':'It failed.'}]}}")
                        .toString()))
                .isEqualTo(new StatusMessage("Failed", "It failed. A certificate is missing."));
    }

    @Test
    void aTextThatIsNoDocumentIsTheMessage() {
        assertThat(saying("{broken")).isEqualTo(new StatusMessage("", "{broken"));
    }

    @Test
    void theSubStatusStandsForAMessageThatIsNotThere() {
        assertThat(StatusMessage.of(ArmObject.document(
                        Json.of("{'subStatus':{'value':'Forbidden','localizedValue':'Forbidden (403)'}}"))))
                .isEqualTo(new StatusMessage("Forbidden", "Forbidden (403)"));
    }
}
