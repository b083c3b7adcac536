package dev.triage502.deliver.teams;

import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.Fact;
import dev.triage502.report.message.MessageSummary.FirstStep;
import dev.triage502.report.message.MessageSummary.Reason;
import java.util.List;

/** What of an incident is in a card that may have to be shortened: what is needed least goes first. */
record CardParts(
        List<Fact> facts, boolean hasCommand, List<Reason> reasons, List<String> notChecked, boolean isShortened) {

    static final int MOST_LEADS = 3;

    static CardParts whole(MessageSummary summary) {
        return new CardParts(
                summary.facts(),
                summary.first()
                        .map(FirstStep::command)
                        .filter(each -> !each.isEmpty())
                        .isPresent(),
                summary.why().reasons(),
                summary.why().notChecked(),
                false);
    }

    boolean canLose() {
        return !notChecked.isEmpty() || reasons.size() > 1 || hasCommand || !facts.isEmpty();
    }

    /** Without what was not checked, else the last reason but one, else the command, else the last fact. */
    CardParts withLess() {
        if (!notChecked.isEmpty()) {
            return new CardParts(facts, hasCommand, reasons, List.of(), true);
        }
        if (reasons.size() > 1) {
            return new CardParts(facts, hasCommand, reasons.subList(0, reasons.size() - 1), notChecked, true);
        }
        if (hasCommand) {
            return new CardParts(facts, false, reasons, notChecked, true);
        }
        return new CardParts(facts.subList(0, facts.size() - 1), false, reasons, notChecked, true);
    }
}
