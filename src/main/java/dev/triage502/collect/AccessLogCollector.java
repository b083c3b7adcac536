package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What clients got, out of the gateway's log, grouped on the server.
 *
 * <p>No rows can mean four things, and the answer of the log is the same in all of them: that there was no traffic, that
 * nobody keeps the log, that its rows have not arrived yet (it takes minutes), and that they lie in a workspace whose
 * rows are not for us, which Azure leaves out without a word. What the diagnostic settings say, and whether an older
 * row can be seen, tells them apart.
 */
final class AccessLogCollector implements SourceCollector {

    private static final Duration LONG_BEFORE = Duration.ofDays(1);
    private static final String NO_TABLE = "Failed to resolve table";

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Reading<JsonArray> rows = query(scene, ask, "requests", scene.incident().from());
        boolean noTable = rows.unread()
                .map(CouldNotRead::detail)
                .filter(said -> said.contains(NO_TABLE))
                .isPresent();
        boolean empty = rows.toOptional().map(array -> array.size() == 0).orElse(false);
        return noTable || empty ? withoutRows(scene, ask) : rows.map(array -> array);
    }

    private Reading<JsonElement> withoutRows(CollectContext scene, CallContext ask) throws InterruptedException {
        Reading<JsonElement> settings = scene.others().await(Source.DIAGNOSTIC_SETTINGS, ask.deadline());
        Optional<JsonElement> known = settings.toOptional();
        Optional<String> workspace = known.flatMap(DiagnosticSettingsCollector::workspaceOfAccessLog);
        if (known.isPresent() && workspace.isEmpty()) {
            return unread(
                    Why.NOT_ENABLED,
                    "NoDiagnosticSetting: no diagnostic setting of the gateway sends its access log to a workspace");
        }
        Reading<JsonArray> newest =
                query(scene, ask, "newest-row", scene.incident().to().minus(LONG_BEFORE));
        if (newest.toOptional().flatMap(AccessLogCollector::newestRow).isPresent()) {
            return Reading.present(new JsonArray());
        }
        String settingsSay = workspace
                .map(id -> "a diagnostic setting sends the access log to " + id)
                .orElseGet(() -> "whether a diagnostic setting sends the access log anywhere could not be read ("
                        + settings.unread().map(CouldNotRead::detail).orElse("") + ")");
        return unread(
                Why.UNREACHABLE,
                "NoRows: the log shows no row of the incident's window and none of the day before it, and "
                        + settingsSay
                        + "; rows arrive some minutes late, and rows of a workspace that may not be read are left out");
    }

    private static Reading<JsonArray> query(CollectContext scene, CallContext ask, String name, Instant from) {
        return scene.logs()
                .query(
                        ask,
                        scene.gatewayId(),
                        KqlQueries.ofLog(name),
                        from,
                        scene.incident().to());
    }

    private static Optional<String> newestRow(JsonArray rows) {
        return ArmFields.texts(rows, "NewestRow").stream().findFirst();
    }

    private static Reading<JsonElement> unread(Why why, String detail) {
        return Reading.couldNotRead(Source.ACCESS_LOG, why, detail);
    }
}
