package dev.triage502.deliver.teams;

import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.Fact;
import dev.triage502.report.message.MessageSummary.FirstStep;
import dev.triage502.report.message.MessageSummary.Reason;
import java.util.List;

/** What of an incident is in a card that may have to be shortened: what is needed least goes first. */
record CardParts(
        List<Fact> facts,
        boolean hasCommand,
        List<Reason> reasons,
        String numbers,
        List<String> notChecked,
        boolean isShortened) {

    static final int MOST_LEADS = 3;

    static CardParts whole(MessageSummary summary) {
        return new CardParts(
                summary.facts(),
                summary.first()
                        .map(FirstStep::command)
                        .filter(each -> !each.isEmpty())
                        .isPresent(),
                summary.why().reasons(),
                summary.why().numbers(),
                summary.why().notChecked(),
                false);
    }

    boolean canLose() {
        return !numbers.isEmpty() || !notChecked.isEmpty() || reasons.size() > 1 || hasCommand || !facts.isEmpty();
    }

    /** Without the numbers, else what was not checked, else the last reason but one, else the command, else the last fact. */
    CardParts withLess() {
        if (!numbers.isEmpty()) {
            return new CardParts(facts, hasCommand, reasons, "", notChecked, true);
        }
        if (!notChecked.isEmpty()) {
            return new CardParts(facts, hasCommand, reasons, numbers, List.of(), true);
        }
        if (reasons.size() > 1) {
            return new CardParts(facts, hasCommand, reasons.subList(0, reasons.size() - 1), numbers, notChecked, true);
        }
        if (hasCommand) {
            return new CardParts(facts, false, reasons, numbers, notChecked, true);
        }
        return new CardParts(facts.subList(0, facts.size() - 1), false, reasons, numbers, notChecked, true);
    }
}
