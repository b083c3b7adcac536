package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.util.Optional;
import java.util.stream.Stream;

/** What a step does to those who are served, the harmless first. */
public enum StepEffect {
    /** Lists, queries, checks. */
    READS("reads", "reads", "reads-only", "Reads only"),
    /** To talk to somebody, or to change what is not in Azure: a template, a manifest, a program. */
    PERSON("person", "reads", "no-azure-change", "No Azure change"),
    /** Writes while traffic keeps flowing. */
    CHANGES("changes", "changes", "changes-configuration", "Changes configuration"),
    /** Drops connections or requests. */
    DOWNTIME("downtime", "interrupts", "causes-downtime", "Causes downtime"),
    /** Opens, goes around, or stops a check. */
    WEAKENS("weakens", "changes", "weakens-security", "Weakens security");

    private final String word;
    private final String v1;
    private final String badge;
    private final String label;

    StepEffect(String word, String v1, String badge, String label) {
        this.word = word;
        this.v1 = v1;
        this.badge = badge;
        this.label = label;
    }

    /** The effect that a page writes in brackets before a step; empty for a word that is none. */
    static Optional<StepEffect> of(String word) {
        return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** The words that a page may use, as in {@code reads|person|changes}. */
    static String words() {
        return String.join("|", Stream.of(values()).map(each -> each.word).toList());
    }

    /** The word on a page. */
    public String word() {
        return word;
    }

    /** The value of {@code effect} in the diagnosis document, which knows three. */
    String inDocument() {
        return v1;
    }

    /** The value of {@code badge} in the diagnosis document. */
    String badge() {
        return badge;
    }

    /** What a reader sees. */
    public String label() {
        return label;
    }

    /** What a step of a diagnosis document does, empty if it does not say; documents of before know three effects only. */
    public static Optional<StepEffect> of(JsonObject step) {
        String badge = JsonTree.text(step, "badge");
        if (!badge.isEmpty()) {
            return Stream.of(values()).filter(each -> each.badge.equals(badge)).findFirst();
        }
        return switch (JsonTree.text(step, "effect")) {
            case "changes" -> Optional.of(CHANGES);
            case "interrupts" -> Optional.of(DOWNTIME);
            case "reads" -> Optional.of(JsonTree.text(step, "command").isEmpty() ? PERSON : READS);
            default -> Optional.empty();
        };
    }

    /** Whether it changes something in Azure and weakens nothing: what a fix does. */
    boolean fixes() {
        return this == CHANGES || this == DOWNTIME;
    }

    /** Whether what the step did can be taken back, and so has to say how. */
    public boolean needsUndo() {
        return this == CHANGES || this == DOWNTIME || this == WEAKENS;
    }
}
