package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * WebSocket sessions that the gateway ends: all of them are as long as the backend setting waits for a word. Their rows
 * are 101 and no failure, so that clients see what no count of errors shows.
 */
public final class CutSessions {

    private static final int SWITCHING_PROTOCOLS = 101;

    /** Fewer could be as long by chance. */
    private static final long ENOUGH = 3;

    private static final double NEARLY_ALL = 0.9;

    private CutSessions() {}

    /** A finding for each pair of pool and setting whose sessions nearly all end at the setting's timeout. */
    public static Stream<Finding> atTheLimit(AccessLog log, Gateway gateway) {
        return LiveFailures.bySettingOf(log.rows().stream().filter(row -> row.status() == SWITCHING_PROTOCOLS))
                .flatMap(sessions -> gateway.setting(sessions.setting()).stream()
                        .filter(setting -> endAtTheLimit(sessions, setting))
                        .map(setting -> described(sessions, setting)));
    }

    private static boolean endAtTheLimit(LiveFailures sessions, Setting setting) {
        long cut = sessions.rows().stream()
                .filter(row -> endsAt(setting, row))
                .mapToLong(Row::requests)
                .sum();
        return cut >= ENOUGH && cut >= NEARLY_ALL * sessions.requests();
    }

    private static boolean endsAt(Setting setting, Row row) {
        double middle = row.timeTaken().orElse(0);
        return isAbout(setting.requestTimeoutSeconds(), middle)
                && isAbout(setting.requestTimeoutSeconds(), row.timeTakenMax().orElse(middle));
    }

    private static boolean isAbout(double limit, double seconds) {
        return seconds >= limit * 0.97 && seconds <= limit * 1.03 + 1;
    }

    private static Finding described(LiveFailures sessions, Setting setting) {
        return sessions.finding(String.format(
                        Locale.ROOT,
                        "nearly all of %,d WebSocket sessions (status 101) ended after %d s, the request timeout of %s",
                        sessions.requests(),
                        setting.requestTimeoutSeconds(),
                        setting.name()))
                .with("setting", setting.name())
                .with("limit", String.valueOf(setting.requestTimeoutSeconds()));
    }
}
