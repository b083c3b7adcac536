package dev.triage502.deliver.ticket;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An incident as texts of ServiceNow's table {@code incident}. They are plain: ServiceNow makes HTML of what is between
 * {@code [code]} tags in a journal, and its notifications are HTML, so no text from outside has a tag of either kind.
 */
public final class ServicenowText {

    /** What the forms of ServiceNow show of a text; the server does not enforce it. */
    public static final int LONGEST = 4_000;

    private static final int LONGEST_TITLE = 160;

    private static final Pattern TAG = Pattern.compile("\\[(?=/?code\\])|<(?=[A-Za-z/!?])", Pattern.CASE_INSENSITIVE);

    /** Keeps two characters together and is not seen. */
    private static final String JOINER = "\u2060";

    private ServicenowText() {}

    /** The title, and the text with the whole headline where the title has no room for it. */
    public static JsonObject fields(Ticket ticket) {
        String title = inert(ticket.listTitle());
        boolean fits = title.length() <= LONGEST_TITLE;
        JsonObject fields = new JsonObject();
        fields.addProperty("short_description", TicketText.cut(title, LONGEST_TITLE));
        fields.addProperty("description", description(ticket, fits ? "" : title + "\n\n"));
        return fields;
    }

    private static String description(Ticket ticket, String headline) {
        Ticket fitting = ticket;
        String text = headline + text(fitting);
        for (Optional<Ticket> less = fitting.withLess();
                text.length() > LONGEST && less.isPresent();
                less = fitting.withLess()) {
            fitting = less.get();
            text = headline + text(fitting);
        }
        return TicketText.cut(text, LONGEST);
    }

    private static String text(Ticket ticket) {
        return TicketPlain.text(ticket.sections().stream()
                .map(section -> new Ticket.Section(section.part(), inert(section.heading()), inert(section.blocks())))
                .toList());
    }

    /** What happened, with a line by which this work note is found again. */
    public static String note(Ticket ticket, String key) {
        return happened(ticket.update()) + "\n\n" + marker(key);
    }

    /** What happened, for the caller, too: without the link to the report, which lets in whoever has it. */
    public static String closeNotes(Ticket ticket) {
        return happened(ticket.update().stream()
                .filter(block -> !(block instanceof Link))
                .toList());
    }

    private static String happened(List<TicketBlock> update) {
        return TicketText.cut(TicketPlain.blocks(inert(update)), LONGEST - 200);
    }

    /** What a work note about a message ends with. */
    public static String marker(String key) {
        return "(triage502 message " + key + ")";
    }

    private static List<TicketBlock> inert(List<TicketBlock> blocks) {
        return blocks.stream().map(ServicenowText::inert).toList();
    }

    private static TicketBlock inert(TicketBlock block) {
        if (block instanceof Command command) {
            // A character that nobody sees would be pasted, too.
            return TAG.matcher(command.lines()).find() ? new Sentence("The command is in the report.") : block;
        }
        if (block instanceof TicketBlock.Field field) {
            return new TicketBlock.Field(inert(field.label()), inert(field.value()));
        }
        if (block instanceof TicketBlock.Item item) {
            return new TicketBlock.Item(inert(item.text()));
        }
        return block instanceof Sentence sentence ? new Sentence(inert(sentence.text())) : block;
    }

    private static String inert(String text) {
        return TAG.matcher(text).replaceAll("$0" + JOINER);
    }
}
