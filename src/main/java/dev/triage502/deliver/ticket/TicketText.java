package dev.triage502.deliver.ticket;

import dev.triage502.deliver.ticket.Ticket.Part;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import dev.triage502.redaction.PlainText;
import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.FirstStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the text of a ticket of what every channel says of an incident. */
final class TicketText {

    /** One text of a ticket, so that none of them leaves no room for the others. */
    private static final int LONGEST = 600;

    private static final int LONGEST_COMMAND = 1_500;

    private final MessageSummary summary;
    private boolean hasCut;

    TicketText(MessageSummary summary) {
        this.summary = summary;
    }

    Ticket ticket(Optional<Integer> severity, Stage stage, String happened) {
        List<Section> sections = new ArrayList<>(Stream.of(
                        new Section(Part.WHAT, "", what()),
                        new Section(Part.NUMBERS, "", numbers()),
                        new Section(
                                Part.FIRST,
                                summary.first()
                                        .map(FirstStep::heading)
                                        .map(PlainText::line)
                                        .orElse(""),
                                summary.first().map(this::first).orElse(List.of())),
                        new Section(
                                Part.WHY,
                                summary.why().heading(),
                                items(summary.why().reasons().stream()
                                        .map(MessageSummary.Reason::sentence)
                                        .toList())),
                        new Section(
                                Part.NOT_CHECKED,
                                "Not checked",
                                items(summary.why().notChecked())),
                        new Section(Part.LINKS, "", links()))
                .filter(section -> !section.blocks().isEmpty())
                .toList());
        List<TicketBlock> update = update(happened);
        if (hasCut) {
            sections.add(cut(links().stream().findFirst(), summary.place().incident()));
        }
        return new Ticket(
                summary.place().incident(),
                PlainText.line(summary.place().gateway()),
                PlainText.line(summary.headline()),
                severity,
                stage,
                sections,
                update);
    }

    /** Says where the whole is. */
    static Section cut(Optional<?> links, String incident) {
        String where = links.isPresent() ? "Open the report." : "The report is at GET /api/diagnoses/" + incident + ".";
        return new Section(Part.CUT, "", List.of(new Sentence("Shortened. " + where)));
    }

    private List<TicketBlock> what() {
        List<TicketBlock> blocks = new ArrayList<>();
        blocks.add(new Sentence(state()));
        summary.leads().forEach(lead -> blocks.add(new Sentence(line(lead))));
        return blocks;
    }

    private String state() {
        return line(summary.state().line() + " · " + summary.place().gateway() + " · diagnosed at "
                + summary.place().time());
    }

    private List<TicketBlock> numbers() {
        return summary.facts().stream()
                .map(fact -> (TicketBlock) new Field(fact.label(), line(fact.value())))
                .toList();
    }

    private List<TicketBlock> first(FirstStep step) {
        List<TicketBlock> blocks = new ArrayList<>();
        blocks.add(new Sentence(line(step.title())));
        List<String> effect = new ArrayList<>();
        step.effect().ifPresent(is -> effect.add(is.label()));
        if (step.undo()) {
            effect.add("undo in the report");
        }
        if (!effect.isEmpty()) {
            blocks.add(new Sentence(String.join(" · ", effect)));
        }
        if (!step.note().isEmpty()) {
            blocks.add(new Sentence(line(step.note())));
        }
        // Half a command is worse than none.
        if (step.command().length() > LONGEST_COMMAND) {
            hasCut = true;
        } else if (!step.command().isEmpty()) {
            blocks.add(new Command(PlainText.lines(step.command()).strip()));
        }
        return blocks;
    }

    private List<TicketBlock> items(List<String> texts) {
        return texts.stream().map(text -> (TicketBlock) new Item(line(text))).toList();
    }

    private List<TicketBlock> links() {
        List<TicketBlock> links = new ArrayList<>();
        summary.links().page().ifPresent(url -> links.add(new Link("Open report", url)));
        summary.links().feedbackRight().ifPresent(url -> links.add(new Link("Right", url)));
        summary.links().feedbackWrong().ifPresent(url -> links.add(new Link("Wrong", url)));
        summary.links().portal().ifPresent(url -> links.add(new Link("Gateway in portal", url)));
        summary.links().causePage().ifPresent(url -> links.add(new Link("About this cause", url)));
        return links;
    }

    private List<TicketBlock> update(String happened) {
        List<TicketBlock> blocks = new ArrayList<>();
        blocks.add(new Sentence(state()));
        if (!happened.isEmpty()) {
            blocks.add(new Sentence(line(happened)));
        }
        blocks.add(new Sentence(line(summary.headline())));
        blocks.addAll(numbers());
        summary.links().page().ifPresent(url -> blocks.add(new Link("Open report", url)));
        return blocks;
    }

    private String line(String text) {
        String line = PlainText.line(text);
        hasCut |= line.length() > LONGEST;
        return cut(line, LONGEST);
    }

    /** The text, or its beginning with an ellipsis; no character is cut in two. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end).stripTrailing() + "…";
    }
}
