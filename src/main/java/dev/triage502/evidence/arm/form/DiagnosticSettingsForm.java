package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/** Diagnostic settings of a gateway, as az, PowerShell and the REST API list them. */
final class DiagnosticSettingsForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<JsonObject> settings = AnyCase.elements(document);
        boolean all = !settings.isEmpty() && settings.stream().allMatch(DiagnosticSettingsForm::isSetting);
        return all
                ? Optional.of(new TakenDocument(
                        TakenDocument.count(settings.size(), "diagnostic setting"),
                        settings.stream()
                                .map(each -> TakenPart.listed(Source.DIAGNOSTIC_SETTINGS, each))
                                .toList()))
                : Optional.empty();
    }

    private static boolean isSetting(JsonObject each) {
        boolean sends = AnyCase.has(each, "workspaceId")
                || AnyCase.has(each, "storageAccountId")
                || AnyCase.has(each, "eventHubAuthorizationRuleId")
                || AnyCase.text(each, "id").toLowerCase(java.util.Locale.ROOT).contains("/diagnosticsettings/");
        boolean logs = AnyCase.property(each, "logs")
                        .filter(JsonArray.class::isInstance)
                        .isPresent()
                || AnyCase.property(each, "log")
                        .filter(JsonArray.class::isInstance)
                        .isPresent();
        return sends && logs;
    }
}
