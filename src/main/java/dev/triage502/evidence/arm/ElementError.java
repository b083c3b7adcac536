package dev.triage502.evidence.arm;

import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/** What Azure answered in place of one thing among many: {@code {"code","message"}}. */
record ElementError(String code, String message) {

    /** The refusal that stands in place of a resource, {@code {"id","error":{"code","message"}}}, if one does. */
    static Optional<ElementError> inPlaceOf(ArmObject resource) {
        return resource.json().has("error") ? Optional.of(of(resource.object("error"))) : Optional.empty();
    }

    static ElementError of(ArmObject error) {
        return new ElementError(error.text("code"), error.text("message"));
    }

    /** Whether Azure says that there is no such thing, which is an answer. */
    boolean saysNotFound() {
        return ErrorCode.of(code).saysNotFound();
    }

    <T> Reading<T> of(Source source) {
        return Reading.couldNotRead(source, why(), words());
    }

    /** The same, with the name of what was asked before Azure's words. */
    <T> Reading<T> of(Source source, ResourceId asked) {
        return Reading.couldNotRead(source, why(), asked.name() + ": " + words());
    }

    Why why() {
        return ErrorCode.of(code).why();
    }

    String words() {
        return message.isEmpty() ? code : code + ": " + message;
    }
}
