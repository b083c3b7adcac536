package dev.triage502.function;

import dev.triage502.incident.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How links to incidents are signed.
 *
 * @param secrets  the one to sign with, then those whose links still open; empty where the store's own is used
 * @param lifetime for how long a link opens
 */
record LinkSettings(List<String> secrets, Duration lifetime) {

    private static final int SHORTEST_SECRET = 32;
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final String EXPECTED_SECRET =
            "a random text of at least " + SHORTEST_SECRET + " characters without blanks";

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "LinkSettings[" + secrets.size() + " secrets, " + lifetime + "]";
    }

    /** @throws WrongSetting if a secret is too short, there is only a previous one, or the lifetime is none */
    static LinkSettings read(Map<String, String> environment) {
        List<String> secrets = new ArrayList<>(secrets(AppSetting.LINK_SECRET, environment));
        if (secrets.size() > 1) {
            throw AppSetting.LINK_SECRET.wrong("", "one secret, without commas");
        }
        List<String> previous = secrets(AppSetting.LINK_SECRET_PREVIOUS, environment);
        if (secrets.isEmpty() && !previous.isEmpty()) {
            throw new WrongSetting(
                    AppSetting.LINK_SECRET_PREVIOUS.key() + " is set, but not " + AppSetting.LINK_SECRET.key());
        }
        secrets.addAll(previous);
        return new LinkSettings(List.copyOf(secrets), lifetime(environment));
    }

    private static List<String> secrets(AppSetting setting, Map<String, String> environment) {
        List<String> secrets = setting.in(environment).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
        if (!secrets.stream().allMatch(each -> each.length() >= SHORTEST_SECRET && !each.matches(".*\\s.*"))) {
            throw setting.wrong("", EXPECTED_SECRET);
        }
        return secrets;
    }

    private static Duration lifetime(Map<String, String> environment) {
        return AppSetting.LINK_LIFETIME
                .in(environment)
                .map(value -> DurationText.read(value)
                        .filter(length -> length.compareTo(LONGEST) <= 0)
                        .orElseThrow(() -> AppSetting.LINK_LIFETIME.wrong(
                                value, "a duration of at most 90 days, e.g. " + AppSetting.LINK_LIFETIME.example())))
                .orElse(USUAL);
    }
}
