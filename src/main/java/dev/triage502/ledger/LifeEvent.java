package dev.triage502.ledger;

/** What can happen to an incident. */
public enum LifeEvent {
    FIRED("an alert fires, and its failures had been over or given up"),
    FLAPPED("the same for the third time within an hour, or more"),
    LOOK_BEGAN("an investigation begins"),
    FAULT_FOUND("the first investigation ends, whatever it finds"),
    FAULT_RECURRED("the first investigation finds the cause and target of an earlier incident"),
    FAULT_SAME("a later investigation finds the same, or less"),
    FAULT_CHANGED("a later investigation finds another cause or target, or the same more surely"),
    FAULT_BACK("an investigation finds the failures back after they had ended"),
    RECOVERY_MEASURED("an investigation measures that requests are served again"),
    RECOVERY_UNMEASURED("the alerts are resolved, and an investigation cannot measure whether requests are served"),
    LOOK_GIVEN_UP("an investigation failed each time that it was tried"),
    CALM("no alert has fired for half an hour"),
    SETTLED("all its alerts are resolved, and recovery was measured"),
    HOUR_OVER("an hour has passed since then"),
    FOLLOWED_OUT("no alert and no change for as long as it is followed");

    private final String words;

    LifeEvent(String words) {
        this.words = words;
    }

    /** What happens, for the table of transitions. */
    public String words() {
        return words;
    }
}
