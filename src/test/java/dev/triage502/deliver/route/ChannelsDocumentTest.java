package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.ledger.MessageReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsDocumentTest {

    @Test
    void readsAnyNumberOfChannels() {
        ChannelPlan plan = ChannelsDocuments.read("""
            {"fallback": "mail", "channels": [
              {"name": "ops", "type": "secretive", "url": {"setting": "OPS_URL"}, "priorities": {"0": "High"},
               "filters": {"gateways": ["agw-*"], "events": ["diagnosed", "recovered"]},
               "quietHours": [{"from": "22:00", "to": "07:00", "zone": "Europe/Warsaw", "days": ["monday"], "exceptSeverities": [0]}]},
              {"name": "mail", "type": "plain", "room": "post"}]}
            """);

        assertThat(plan.allProblems()).isEmpty();
        assertThat(plan.channels()).extracting(PlannedChannel::name).containsExactly("ops", "mail");
        PlannedChannel ops = plan.channels().get(0);
        assertThat(ops.events()).containsExactlyInAnyOrder(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED);
        assertThat(ops.rules().quiet()).hasSize(1);
        assertThat(ops.rules().fallback()).contains("mail");
        assertThat(plan.channels().get(1).rules().fallback())
                .as("no fallback to itself")
                .isEmpty();
        assertThat(plan.toString()).doesNotContain(ChannelsDocuments.SECRET);
    }

    /** What is wrong: where, what was found, and what would be right. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"type":"plain","room":"ops","filters":{"severities":[7]}}      | channels[0].filters.severities[0]: found 7; use a number from 0 to 4
        {"type":"plain","room":"ops","filters":{"events":["closed"]}}   | channels[0].filters.events[0]: found "closed"; use diagnosed or changed
        {"type":"plain","room":"ops","filters":{"families":["dns"]}}    | channels[0].filters.families[0]: found "dns"; use backend or network
        {"type":"plain","room":"ops","filters":{"leastConfidence":"x"}} | channels[0].filters.leastConfidence: found "x"; use possible or likely or confirmed
        {"type":"plain","room":"ops","filters":{"gateway":["a"]}}       | channels[0].filters.gateway: not a setting of filters; it has gateways
        {"type":"plain","room":"ops","filters":{"gateways":"a"}}        | channels[0].filters.gateways: found "a"; use a list
        {"type":"plain","room":"ops","filters":{"tags":["a"]}}          | channels[0].filters.tags: found ["a"]; use an object of texts
        {"type":"plain","room":"ops","quietHours":[{"from":"22","to":"07:00"}]} | channels[0].quietHours[0].from: found "22"; use a time, e.g. 22:00
        {"type":"plain","room":"ops","quietHours":[{"from":"22:00"}]}   | channels[0].quietHours[0].to: missing
        {"type":"plain","room":"ops","quietHours":[{"from":"22:00","to":"07:00","zone":"Mars"}]} | channels[0].quietHours[0].zone: found "Mars"; use a time zone
        {"type":"plain","room":"OPS"}                                   | channels[0].room: found "OPS"; use a value such as ops
        {"type":"plain"}                                                | channels[0].room: missing; use a value such as ops
        {"type":"plain","room":"ops","rooom":"x"}                       | channels[0].rooom: not a setting of a channel of type plain; it has name, type
        {"type":"plain","room":"ops","priorities":{"0":1}}              | channels[0].priorities: found {"0":1}; use an object of texts such as
        {"type":"teams","room":"ops"}                                   | channels[0].type: found "teams"; use secretive or plain
        {"room":"ops"}                                                  | channels[0].type: missing; use secretive or plain
        {"type":"secretive"}                                            | channels[0].url: missing; use {"setting": "TRIAGE502_SECRETIVE_URL"}
        {"type":"secretive","url":"https://h.example/s3cr3t-T0ken"}     | channels[0].url: a secret may not be written here; use {"setting": "NAME"}
        {"type":"secretive","url":{"setting":"NO_URL"}}                 | channels[0].url: the app has no setting NO_URL; set it to an https URL
        {"type":"secretive","url":{"setting":"BAD_URL"}}                | channels[0].url: the value of BAD_URL is not an https URL
        {"type":"plain","room":"ops","fallback":"nobody"}               | fallback of it: there is no channel "nobody"; there are it
        """)
    void saysWhereAMistakeIsAndWhatWouldBeRight(String channel, String problem) {
        ChannelPlan plan = ChannelsDocuments.read("{\"channels\":[{\"name\":\"it\"," + channel.substring(1) + "]}");

        assertThat(plan.allProblems())
                .singleElement()
                .asString()
                .startsWith(problem)
                .doesNotContain("s3cr3t-T0ken");
    }

    @Test
    void aMistakeInOneChannelCostsThatChannelOnly() {
        ChannelPlan plan = ChannelsDocuments.read(
                "{\"channels\":[{\"name\":\"bad\",\"type\":\"plain\"},{\"name\":\"good\",\"type\":\"plain\",\"room\":\"a\"}]}");

        assertThat(plan.channels())
                .extracting(channel -> channel.problem().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void whatIsNoDocumentIsToldAsWhole() {
        assertThat(ChannelsDocuments.read("{\"channels\":[").problems())
                .singleElement()
                .asString()
                .startsWith("not JSON: ");
        assertThat(ChannelsDocuments.read("[]").problems())
                .containsExactly("found a list; use an object with \"channels\"");
        assertThat(ChannelsDocuments.read("{}").problems())
                .containsExactly("channels: missing; use a list of channels");
        assertThat(ChannelsDocuments.read("{\"channels\":[{\"name\":\"No Name\",\"type\":\"plain\"}]}")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("channels[0].name: found \"No Name\"; use 2 to 31 small letters");
        assertThat(ChannelsDocuments.read(
                                "{\"channels\":[{\"name\":\"aa\",\"type\":\"plain\",\"room\":\"a\"},{\"name\":\"aa\",\"type\":\"plain\",\"room\":\"b\"}]}")
                        .problems())
                .isEqualTo(List.of("channels: \"aa\" is the name of two channels"));
    }
}
