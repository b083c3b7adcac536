package dev.triage502.deliver.slack;

import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.Fact;
import dev.triage502.report.message.MessageSummary.Reason;
import java.util.List;

/** What of an incident is in a message that may have to be shortened: what is needed least goes first. */
record MessageParts(
        List<Fact> facts, boolean hasCommand, List<Reason> reasons, List<String> notChecked, boolean isShortened) {

    static MessageParts whole(MessageSummary summary) {
        return new MessageParts(
                summary.facts(), true, summary.why().reasons(), summary.why().notChecked(), false);
    }

    boolean canLose() {
        return reasons.size() > 1 || !notChecked.isEmpty() || hasCommand || !facts.isEmpty();
    }

    /** Without the last reason but one, else what was not checked, else the command, else the last fact. */
    MessageParts withLess() {
        if (reasons.size() > 1) {
            return new MessageParts(facts, hasCommand, reasons.subList(0, reasons.size() - 1), notChecked, true);
        }
        if (!notChecked.isEmpty()) {
            return new MessageParts(facts, hasCommand, reasons, List.of(), true);
        }
        if (hasCommand) {
            return new MessageParts(facts, false, reasons, notChecked, true);
        }
        return new MessageParts(facts.subList(0, facts.size() - 1), false, reasons, notChecked, true);
    }
}
