package dev.triage502.cli;

import dev.triage502.incident.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as people write it, for options. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return DurationText.read(text)
                .orElseThrow(() -> new TypeConversionException(
                        "found \"" + text + "\"; use a duration such as 90s, 30m, 2h or 1d"));
    }
}
