package dev.triage502.report.message;

import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;
import dev.triage502.report.StepEffect;
import java.util.List;
import java.util.Optional;

/**
 * An incident in as few words as a message has room for, in the order in which a reader needs them. Every channel says
 * this and nothing else, so that two of them never differ.
 *
 * <p>Texts are plain: no markup is in them and none is taken out. A channel escapes them for its place.
 *
 * @param state    where the incident is
 * @param place    which gateway, and when it was diagnosed
 * @param headline what is at fault, in one sentence
 * @param leads    what happened, who is hit and who is not, in sentences
 * @param facts    since when, how many failed, how many servers are healthy, how sure the cause is
 * @param first    what to do first; empty where there is nothing to do
 * @param why      what it rests on, and what was not checked
 * @param links    where to go on; a channel makes buttons of them
 */
public record MessageSummary(
        MessageState state,
        Place place,
        String headline,
        List<String> leads,
        List<Fact> facts,
        Optional<FirstStep> first,
        Why why,
        IncidentLinks links) {

    public MessageSummary {
        leads = List.copyOf(leads);
        facts = List.copyOf(facts);
    }

    /** What to say of a report. */
    public static MessageSummary of(Report report, IncidentLinks links) {
        return new MessageSummaryWriter(report, links).summary();
    }

    /** The gateway's name; the time of the diagnosis ({@code 13:31 UTC}); the incident's id. */
    public record Place(String gateway, String time, String incident) {}

    /** One number, with what it is: {@code Failed}, {@code 2,019 of 3,081 requests (66%)}. */
    public record Fact(String label, String value) {}

    /**
     * The step to take first.
     *
     * @param heading {@code Do this first}, or after a recovery {@code To do next}
     * @param title   what to do; what is between backticks is code
     * @param effect  what it does to those who are served; empty where nothing is done
     * @param note    what else there is to say; may be empty
     * @param command what can be pasted into a shell, of one line or several; may be empty
     * @param undo    whether the report says how to take it back
     */
    public record FirstStep(
            String heading, String title, Optional<StepEffect> effect, String note, String command, boolean undo) {}

    /**
     * What a diagnosis rests on.
     *
     * @param heading    {@code Why}, or {@code Why it is likely, not confirmed}
     * @param reasons    at most three
     * @param numbers    the failed requests over time, in one line; may be empty
     * @param notChecked what could not be read, in sentences
     */
    public record Why(String heading, List<Reason> reasons, String numbers, List<String> notChecked) {
        public Why {
            reasons = List.copyOf(reasons);
            notChecked = List.copyOf(notChecked);
        }
    }

    /** A fact, and whether it is for or against a cause that is not confirmed, or names a rival; the label may be empty. */
    public record Reason(String label, String text) {

        /** {@code Against: 10.0.0.4 answers.} */
        public String sentence() {
            return label.isEmpty() ? text : label + ": " + text;
        }
    }

    /** All of it in one line, for a notification: {@code Open · Sev 1: NSG rule … blocks …. Every request to … failed.} */
    public String line() {
        String who = leads.isEmpty() ? "" : " " + leads.get(0);
        String since = facts.stream()
                .filter(fact -> fact.label().equals(MessageSummaryWriter.SINCE))
                .map(fact -> " Since " + fact.value() + ".")
                .findFirst()
                .orElse("");
        String stop = headline.endsWith(".") || headline.endsWith("…") ? "" : ".";
        String colon = state.words().contains(":") ? ". " : ": ";
        return state.words() + colon + headline + stop + who + since;
    }
}
