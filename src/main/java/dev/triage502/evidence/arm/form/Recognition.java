package dev.triage502.evidence.arm.form;

/** What came of looking at a document: it was taken for something, is an error in its place, or is of no use here. */
public sealed interface Recognition {

    /** It is of use. */
    record Taken(TakenDocument document) implements Recognition {}

    /** It is the error that Azure returned in the document's place. */
    record Failed(ErrorAnswer error) implements Recognition {}

    /**
     * It is of no use.
     *
     * @param reason  what it is, or lacks
     * @param command what makes the right document; empty where there is nothing to run
     */
    record Refused(String reason, String command) implements Recognition {}
}
