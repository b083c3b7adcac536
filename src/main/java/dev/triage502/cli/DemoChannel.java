package dev.triage502.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.local.WebhookReceiver.Received;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A channel of another type than the webhook, for the demo: one that needs only the address it posts to. */
record DemoChannel(ChannelType type) {

    /**
     * The channel that was asked for, if one was.
     *
     * @throws CommandFailed if there is no such type
     */
    static Optional<DemoChannel> named(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        List<ChannelType> shown =
                Channels.ALL.stream().filter(type -> type.needed().size() == 1).toList();
        return Optional.of(shown.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .map(DemoChannel::new)
                .orElseThrow(() -> CommandFailed.wrongUsage("--channel: found \"" + name + "\"; use "
                        + String.join(
                                " or ", shown.stream().map(ChannelType::name).toList()))));
    }

    /** The settings of the app by which it posts there. */
    Map<String, String> settings(URI receiver) {
        return Map.of(type.variable(type.needed().get(0)), receiver.toString());
    }

    /** What the receiver got, for people. */
    static String pretty(Received received) {
        String body = new String(received.body(), StandardCharsets.UTF_8);
        try {
            return new GsonBuilder()
                    .setPrettyPrinting()
                    .serializeNulls()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(JsonParser.parseString(body));
        } catch (JsonParseException notJson) {
            return body;
        }
    }
}
