package dev.triage502.diagnosis;

/** Why a cause is as sure as it is. Exactly one reason applies to each cause that is shown. */
public enum ConfidenceReason {
    /** Confirmed: direct evidence, and nothing contradicts it. */
    DIRECT("direct-evidence"),
    /** Likely: direct evidence, and something contradicts it. */
    CONTRADICTED("contradicted"),
    /** Likely: one strong sign, and nothing contradicts it. */
    STRONG("strong-sign"),
    /** Likely: two sources point to the same target. */
    TWO_SOURCES("two-sources"),
    /** Likely: direct evidence, yet the configuration or the backend health was not understood completely. */
    READ_IN_PART("read-in-part"),
    /** Possible: one indirect sign. */
    ONE_SIGN("one-sign"),
    /** Likely in place of confirmed, or possible in place of likely: another cause that would explain it could not be checked. */
    RIVAL_UNCHECKED("rival-unchecked");

    private final String id;

    ConfidenceReason(String id) {
        this.id = id;
    }

    /** The word in documents: {@code two-sources}. */
    public String id() {
        return id;
    }
}
