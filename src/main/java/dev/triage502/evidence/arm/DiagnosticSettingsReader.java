package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.evidence.DiagnosticSettings;
import dev.triage502.evidence.DiagnosticSettings.Setting;
import java.util.Comparator;
import java.util.List;

/** What the gateway logs, and where to: {@code GET …/providers/Microsoft.Insights/diagnosticSettings}. */
final class DiagnosticSettingsReader {

    private DiagnosticSettingsReader() {}

    static DiagnosticSettings read(JsonElement document, Losses losses) {
        Losses own = losses.ofPart();
        List<Setting> settings = own.each(settings(document), DiagnosticSettingsReader::setting).stream()
                .sorted(Comparator.comparing(Setting::name).thenComparing(Setting::toString))
                .toList();
        return new DiagnosticSettings(settings, !own.any());
    }

    private static Setting setting(ArmObject setting) {
        return new Setting(
                setting.name(),
                setting.text("workspaceId"),
                setting.objects("logs").stream()
                        .map(DiagnosticSettingsReader::isAccessLog)
                        .toList()
                        .contains(true),
                setting.text("logAnalyticsDestinationType").equalsIgnoreCase("Dedicated"));
    }

    /** The workspaces that the access log goes to, in the document's order; none where it cannot be understood. */
    static List<String> workspacesOfAccessLog(JsonElement document) {
        try {
            return settings(document).stream()
                    .filter(setting -> setting.objects("logs").stream().anyMatch(DiagnosticSettingsReader::isAccessLog))
                    .map(setting -> setting.text("workspaceId"))
                    .filter(workspace -> !workspace.isBlank())
                    .toList();
        } catch (MalformedDocument e) {
            return List.of();
        }
    }

    private static List<ArmObject> settings(JsonElement document) {
        if (document instanceof JsonArray) {
            return ArmObject.list(document);
        }
        ArmObject answer = ArmObject.document(document);
        if (!answer.has("value")) {
            throw answer.lacks("a list of diagnostic settings under value");
        }
        return answer.objects("value");
    }

    /** By the category itself, or by the group that holds every category. */
    private static boolean isAccessLog(ArmObject log) {
        return log.flag("enabled").orElse(false)
                && (log.text("category").equalsIgnoreCase("ApplicationGatewayAccessLog")
                        || log.text("categoryGroup").equalsIgnoreCase("allLogs"));
    }
}
