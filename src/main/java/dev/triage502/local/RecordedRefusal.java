package dev.triage502.local;

import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.arm.ErrorCode;
import java.time.Duration;
import java.util.function.Function;

/** What Azure says where a case has no document: the error that the case recorded, or that the caller may not. */
final class RecordedRefusal {

    private RecordedRefusal() {}

    /** The answer made of what was read; otherwise the refusal of the action on the scope. */
    static <T> PretendAnswer or(Reading<T> reading, String action, String scope, Function<T, PretendAnswer> answer) {
        if (reading instanceof Present<T> present) {
            return answer.apply(present.value());
        }
        return reading.unread().map(unread -> of(unread, action, scope)).orElseGet(() -> notFound(scope));
    }

    static PretendAnswer of(CouldNotRead<?> unread, String action, String scope) {
        String code = codeOf(unread);
        String message = unread.detail().startsWith(code + ": ")
                ? unread.detail().substring(code.length() + 2)
                : unread.detail();
        return switch (unread.why()) {
            case NOT_COLLECTED -> PretendAnswer.forbidden(action, scope);
            case FORBIDDEN -> PretendAnswer.error(ErrorCode.of(code).saysNotAuthenticated() ? 401 : 403, code, message);
            case THROTTLED -> PretendAnswer.throttled(Duration.ofSeconds(1));
            case TIMED_OUT -> PretendAnswer.error(504, code, message);
            default -> PretendAnswer.error(statusOf(unread.why(), code), code, message);
        };
    }

    static PretendAnswer notFound(String id) {
        return PretendAnswer.error(
                404,
                "ResourceNotFound",
                "The Resource '" + id.substring(id.indexOf("/providers/") + 1).replaceFirst("^providers/", "")
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    private static int statusOf(Why why, String code) {
        ErrorCode error = ErrorCode.of(code);
        if (error.saysNotFound()) {
            return 404;
        }
        if (why == Why.NOT_ENABLED || error.saysBadRequest()) {
            return 400;
        }
        return error.saysConflict() ? 409 : 500;
    }

    /** Azure's own code at the beginning of what was recorded: {@code AuthorizationFailed: The client…}. */
    private static String codeOf(CouldNotRead<?> unread) {
        String detail = unread.detail();
        int colon = detail.indexOf(": ");
        String code = colon < 0 ? detail : detail.substring(0, colon);
        return !code.isEmpty() && code.chars().allMatch(Character::isLetterOrDigit) ? code : "InternalServerError";
    }
}
