package dev.triage502.incident;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that fires alerts.
 *
 * @param name     its name, for people
 * @param severity how serious it says its alerts are, from 0 (critical) to 4 (verbose); empty where an alert does not say
 */
public record AlertRule(String name, OptionalInt severity) {

    /** {@code Sev1} in the common schema, {@code 1} in older ones. */
    private static final Pattern SEVERITY = Pattern.compile("(?i)(?:sev)?\\s?([0-4])");

    /** The rule with this name, and the severity in Azure's words if they are some. */
    static AlertRule of(String name, Optional<String> severity) {
        Matcher matcher = SEVERITY.matcher(severity.orElse(""));
        return new AlertRule(
                name, matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty());
    }
}
