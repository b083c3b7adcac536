package dev.triage502.diagnosis;

/** What stands in place of a root cause when none is named. */
public enum Conclusion {
    /** There were failures; they have ended and no fault persists. */
    RECOVERED("recovered"),
    /** Nothing in the evidence explains or shows a fault. */
    NO_FAULT_FOUND("no-fault-found"),
    /** The evidence that would decide could not be read; the diagnosis says what is missing. */
    INSUFFICIENT_EVIDENCE("insufficient-evidence");

    private final String id;

    Conclusion(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
