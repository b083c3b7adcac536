package dev.triage502.deliver.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
        <!channel> → &lt;!channel&gt;
        <@U0123ABC> look → &lt;@U0123ABC&gt; look
        <https://evil.example|log> → &lt;https://evil.example|log&gt;
        a & b → a &amp; b
        &lt;!here&gt; → &amp;lt;!here&amp;gt;
        """)
    void threeCharactersAreEscaped(String text, String written) {
        assertThat(SlackText.mrkdwn(text)).isEqualTo(written);
        assertThat(SlackText.spans(text)).isEqualTo(written);
        assertThat(SlackText.fence(text)).isEqualTo("```" + written + "```");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pool_a_b", "*.example.com", "~user", "2*3*4", "12:47 UTC", "fd00:10:2::4", "10.0.0.4:8443"})
    void namesStayAsTheyAre(String name) {
        assertThat(SlackText.mrkdwn(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "*bold* and *more*, ∗bold∗ and ∗more∗",
        "_italic_, ˍitalicˍ",
        "not ~refused~, not ∼refused∼",
        "a `code`, a 'code'"
    })
    void whatWouldMakeAFormatIsReplacedByWhatLooksLikeIt(String text, String written) {
        assertThat(SlackText.mrkdwn(text)).isEqualTo(written);
    }

    @Test
    void noEmojiIsMade() {
        assertThat(SlackText.mrkdwn("a :skull: b")).isEqualTo("a :\u2060skull: b");
        assertThat(SlackText.mrkdwn("fd00:100:2")).isEqualTo("fd00:\u2060100:2");
        assertThat(SlackText.mrkdwn(":+1::x:")).isEqualTo(":\u2060+1::\u2060x:");
    }

    @Test
    void aLineIsNoQuotation() {
        assertThat(SlackText.mrkdwn("> all is well")).isEqualTo("\u2060&gt; all is well");
    }

    /** What turns the direction or hides is spelled, so that a reader sees that it was there. */
    @Test
    void directionAndHiddenCharactersAreSpelled() {
        assertThat(SlackText.mrkdwn("a\u202egnp.exe\u200b\nb")).isEqualTo("a\\u202egnp.exe\\u200b b");
        assertThat(SlackText.plain("a\u202egnp.exe")).isEqualTo("a\\u202egnp.exe");
        assertThat(SlackText.mrkdwn("שלום-日本-👩🏽‍🚀")).isEqualTo("שלום-日本-👩🏽‍🚀");
    }

    @Test
    void plainTextHasNothingThatCouldBeAMention() {
        assertThat(SlackText.plain("a & <!channel>")).isEqualTo("a & ‹!channel›");
    }

    @Test
    void codeBetweenBackticksStaysCode() {
        assertThat(SlackText.spans("allow `a_b*` to *reach* `<x>` *now*"))
                .isEqualTo("allow `a_b*` to ∗reach∗ `&lt;x&gt;` ∗now∗");
        assertThat(SlackText.boldSpans("Do this first: allow `pool` on *.a.com"))
                .isEqualTo("*Do this first: allow* `pool` *on ∗.a.com*");
        assertThat(SlackText.boldSpans("Start `vm`, then (`lb`), then wait"))
                .isEqualTo("*Start* `vm`, *then* (`lb`), *then wait*");
        assertThat(SlackText.spans("an `unclosed one")).isEqualTo("an unclosed one");
    }

    @Test
    void aCommandDoesNotEndItsFence() {
        String fence = SlackText.fence("echo ```<!channel>``` && rm");

        assertThat(fence).startsWith("```").endsWith("```");
        assertThat(fence.substring(3, fence.length() - 3)).doesNotContain("```", "<", "&&");
    }

    @Test
    void aTextIsCutByWhatIsWrittenAndNoCharacterInTwo() {
        String cut = SlackText.fitting("&👩".repeat(200), 300, SlackText::mrkdwn);

        assertThat(cut).hasSizeBetween(200, 300).endsWith("…");
        assertThat(cut.codePoints().filter(point -> point >= 0xd800 && point <= 0xdfff))
                .isEmpty();
        assertThat(cut.replace("&amp;", "")).doesNotContain("&");
    }
}
