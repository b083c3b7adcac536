package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.report.CausePage;
import dev.triage502.report.CausePages;
import dev.triage502.report.html.FeedbackPage.Choice;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages around that of an incident: causes, feedback, notices. */
class PlainPagesTest {

    private static final String HOSTILE =
            "\"><script>alert(1)</script><img src=x onerror=alert(1)>' style=x </select></form>";
    private static final CausePages PAGES = CausePages.bundled();

    @TempDir
    private Path folder;

    @Test
    void thePageOfACauseHasAllThatTheTextHas() {
        for (String id : Triage.pages()) {
            CausePage page = PAGES.page(id);
            String html = GuidePage.of(PAGES, id, "/api/causes").html();

            assertThat(html)
                    .as(id)
                    .startsWith("<!doctype html>")
                    .doesNotContain("style=\"", "<script src", "<link", "<img");
            assertThat(html.split("<span class=\"number\">", -1).length - 1)
                    .as(id + ": steps")
                    .isEqualTo(page.steps().size());
            assertThat(page.looksLike()).as(id).isNotEmpty();
            assertThat(page.confusable()).as(id).isNotEmpty().allSatisfy(other -> {
                assertThat(Triage.pages()).contains(other.id());
                assertThat(html).contains("/api/causes/" + other.id() + "\"");
            });
            page.links().forEach(link -> assertThat(html).contains("href=\"" + link + "\""));
        }
    }

    @Test
    void aStepSaysWhenItAppliesAndWhatToReplace() {
        String html = GuidePage.of(PAGES, "nsg-blocks-backend", "/api/causes").html();

        assertThat(html)
                .contains(
                        "Only if <code>&lt;free-priority&gt;</code> is known, not if <code>&lt;missing-group&gt;</code>"
                                + " is known")
                .contains("Changes configuration")
                .contains("&lt;nsg-resource-group&gt;")
                .doesNotContain("{nsg}", "was not in the data");
    }

    @Test
    void theListLeadsToEveryPage() {
        String html = GuidePage.list(PAGES, Triage.pages(), "/api/causes").html();

        Triage.pages().forEach(id -> assertThat(html).contains("href=\"/api/causes/" + id + "\""));
    }

    @Test
    void hostileValuesStayText() {
        for (HtmlPage page : List.of(
                FeedbackPage.of(HOSTILE, HOSTILE, HOSTILE, List.of(new Choice(HOSTILE, HOSTILE)), HOSTILE),
                NoticePage.of(
                        NoticePage.Kind.REFUSED, HOSTILE, List.of(HOSTILE), List.of(new PageLink(HOSTILE, HOSTILE))),
                ConfirmPage.of(HOSTILE, List.of(HOSTILE), HOSTILE, HOSTILE))) {
            String outside = page.html()
                    .replaceAll("(?s)<style>.*?</style>", "")
                    .replaceAll("(?s)<script>'use strict'.*</script>\\s*</body>", "");

            assertThat(outside).contains("&lt;script&gt;").doesNotContain("<script", "<img", "' style=x <");
        }
    }

    /** A class that no style knows is a page that somebody styled, and a style that somebody else removed. */
    @Test
    void everyClassOfThemHasAStyle() throws IOException {
        Set<String> styled = new HashSet<>();
        StringBuilder used = new StringBuilder();
        for (Path page : written(List.of("nsg-blocks-backend"))) {
            String html = Files.readString(page);
            matches("\\.([a-z][a-z0-9-]*)", html.substring(html.indexOf("<style>"), html.indexOf("</style>")))
                    .forEach(styled::add);
            used.append(html.substring(html.indexOf("</style>"), html.lastIndexOf("<script>")));
        }
        Set<String> classes = matches("class=\"([^\"]+)\"", used.toString())
                .flatMap(each -> Stream.of(each.split(" ")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(classes).contains("pick", "fixes", "actions");
        classes.removeAll(styled);
        // Marks for the script, for printing and for colours that are those of the text around them.
        assertThat(classes).isSubsetOf("neutral", "word", "copy", "part", "print");
    }

    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1));
    }

    @Test
    void onlyAPageWithAFormMaySendOne() {
        HtmlPage asks = FeedbackPage.of("h", "p", "right", List.of(), "/back");
        HtmlPage tells = NoticePage.of(NoticePage.Kind.DONE, "t", List.of(), List.of());

        assertThat(asks.policy()).contains("form-action 'self'").doesNotContain("unsafe");
        assertThat(tells.policy()).contains("form-action 'none'").doesNotContain("unsafe");
        assertThat(tells.html()).contains(tells.policy().replace("'", "&#39;"));
    }

    @Test
    void aBrowserShowsThemAsTheyAreMeant() throws Exception {
        assertThat(PageCheck.problems(written(List.of("nsg-blocks-backend")), "few"))
                .isEmpty();
    }

    @Test
    @Tag("thorough")
    void aBrowserShowsEachOfThemAsItIsMeant() throws Exception {
        assertThat(PageCheck.problems(written(Triage.pages()), "all")).isEmpty();
    }

    private List<Path> written(List<String> causes) throws IOException {
        List<Choice> choices = Triage.causes().stream()
                .map(id -> new Choice(id, PAGES.page(id).title()))
                .toList();
        String headline =
                "NSG rule out-internal-rest blocks traffic from agw-" + "x".repeat(70) + " to 10.126.4.4:8443";
        List<Path> files = new ArrayList<>();
        for (String id : causes) {
            files.add(write("cause-" + id, GuidePage.of(PAGES, id, "/api/causes")));
        }
        files.add(write("causes", GuidePage.list(PAGES, Triage.pages(), "/api/causes")));
        files.add(write("feedback", FeedbackPage.of(headline, "agw-toll", "wrong", choices, "/back")));
        files.add(write(
                "notice",
                NoticePage.of(
                        NoticePage.Kind.REFUSED,
                        "This link no longer works",
                        List.of("Links in messages expire."),
                        List.of(new PageLink("Sign in", "/sign-in")))));
        files.add(write("confirm", ConfirmPage.of("Diagnose again?", List.of("It reads."), "Diagnose again", "/back")));
        return files;
    }

    private Path write(String name, HtmlPage page) throws IOException {
        return Files.writeString(folder.resolve(name + ".html"), page.html());
    }
}
