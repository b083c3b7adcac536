package dev.triage502.report.html;

import dev.triage502.report.CauseGuide;
import dev.triage502.report.CausePage;
import dev.triage502.report.CausePages;
import dev.triage502.report.Report.Row;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.CauseView.Choice;
import dev.triage502.report.html.CauseView.GuideStep;
import dev.triage502.report.html.CauseView.Head;
import dev.triage502.report.html.CauseView.Sighting;
import dev.triage502.report.html.CauseView.Similar;
import dev.triage502.report.html.PageView.Command;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.report.html.PageView.Part;
import dev.triage502.report.html.PageView.Span;
import dev.triage502.report.html.PageView.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the causes, for whoever has no incident at hand: a page each, and the list of them. */
public final class GuidePage {

    private final CausePages pages;
    private final String base;
    private int commands;

    private GuidePage(CausePages pages, String base) {
        this.pages = pages;
        this.base = base;
    }

    /** The page of one cause. {@code base} is where the list of them is; each cause is below it. */
    public static HtmlPage of(CausePages pages, String id, String base) {
        return PageTemplates.plain(
                "cause.jte", Map.of("page", new GuidePage(pages, base).view(CauseGuide.of(pages.page(id)))));
    }

    /** The list of causes, with what each is in a sentence. */
    public static HtmlPage list(CausePages pages, List<String> ids, String base) {
        List<Similar> causes = ids.stream()
                .map(pages::page)
                .map(page -> new Similar(link(page, base), spans(page.summary())))
                .toList();
        return PageTemplates.plain("causes.jte", Map.of("causes", causes));
    }

    private static PageLink link(CausePage page, String base) {
        return new PageLink(page.title(), base + "/" + page.id());
    }

    private CauseView view(CauseGuide guide) {
        CausePage page = guide.page();
        return new CauseView(
                new Head(
                        page.id(),
                        page.title(),
                        spans(page.summary()),
                        page.looksLike().stream().map(GuidePage::spans).toList(),
                        base),
                guide.signs().stream()
                        .map(sign -> new Sighting(
                                ReportPhrases.upperFirst(sign.source()),
                                spans(ReportPhrases.upperFirst(ReportPhrases.sentence(sign.shows()))),
                                sign.weight()))
                        .toList(),
                guide.fixes().stream()
                        .map(fix -> new Choice(
                                spans(ReportPhrases.upperFirst(fix.evidence())),
                                spans(ReportPhrases.upperFirst(ReportPhrases.sentence(fix.fix())))))
                        .toList(),
                guide.steps().stream().map(this::step).toList(),
                part(guide.check().row(), guide.check().powershell(), "check that it worked"),
                page.confusable().stream()
                        .map(each -> new Similar(
                                link(pages.page(each.id()), base),
                                spans(ReportPhrases.upperFirst(ReportPhrases.sentence(each.difference())))))
                        .toList(),
                page.links().stream().map(url -> new PageLink(url, url)).toList());
    }

    private GuideStep step(CauseGuide.GuideStep step) {
        Row row = step.row();
        Optional<Command> command = command(row.command(), step.powershell(), row.text());
        return new GuideStep(
                new Step(
                        row.label(),
                        spans(row.text()),
                        PageViewWriter.badge(row.badge()),
                        spans(row.note()),
                        command,
                        step.undo().map(undo -> part(undo, step.undoPowershell(), "undo"))),
                spans(step.when()));
    }

    private Part part(Row row, String powershell, String what) {
        return new Part(spans(row.text()), PageViewWriter.badge(row.badge()), command(row.command(), powershell, what));
    }

    private Optional<Command> command(String bash, String powershell, String what) {
        return bash.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command("c" + ++commands, what, bash, powershell.isEmpty() ? bash : powershell));
    }

    private static List<Span> spans(String text) {
        return PageViewWriter.spans(text);
    }
}
