package dev.triage502.function;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentJson;

/**
 * A message of {@link QueueNames#INCIDENTS}.
 *
 * @param revision which look at the incident is asked for
 * @param tell     whether the channels are to be told; not when somebody asked and waits for the answer
 */
record InvestigationMessage(Incident incident, int revision, boolean tell) {

    String toMessage() {
        JsonObject json = IncidentJson.write(incident);
        json.addProperty("revision", revision);
        json.addProperty("tell", tell);
        return json.toString();
    }

    /** @throws UnreadableMessage if it is none of ours */
    static InvestigationMessage read(String message) {
        return UnreadableMessage.unless(message, () -> {
            JsonObject json = JsonParser.parseString(message).getAsJsonObject();
            return new InvestigationMessage(
                    IncidentJson.read(json),
                    json.get("revision").getAsInt(),
                    json.get("tell").getAsBoolean());
        });
    }
}
