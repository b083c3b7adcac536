package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Reading.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodeTest {

    @ParameterizedTest
    @CsvSource({
        "AuthorizationFailed, FORBIDDEN",
        "LinkedAccessCheckFailed, FORBIDDEN",
        "403, FORBIDDEN",
        "TooManyRequests, THROTTLED",
        "429, THROTTLED",
        "GatewayTimeout, TIMED_OUT",
        "NoDiagnosticSetting, NOT_ENABLED",
        "Malformed, MALFORMED",
        "notcollected, NOT_COLLECTED",
        "InternalError, UNREACHABLE",
        "triage502internalerror, INTERNAL_ERROR",
        "ResourceNotFound, UNREACHABLE"
    })
    void saysWhyAThingCouldNotBeRead(String code, Why why) {
        assertThat(ErrorCode.of(code).why()).isEqualTo(why);
    }

    @Test
    void aLongNumberIsNotTheStatusInIt() {
        assertThat(ErrorCode.of("14031").why()).isEqualTo(Why.UNREACHABLE);
    }

    @Test
    void tellsWhatIsNotThereFromWhatIsRefused() {
        assertThat(ErrorCode.of("ResourceGroupNotFound").saysNotFound()).isTrue();
        assertThat(ErrorCode.of("AuthorizationFailed").saysNotFound()).isFalse();
        assertThat(ErrorCode.of("AuthenticationFailed").saysNotAuthenticated()).isTrue();
        assertThat(ErrorCode.of("AuthorizationFailed").saysNotAuthenticated()).isFalse();
    }
}
