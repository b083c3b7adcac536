package dev.triage502.ledger;

/**
 * What an investigation names.
 *
 * @param root       the id of the root cause, or of the conclusion in its place
 * @param target     what is at fault, as one compares it: {@code nsg-rule deny-all of nsg-app}; empty for a conclusion
 * @param confidence {@code confirmed}, {@code likely}, {@code possible}; empty for a conclusion
 * @param headline   the same in one sentence
 */
public record FaultName(String root, String target, String confidence, String headline) {

    /** Whether it is a cause, and no conclusion. */
    public boolean isCause() {
        return !confidence.isEmpty();
    }

    boolean isSameAs(FaultName other) {
        return root.equals(other.root) && target.equalsIgnoreCase(other.target);
    }

    boolean isSurerThan(FaultName other) {
        return rank(confidence) > rank(other.confidence);
    }

    private static int rank(String confidence) {
        switch (confidence) {
            case "confirmed":
                return 3;
            case "likely":
                return 2;
            case "possible":
                return 1;
            default:
                return 0;
        }
    }

    /** {@code nsg-blocks-backend (confirmed)}, {@code cause not found}. */
    String words() {
        if (isCause()) {
            return root + " (" + confidence + ")";
        }
        return root.equals(LookResult.NO_FAULT) ? "no fault found" : "cause not found";
    }
}
