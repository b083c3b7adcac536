package dev.triage502.report.html;

import dev.triage502.report.html.PageView.Command;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.report.html.PageView.Part;
import dev.triage502.report.html.PageView.Span;
import dev.triage502.report.html.PageView.Step;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a cause shows.
 *
 * @param head    what it is
 * @param signs   what shows it
 * @param fixes   which evidence asks for which fix
 * @param steps   all steps, each with when it applies
 * @param check   how to see that it worked
 * @param similar causes that look alike, and what tells them apart
 * @param sources where to read on
 */
public record CauseView(
        Head head,
        List<Sighting> signs,
        List<Choice> fixes,
        List<GuideStep> steps,
        Part check,
        List<Similar> similar,
        List<PageLink> sources) {

    /** Its title, in one sentence, and what one sees of it; {@code all} is the list of all causes. */
    public record Head(String id, String title, List<Span> summary, List<List<Span>> looksLike, String all) {}

    /** Where it shows, what is seen there, and how much that says. */
    public record Sighting(String source, List<Span> shows, String weight) {}

    /** A fix, and the evidence that asks for it. */
    public record Choice(List<Span> evidence, List<Span> fix) {}

    /** A step, and when it applies; {@code when} may be empty. */
    public record GuideStep(Step step, List<Span> when) {}

    /** A cause that looks alike. */
    public record Similar(PageLink cause, List<Span> difference) {}

    /** Whether no command came before this one: the first has the choice of the shell. */
    public boolean isFirst(Optional<Command> command) {
        return command.map(each -> each.id().equals("c1")).orElse(false);
    }
}
