package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every channel does, however it sends: it sends once, says why it could not, keeps its secrets, and cuts what is
 * too long. A channel that posts over HTTP extends {@link HttpChannelContract} instead, which asks for more.
 */
abstract class ChannelContract {

    static final String SECRET = "s3cr3t-T0ken";

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

    @Test
    void bearsTheNameOfItsTypeWhichIsFitForTheOutbox() {
        assertThat(channel().name()).isEqualTo(type().name()).matches("[a-z][a-z0-9-]{1,30}");
    }

    @Test
    void itsSettingsSayWhatTheyAreFor() {
        assertThat(type().needed()).isNotEmpty();
        assertThat(type().settings()).allSatisfy(setting -> {
            assertThat(setting.name()).matches("TRIAGE502_[A-Z0-9_]+");
            assertThat(setting.meaning()).endsWith(".");
            assertThat(setting.check().apply(setting.example())).isPresent();
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
        channel().deliver(Reports.notice(Reports.long_(), "agw-prod-20260302T0814-abc123-diagnosed"));

        assertThat(taken()).singleElement().asString().contains(cutNote()).contains("agw-prod");
        assertThat(taken().get(0).getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(longest());
    }

    final DeliveryResult deliver() {
        return channel().deliver(Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed"));
    }

    static String why(DeliveryResult delivery) {
        return delivery instanceof DeliveryResult.Failed failed
                ? failed.why()
                : ((DeliveryResult.Refused) delivery).why();
    }
}
