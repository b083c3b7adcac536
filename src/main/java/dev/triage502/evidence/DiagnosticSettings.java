package dev.triage502.evidence;

import java.util.List;

/**
 * What the gateway logs, and where to.
 *
 * @param settings one for each diagnostic setting
 */
public record DiagnosticSettings(List<Setting> settings) {

    /**
     * @param workspace the workspace's id, or an empty string
     * @param accessLog whether the access log is switched on
     * @param dedicated whether rows go to tables of their own ({@code AGWAccessLogs})
     */
    public record Setting(String name, String workspace, boolean accessLog, boolean dedicated) {}

    /** Whether the access log reaches a workspace that can be asked. */
    public boolean logsAccess() {
        return settings.stream()
                .anyMatch(each -> each.accessLog() && !each.workspace().isEmpty());
    }
}
