package dev.triage502.deliver;

import dev.triage502.deliver.ticket.Ticket;

/** What {@link TicketLife} asks of a ticket system. Each call is one thing that was done, was not done, or may have been. */
interface TicketSystem {

    /** Looks for the ticket that bears the incident, closed ones too: {@link TicketAnswer#done} with its id, or not there. */
    TicketAnswer find(Ticket ticket);

    /** Makes the ticket, open, bearing the incident. */
    TicketAnswer create(Ticket ticket);

    /** Brings the text up to date; doing it again changes nothing. Not there if somebody deleted the ticket. */
    TicketAnswer update(String id, Ticket ticket);

    /** Looks for the comment that bears a key. */
    TicketAnswer findComment(String id, String key);

    /** Adds what happened as a comment, bearing a key. */
    TicketAnswer comment(String id, Ticket ticket, String key);

    /** Closes it if it is open, as something that recovered. */
    TicketAnswer close(String id, Ticket ticket);

    /** Opens it again if it is closed. */
    TicketAnswer reopen(String id, Ticket ticket);
}
