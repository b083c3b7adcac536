package dev.triage502.local;

import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceType;
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
        ResourceType type,
        boolean isLogQuery,
        boolean isList,
        BiFunction<PretendRequest, Boolean, PretendAnswer> answers) {

    /** That of an endpoint whose api-version nobody looks at. */
    static final ResourceType NO_TYPE = ResourceType.of("");

    static PretendEndpoint of(
            Source source, ResourceType type, BiFunction<PretendRequest, Boolean, PretendAnswer> answers) {
        return new PretendEndpoint(Optional.of(source), type, false, false, answers);
    }

    PretendEndpoint list() {
        return new PretendEndpoint(source, type, isLogQuery, true, answers);
    }

    PretendEndpoint logQuery() {
        return new PretendEndpoint(source, NO_TYPE, true, isList, answers);
    }
}
