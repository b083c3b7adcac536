package dev.triage502.local;

import dev.triage502.evidence.Source;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One kind of request that the pretend Azure knows.
 *
 * @param source     the document that it is about; empty for what belongs to none
 * @param type       the ARM type whose api-versions count; empty where there are none
 * @param isLogQuery whether it is Log Analytics' own service, with tokens of its own
 * @param isList     whether its answer has pages
 * @param answers    what it says; the second argument tells whether operations are stuck
 */
record PretendEndpoint(
        Optional<Source> source,
        String type,
        boolean isLogQuery,
        boolean isList,
        BiFunction<PretendRequest, Boolean, PretendAnswer> answers) {

    static PretendEndpoint of(Source source, String type, BiFunction<PretendRequest, Boolean, PretendAnswer> answers) {
        return new PretendEndpoint(Optional.of(source), type, false, false, answers);
    }

    PretendEndpoint list() {
        return new PretendEndpoint(source, type, isLogQuery, true, answers);
    }

    PretendEndpoint logQuery() {
        return new PretendEndpoint(source, "", true, isList, answers);
    }
}
