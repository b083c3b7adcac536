package dev.triage502.deliver.ticket;

import dev.triage502.report.message.MessageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An incident as a ticket: a title, sections, and what its comments say. Each ticket system writes the blocks in its own
 * markup and cuts what is too long for it with {@link #withLess}.
 *
 * @param incident the incident's id, by which its ticket is found again
 * @param gateway  the gateway's name
 * @param title    the headline on one line, not cut
 * @param severity of the alert, 0 to 4; empty where it is not known
 * @param stage    what the ticket's state has to be
 * @param sections the text; empty sections are left out
 * @param update   what a comment says of this event; a comment is not cut by {@link #withLess}
 */
public record Ticket(
        String incident,
        String gateway,
        String title,
        Optional<Integer> severity,
        Stage stage,
        List<Section> sections,
        List<TicketBlock> update) {

    /** What the state of the ticket has to be after an event. */
    public enum Stage {
        /** Requests fail, or it is not known whether they do. A closed ticket is opened again. */
        OPEN,
        /** There is something to add, and the ticket stays as it is. */
        AS_IS,
        /** The recovery was measured. */
        CLOSED
    }

    /** A part of the text, in the order in which a reader needs them. */
    public enum Part {
        WHAT,
        NUMBERS,
        FIRST,
        WHY,
        NOT_CHECKED,
        LINKS,
        CUT
    }

    /** The blocks of a part; the heading is empty where it needs none. */
    public record Section(Part part, String heading, List<TicketBlock> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }

    public Ticket {
        sections = List.copyOf(sections);
        update = List.copyOf(update);
    }

    /**
     * What to say of an incident.
     *
     * @param happened what happened now, in a sentence; empty at the first diagnosis
     */
    public static Ticket of(MessageSummary summary, Optional<Integer> severity, Stage stage, String happened) {
        return new TicketText(summary).ticket(severity, stage, happened);
    }

    /** The title as it stands among others': the gateway's name in front, unless the headline has it. */
    String listTitle() {
        return title.contains(gateway) ? title : gateway + ": " + title;
    }

    /** Without what is needed least: reasons but the first, what was not checked, the command, numbers. Empty if nothing can go. */
    public Optional<Ticket> withLess() {
        Optional<Section> less = without(Part.WHY, 1)
                .or(() -> without(Part.NOT_CHECKED, 0))
                .or(this::withoutCommand)
                .or(() -> without(Part.NUMBERS, 0));
        return less.map(this::with);
    }

    private Optional<Section> without(Part part, int least) {
        return section(part).filter(section -> section.blocks().size() > least).map(section -> {
            int all = section.blocks().size();
            return new Section(
                    part,
                    section.heading(),
                    section.blocks().subList(0, all > 20 ? Math.max(all / 2, least) : all - 1));
        });
    }

    private Optional<Section> withoutCommand() {
        return section(Part.FIRST)
                .filter(section -> section.blocks().stream().anyMatch(TicketBlock.Command.class::isInstance))
                .map(section -> new Section(
                        Part.FIRST,
                        section.heading(),
                        section.blocks().stream()
                                .filter(block -> !(block instanceof TicketBlock.Command))
                                .toList()));
    }

    private Optional<Section> section(Part part) {
        return sections.stream().filter(section -> section.part() == part).findFirst();
    }

    private Ticket with(Section less) {
        List<Section> all = new ArrayList<>();
        for (Section section : sections) {
            Section now = section.part() == less.part() ? less : section;
            if (!now.blocks().isEmpty()) {
                all.add(now);
            }
        }
        if (section(Part.CUT).isEmpty()) {
            all.add(TicketText.cut(section(Part.LINKS), incident));
        }
        return new Ticket(incident, gateway, title, severity, stage, all, update);
    }
}
