package dev.triage502.deliver;

import java.util.Optional;

/**
 * What a ticket system did.
 *
 * @param id      of the ticket or comment, where one was asked for or made
 * @param meaning whether it did what it was asked
 * @param result  what to say of it if that is where it ends
 */
record TicketAnswer(String id, Meaning meaning, DeliveryResult result) {

    enum Meaning {
        DONE,
        /** It looked, and there is none. */
        NOT_THERE,
        /** It did not do it. */
        NOT_DONE,
        /** No answer came, or none that says whether it did. */
        UNCLEAR
    }

    static TicketAnswer done(String id) {
        return new TicketAnswer(id, Meaning.DONE, new DeliveryResult.Sent());
    }

    /** What was made; unclear where the answer does not say it. */
    static TicketAnswer made(String id, Object by, String what) {
        return id.isEmpty()
                ? unclear(new DeliveryResult.Failed(by + " did not say which " + what + " it made", Optional.empty()))
                : done(id);
    }

    /** What is not there, and what to say where it should be. */
    static TicketAnswer notThere() {
        return new TicketAnswer("", Meaning.NOT_THERE, new DeliveryResult.Refused("the ticket is not there any more"));
    }

    static TicketAnswer notDone(DeliveryResult why) {
        return new TicketAnswer("", Meaning.NOT_DONE, why);
    }

    static TicketAnswer unclear(DeliveryResult why) {
        return new TicketAnswer("", Meaning.UNCLEAR, why);
    }

    boolean isDone() {
        return meaning == Meaning.DONE;
    }

    boolean isNotThere() {
        return meaning == Meaning.NOT_THERE;
    }

    boolean isUnclear() {
        return meaning == Meaning.UNCLEAR;
    }
}
