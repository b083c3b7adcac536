package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.ledger.MessageReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every channel does, however it sends: it sends once, says why it could not, keeps its secrets, and cuts what is
 * too long. A channel that posts over HTTP extends {@link HttpChannelContract} instead, which asks for more.
 */
abstract class ChannelContract {

    static final String SECRET = "s3cr3t-T0ken";

    private final ChannelMemory memory = ChannelMemory.forgetting();

    /** The kind that it is; in {@link Channels#ALL}, unless it is made for a test. */
    abstract ChannelType type();

    /** The channel, with {@link #SECRET} in each of its secret settings, sending to another side that accepts all. */
    abstract Channel channel();

    /** From now on the other side says no, in these words. */
    abstract void otherSideRefuses(String words);

    /** From now on there is no other side. */
    abstract void otherSideIsAway();

    /** What the other side took so far. */
    abstract List<String> taken();

    /** How many bytes of one report the other side takes. */
    abstract int longest();

    /** What a report that was cut says of it. */
    abstract String cutNote();

    @Test
    void sendsOnceWhatItIsGiven() {
        assertThat(deliver()).isEqualTo(new DeliveryResult.Sent());

        assertThat(taken()).singleElement().asString().contains("agw-prod").doesNotContain(cutNote());
    }

    /** What marks each of {@link #taken} so that a receiver knows a repeat; empty where the other side has no such thing. */
    Optional<List<String>> marks() {
        return Optional.empty();
    }

    @Test
    void itsTypesNameIsFitForTheOutbox() {
        assertThat(type().name()).matches("[a-z][a-z0-9-]{1,30}");
    }

    @Test
    void aRepeatIsMarkedAsOneAndAnotherMessageIsNot() {
        deliver();
        deliver();
        deliver(Reports.event(MessageReason.CHANGED));

        marks().ifPresent(marks -> {
            assertThat(marks).hasSize(3);
            assertThat(marks.get(1)).isEqualTo(marks.get(0));
            assertThat(marks.get(2)).isNotEqualTo(marks.get(0));
        });
    }

    @Test
    void saysEachEventThatItTakes() {
        assertThat(type().takes()).contains(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED);
        for (MessageReason event : MessageReason.values()) {
            if (type().takes().contains(event)) {
                assertThat(deliver(Reports.event(event))).as(event.id()).isEqualTo(new DeliveryResult.Sent());
            }
        }
    }

    @Test
    void namesInAnyScriptArriveWhole() {
        deliver(Reports.inManyScripts());

        assertThat(taken()).singleElement().asString().contains(Reports.SCRIPTS);
    }

    @Test
    void itsSettingsSayWhatTheyAreFor() {
        assertThat(type().needed()).isNotEmpty();
        assertThat(type().settings()).allSatisfy(setting -> {
            assertThat(setting.key())
                    .matches("[a-z][A-Za-z0-9]+")
                    .isNotIn("name", "type", "filters", "quietHours", "fallback");
            assertThat(type().variable(setting)).matches("TRIAGE502_[A-Z0-9_]+");
            assertThat(setting.meaning()).endsWith(".");
            assertThat(read(setting)).as(setting.key()).isPresent();
        });
    }

    @Test
    void whatTheOtherSideRefusesIsToldInItsWords() {
        otherSideRefuses("no such room");

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains("no such room");
    }

    @Test
    void whereThereIsNobodyThereMayBeLater() {
        otherSideIsAway();

        assertThat(deliver()).isInstanceOf(DeliveryResult.Failed.class);
    }

    @Test
    void noSecretIsInAnErrorOrInItsName() {
        otherSideRefuses("no room for " + SECRET);
        assertThat(why(deliver())).contains("no room").doesNotContain(SECRET);
        otherSideIsAway();
        assertThat(why(deliver())).doesNotContain(SECRET);
        assertThat(channel().toString()).doesNotContain(SECRET);
    }

    @Test
    void aLongReportIsCutAndSaysSo() {
        deliver(Reports.notice(Reports.long_(), "agw-prod-20260302T0814-abc123-diagnosed"));

        assertThat(taken()).singleElement().asString().contains(cutNote()).contains("agw-prod");
        assertThat(taken().get(0).getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(longest());
    }

    final DeliveryResult deliver() {
        return deliver(Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed"));
    }

    /** Each time by a channel made anew, as after a restart, which remembers what the one before kept. */
    final DeliveryResult deliver(ReportNotice notice) {
        return channel().deliver(notice, memory);
    }

    /** The example as a person would write it: a list and an object as JSON, a text without quotes. */
    private static Optional<?> read(ChannelSetting<?> setting) {
        JsonElement example =
                setting.example().startsWith("[") || setting.example().startsWith("{")
                        ? JsonParser.parseString(setting.example())
                        : new JsonPrimitive(setting.example());
        return setting.read().apply(example);
    }

    static String why(DeliveryResult delivery) {
        return delivery instanceof DeliveryResult.Failed failed
                ? failed.why()
                : ((DeliveryResult.Refused) delivery).why();
    }
}
