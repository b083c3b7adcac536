package dev.triage502.evidence;

import java.util.List;

/**
 * How many requests of a pool failed and how many were served, by each value of each {@link RequestDimension}. Only pools
 * with failed requests are counted, and each only from its first failed request to its last: what was served outside
 * that time says nothing of what set the failed ones apart.
 *
 * @param counts in the order of the document; a request is counted once for each dimension in which the log has a value
 */
public record DimensionCounts(List<Count> counts) {

    /** Stands for all values that have no count of their own. */
    public static final String OTHERS = "*";

    /**
     * The requests with one value, or with one of those values that are not listed one by one.
     *
     * @param pool   the backend pool; empty where the log names none
     * @param value  the value, or {@link #OTHERS}
     * @param failed requests answered with 5xx
     * @param served requests that a server answered with something other than 5xx
     * @param values how many values this stands for; 1 unless it is {@link #OTHERS}
     */
    public record Count(String pool, RequestDimension dimension, String value, long failed, long served, long values) {

        /** Whether it is the count of all values that are not listed. */
        public boolean isOfOthers() {
            return value.equals(OTHERS);
        }
    }
}
