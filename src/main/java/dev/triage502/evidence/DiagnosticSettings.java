package dev.triage502.evidence;

import java.util.List;

/**
 * What the gateway logs, and where to.
 *
 * @param settings one for each diagnostic setting
 * @param whole    whether these are all; false where one could not be understood
 */
public record DiagnosticSettings(List<Setting> settings, boolean whole) {

    /**
     * @param workspace the workspace's id, or an empty string
     * @param accessLog whether the access log is switched on
     * @param dedicated whether rows go to tables of their own ({@code AGWAccessLogs})
     */
    public record Setting(String name, String workspace, boolean accessLog, boolean dedicated) {}

    /** Whether the access log reaches, or may reach, a workspace that can be asked. */
    public boolean logsAccess() {
        return !whole
                || settings.stream()
                        .anyMatch(each -> each.accessLog() && !each.workspace().isEmpty());
    }
}
