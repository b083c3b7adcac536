package dev.triage502.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as people write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, or {@code PT30M}. */
final class Span implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,5})([smhd])");

    @Override
    public Duration convert(String text) {
        Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            Duration span = matcher.matches()
                    ? of(Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0))
                    : Duration.parse(text.strip());
            if (!span.isZero() && !span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException neither) {
            // told below
        }
        throw new TypeConversionException("\"" + text + "\" is no length of time; write 90s, 30m, 2h or 1d");
    }

    private static Duration of(int number, char unit) {
        switch (unit) {
            case 's':
                return Duration.ofSeconds(number);
            case 'm':
                return Duration.ofMinutes(number);
            case 'h':
                return Duration.ofHours(number);
            default:
                return Duration.ofDays(number);
        }
    }
}
