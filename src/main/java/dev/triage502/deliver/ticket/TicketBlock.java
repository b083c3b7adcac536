package dev.triage502.deliver.ticket;

/** One piece of a ticket. Texts are plain and may come from outside: whoever writes them escapes them for their place. */
public sealed interface TicketBlock {

    /** A paragraph; what is between backticks is code. */
    record Sentence(String text) implements TicketBlock {}

    /** A number with what it is: {@code Failed}, {@code 2,019 of 3,081 requests (66%)}. */
    record Field(String label, String value) implements TicketBlock {}

    /** One entry of a list. */
    record Item(String text) implements TicketBlock {}

    /** Lines that can be pasted into a shell. */
    record Command(String lines) implements TicketBlock {}

    /** A link with its text. */
    record Link(String text, String url) implements TicketBlock {}
}
