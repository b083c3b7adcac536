package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.ticket.PagerdutyEvent;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerdutyChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return PagerdutyChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        SecretUrl base = new SecretUrl(URI.create(url.toString().replaceAll("\\?.*", "/")));
        return new PagerdutyChannel(base, new SecretText(SECRET), false, Map.of(), tools);
    }

    @Override
    Reply success() {
        return new Reply(202, Map.of(), "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"k\"}");
    }

    @Override
    int longest() {
        return PagerdutyEvent.LONGEST + 100;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void theHostFollowsTheRegion() {
        assertThat(PagerdutyChannel.base("us").uri()).hasHost("events.pagerduty.com");
        assertThat(PagerdutyChannel.base("eu").uri()).hasHost("events.eu.pagerduty.com");
    }

    @Test
    void aPageThatIsNotPagerdutysIsNoSuccess() {
        receiver.answers(new Reply(200, Map.of(), "<html>Welcome</html>"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Failed.class);
    }
}
