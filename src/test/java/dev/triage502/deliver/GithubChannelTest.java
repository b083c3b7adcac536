package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.ticket.GithubText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GithubChannelTest extends ChannelContract {

    private PretendGithub github;

    @BeforeEach
    void start() throws IOException {
        github = new PretendGithub(SECRET);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Override
    ChannelType type() {
        return GithubChannel.TYPE;
    }

    @Override
    Channel channel() {
        return channel(SECRET, PretendGithub.REPOSITORY);
    }

    @Override
    void otherSideRefuses(String words) {
        github.refuses(words);
    }

    @Override
    void otherSideIsAway() {
        github.close();
    }

    @Override
    List<String> taken() {
        return github.written();
    }

    @Override
    int longest() {
        return GithubText.LONGEST_BODY;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void looksBeforeItWrites() {
        deliver();

        assertThat(github.calls())
                .containsExactly(
                        "GET /repos/contoso/network-incidents/issues", "POST /repos/contoso/network-incidents/issues");
    }

    @Test
    void waitsForALimitOfItsRateAndForNothingElse() {
        long reset = HttpChannelContract.TOOLS.clock().instant().getEpochSecond() + 90;
        github.answers(
                new Reply(
                        403,
                        Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", String.valueOf(reset)),
                        "{\"message\":\"API rate limit exceeded\"}"),
                1);
        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofSeconds(90));
        github.answers(new Reply(429, Map.of("Retry-After", "60"), "{}"), 1);
        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofSeconds(60));
        github.answers(new Reply(403, Map.of(), "{\"message\":\"You have exceeded a secondary rate limit.\"}"), 1);
        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofMinutes(1));

        github.answers(
                new Reply(403, Map.of(), "{\"message\":\"Resource not accessible by personal access token\"}"), 1);
        assertThat(why(deliver())).contains("not accessible", "Issues: read and write");
        assertThat(deliver()).isEqualTo(new DeliveryResult.Sent());
    }

    @Test
    void theSettingsAreCheckedAgainstTheRepository() {
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());
        assertThat(channel("another-token", PretendGithub.REPOSITORY).check().problems())
                .singleElement()
                .asString()
                .contains("Bad credentials", "set a token");
        assertThat(channel(SECRET, "contoso/none").check().problems().toString())
                .contains("check the repository's name");
        github.set("private", false);
        assertThat(channel().check().warnings().toString()).contains("public");
        github.set("has_issues", false);
        assertThat(channel().check().problems().toString()).contains("turn on issues");
        assertThat(github.written()).isEmpty();
        github.close();
        assertThat(channel().check().warnings().toString()).contains("could not be checked");
    }

    @Test
    void theApiOfAnEnterpriseServerIsBelowItsHost() {
        assertThat(GithubChannel.base("github.com").uri()).hasToString("https://api.github.com/");
        assertThat(GithubChannel.base("git.example.com").uri()).hasToString("https://git.example.com/api/v3/");
    }

    @Test
    void aHostThatMayNotBeCalledIsNoSetting() {
        assertThat(GithubChannel.HOST.read().apply(new JsonPrimitive("git.example.com")))
                .isPresent();
        assertThat(GithubChannel.HOST.read().apply(new JsonPrimitive("169.254.169.254")))
                .isEmpty();
    }

    private Channel channel(String token, String repository) {
        GithubIssues.Labels labels = new GithubIssues.Labels(List.of("incident"), Map.of("1", "high"));
        ChannelTools tools = HttpChannelContract.TOOLS;
        return new GithubChannel(
                new GithubIssues(github.base(), new SecretText(token), repository, labels, tools), tools);
    }
}
