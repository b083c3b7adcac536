package dev.triage502.function;

import dev.triage502.incident.DurationText;
import dev.triage502.ledger.LifeRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often incidents are investigated and spoken of, as it is set. */
final class LifeSettings {

    private static final Duration LONGEST = Duration.ofDays(7); // a queue hides no message for longer

    private static final Duration USUAL_RETENTION = Duration.ofDays(90);

    private LifeSettings() {}

    /** @throws WrongSetting if a value is no length of time, or the follow-ups are not in order */
    static LifeRules read(Map<String, String> environment) {
        LifeRules usual = LifeRules.USUAL;
        List<Duration> followUps = new ArrayList<>(usual.followUps());
        Duration thenEvery = usual.thenEvery();
        Optional<String> set = AppSetting.FOLLOW_UPS.in(environment);
        if (set.isPresent()) {
            followUps.clear();
            for (String each : set.get().split(",", -1)) {
                followUps.add(length(AppSetting.FOLLOW_UPS, each, set.get()));
            }
            List<Duration> sorted = followUps.stream().sorted().distinct().toList();
            if (!sorted.equals(followUps)) {
                throw AppSetting.FOLLOW_UPS.wrong(set.get(), "durations, the shortest first");
            }
            thenEvery = followUps.remove(followUps.size() - 1);
        }
        return new LifeRules(
                followUps,
                thenEvery,
                one(AppSetting.FOLLOW_FOR, environment).orElse(usual.followFor()),
                one(AppSetting.LEAST_PAUSE, environment).orElse(usual.leastPause()));
    }

    /** How long closed incidents are kept. */
    static Duration retention(Map<String, String> environment) {
        return AppSetting.RETENTION
                .in(environment)
                .map(value -> DurationText.read(value)
                        .orElseThrow(() -> AppSetting.RETENTION.wrong(
                                value, "a length of time, e.g. " + AppSetting.RETENTION.example())))
                .orElse(USUAL_RETENTION);
    }

    private static Optional<Duration> one(AppSetting setting, Map<String, String> environment) {
        return setting.in(environment).map(value -> length(setting, value, value));
    }

    private static Duration length(AppSetting setting, String text, String value) {
        return DurationText.read(text)
                .filter(length -> length.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> setting.wrong(value, "durations of at most 7 days, e.g. " + setting.example()));
    }
}
