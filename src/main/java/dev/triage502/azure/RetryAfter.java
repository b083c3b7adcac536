package dev.triage502.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long does an answer ask to be left alone? In seconds, or until a date, which is read by the answer's own clock. */
public final class RetryAfter {

    private RetryAfter() {}

    /** The pause that an answer with these headers asks for; none where it asks for none, or in a way that makes no sense. */
    public static Optional<Duration> in(HttpHeaders headers) {
        @Nullable String value = headers.getValue(HttpHeaderName.RETRY_AFTER);
        if (value == null) {
            return Optional.empty();
        }
        if (value.strip().matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
        }
        Optional<Instant> until = date(value);
        Optional<Instant> now = date(headers.getValue(HttpHeaderName.DATE));
        return until.isPresent() && now.isPresent()
                ? Optional.of(Duration.between(now.get(), until.get())).filter(pause -> !pause.isNegative())
                : Optional.empty();
    }

    /** The moment that a header holds, if it holds one. */
    static Optional<Instant> date(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
