package dev.triage502.deliver.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ask @octocat now           | ask @~octocat now
        me@example.com             | me@~example.com
        see #1 and a/b#2           | see #~1 and a/b#~2
        see GH-1                   | see GH-~1
        https://evil.example/      | https:~//evil.example/
        www.evil.example           | www.~evil.example
        <img src=x onerror=y>      | &lt;img src=x onerror=y&gt;
        <!-- a -->                 | &lt;\\!-- a --&gt;
        ![a](b) *c* _d_ ~~e~~ `f`  | \\!\\[a\\](b) \\*c\\* \\_d\\_ \\~\\~e\\~\\~ \\`f\\`
        a &amp; b                  | a &amp;amp; b
        - no list                  | \\- no list
        1. no list                 | 1\\. no list
        :skull:                    | :~skull:
        10.0.0.4 on agw-prod       | 10.0.0.4 on agw-prod
        """)
    void textsFromOutsideAreShownAsTheyAre(String text, String written) {
        assertThat(GithubText.inert(text))
                .isEqualTo(
                        written.replace("\\~", "\u0000").replace('~', '\u2060').replace("\u0000", "\\~"));
    }

    @Test
    void aHeadingIsNoHeading() {
        assertThat(GithubText.inert("# no heading")).isEqualTo("\\# no heading");
    }

    @Test
    void codeStaysCodeAndCannotBeLeft() {
        Ticket ticket = new Ticket(
                "i-1",
                "agw-shop",
                "title",
                Optional.empty(),
                Stage.OPEN,
                List.of(new Ticket.Section(
                        Ticket.Part.FIRST,
                        "Do this first",
                        List.of(new Sentence("Start `vm_@a`, then @b"), new Command("echo 1\n```\n@octocat")))),
                List.of());

        assertThat(GithubText.body(ticket))
                .contains("Start `vm_@a`, then @\u2060b")
                .contains("````sh\necho 1\n```\n@octocat\n````")
                .endsWith("<!-- triage502:incident:i-1 -->");
    }
}
