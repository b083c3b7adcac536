package dev.triage502.azure;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With which api-version may a call be made that was refused for its version? Azure names the ones that it has:
 * {@code The supported api-versions are '2024-01-01, 2023-11-01'}.
 */
final class OtherVersion {

    private static final Pattern SUPPORTED = Pattern.compile("supported api-versions are '([^']*)'");
    private static final Pattern STABLE = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\d\\b(?!-)");

    private OtherVersion() {}

    /** The version to try next; empty where the refusal is about something else or there is none. */
    static Optional<String> after(RefusedCall refused, ArmOperation operation) {
        if (!isAboutTheVersion(refused)) {
            return Optional.empty();
        }
        Matcher listed = SUPPORTED.matcher(String.valueOf(refused.getMessage()));
        Optional<String> known = operation.olderVersion();
        if (!listed.find() || known.filter(listed.group(1)::contains).isPresent()) {
            return known;
        }
        return STABLE.matcher(listed.group(1))
                .results()
                .map(MatchResult::group)
                .filter(version -> version.compareTo(operation.version()) < 0)
                .max(String::compareTo)
                .or(() -> known);
    }

    /** Some providers answer an action that a version lacks as an address that nobody serves. */
    private static boolean isAboutTheVersion(RefusedCall refused) {
        return refused.code().equals("NoRegisteredProviderFound")
                || refused.code().equals("InvalidApiVersionParameter")
                || refused.code().equals("InvalidResourceType")
                || String.valueOf(refused.getMessage()).contains("No HTTP resource was found that matches");
    }
}
