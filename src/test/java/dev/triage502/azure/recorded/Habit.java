package dev.triage502.azure.recorded;

/** What Azure does in some answers and not in others, each seen in a recording or written in a public reference. */
enum Habit {
    /** A long call answers 202 with a Location alone and the four letters null, as recorded in 2019 and 2020. */
    LOCATION_ONLY,
    /** A long call has both headers, each signed and some 3,000 characters long, as recorded in 2025. */
    SIGNED_OPERATIONS,
    /** A long call has Azure-AsyncOperation alone; the result stands in the operation's properties. */
    OPERATION_ONLY,
    /** Ids come back in lower case, resourcegroups included. */
    LOWER_CASE_IDS,
    /** Ids come back with the group in capitals and the provider in lower case, as in effective documents. */
    MIXED_CASE_IDS,
    /** Lists come in pages of two, with a next link that has blanks and a signed parameter. */
    SMALL_PAGES,
    /** The first call of each kind is answered 429; Resource Graph says when in its own header. */
    THROTTLES,
    /** Answers have no length. */
    CHUNKED,
    /** The stamp knows the api-versions up to 2023 alone. */
    OLD_VERSIONS,
    /** The log's table has the columns of the list of February 2024. */
    OLD_LOG_COLUMNS,
    /** Whole numbers of a log query come quoted, as in the published example. */
    QUOTED_NUMBERS,
    /** A log query brings its rows and a PartialError. */
    PARTIAL_LOG,
    /** A workspace without rows answers 204. */
    NO_CONTENT,
    /** An aggregation that one metric lacks fails the whole call, in place of that metric. */
    REFUSES_AGGREGATIONS,
    /** Numbers of metrics are reals, and there is no errorCode, as recorded in 2019. */
    BARE_METRICS
}
