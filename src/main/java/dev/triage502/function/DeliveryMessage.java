package dev.triage502.function;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.store.Outbox.Parcel;
import java.util.UUID;

/**
 * A message of {@link QueueNames#DELIVERIES}.
 *
 * @param tries  how often it was tried before
 * @param ticket tells this message from another for the same parcel
 * @param life   what the message says of the incident's life; empty for what versions before 0.2 queued
 */
record DeliveryMessage(Parcel parcel, int tries, String ticket, JsonObject life) {

    static DeliveryMessage first(Parcel parcel, JsonObject life) {
        return new DeliveryMessage(parcel, 0, UUID.randomUUID().toString(), life);
    }

    DeliveryMessage after(int moreTries) {
        return new DeliveryMessage(parcel, tries + moreTries, UUID.randomUUID().toString(), life);
    }

    /** The same message to another channel. */
    DeliveryMessage to(String channel) {
        return first(new Parcel(parcel.incident(), parcel.revision(), parcel.event(), parcel.number(), channel), life);
    }

    String toMessage() {
        JsonObject json = new JsonObject();
        json.addProperty("incident", parcel.incident());
        json.addProperty("revision", parcel.revision());
        json.addProperty("event", parcel.event());
        json.addProperty("number", parcel.number());
        json.addProperty("channel", parcel.channel());
        json.addProperty("tries", tries);
        json.addProperty("ticket", ticket);
        json.add("life", life);
        return json.toString();
    }

    /** @throws UnreadableMessage if it is none of ours */
    static DeliveryMessage read(String message) {
        return UnreadableMessage.unless(message, () -> {
            JsonObject json = JsonParser.parseString(message).getAsJsonObject();
            int revision = json.get("revision").getAsInt();
            // Versions before 0.2 sent one kind of message, once for a revision.
            Parcel parcel = new Parcel(
                    json.get("incident").getAsString(),
                    revision,
                    json.has("event") ? json.get("event").getAsString() : Parcel.DIAGNOSED,
                    json.has("number") ? json.get("number").getAsInt() : revision,
                    json.get("channel").getAsString());
            return new DeliveryMessage(
                    parcel,
                    json.get("tries").getAsInt(),
                    json.get("ticket").getAsString(),
                    json.has("life") ? json.getAsJsonObject("life") : new JsonObject());
        });
    }
}
