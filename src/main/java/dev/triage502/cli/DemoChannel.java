package dev.triage502.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.local.WebhookReceiver.Received;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A channel of another type than the webhook, for the demo: one that needs only the address it posts to. Those that also
 * need an account talk to an API, which the demo does not have.
 */
record DemoChannel(ChannelType type) {

    /** The receiver's answer: Slack's webhooks give it, and the others give none that counts. */
    static final String TAKEN = "ok";

    /**
     * The channel that was asked for, if one was.
     *
     * @throws CommandFailed if there is no such type, or it cannot be shown, which says why
     */
    static Optional<DemoChannel> named(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        ChannelType type = Channels.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailed.wrongUsage("--channel: found \"" + name + "\"; use " + shown()));
        if (!isShown(type)) {
            throw CommandFailed.wrongUsage("--channel: the demo cannot show " + name
                    + ", because it needs an account there; use " + shown() + preview(type));
        }
        return Optional.of(new DemoChannel(type));
    }

    private static boolean isShown(ChannelType type) {
        return type.needed().size() == 1 && type.needed().get(0).key().equals("url");
    }

    private static String shown() {
        return Channels.ALL.stream()
                .filter(DemoChannel::isShown)
                .map(ChannelType::name)
                .collect(Collectors.joining(" or "));
    }

    private static String preview(ChannelType type) {
        return type.previews().keySet().stream()
                .findFirst()
                .map(format -> ". triage502 replay DIR --format " + format + " prints its message")
                .orElse("");
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
