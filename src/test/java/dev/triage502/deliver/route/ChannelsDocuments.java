package dev.triage502.deliver.route;

import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.SecretUrl;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents of channels of two types made for tests: one needs a secret, one a word. */
final class ChannelsDocuments {

    static final String SECRET = "https://hooks.example.com/s3cr3t-T0ken";

    private static final ChannelSetting<SecretUrl> URL =
            ChannelSetting.secretUrl("url", "none", "Where it goes.", "https://hooks.example.com/x");
    private static final ChannelSetting<String> ROOM =
            ChannelSetting.text("room", "none", "The room.", "ops", "[a-z]+");
    private static final ChannelSetting<Map<String, String>> PRIORITIES =
            ChannelSetting.table("priorities", "none", "The priority for each severity.", "{\"0\":\"High\"}");

    static final List<ChannelType> TYPES = List.of(type("secretive", List.of(URL)), type("plain", List.of(ROOM)));

    private ChannelsDocuments() {}

    static ChannelPlan read(String document) {
        return ChannelsDocument.read(
                document,
                TYPES,
                name -> Optional.ofNullable(
                        Map.of("OPS_URL", SECRET, "BAD_URL", "s3cr3t-T0ken").get(name)));
    }

    private static ChannelType type(String name, List<ChannelSetting<?>> needed) {
        return new ChannelType(
                name,
                needed,
                List.of(PRIORITIES),
                EnumSet.allOf(MessageReason.class),
                Map.of(),
                (values, tools) -> (notice, memory) -> new DeliveryResult.Sent());
    }
}
