package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.LogRows;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.AccessLogRows;
import dev.triage502.evidence.arm.AccessLogWindow;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What clients got, out of the gateway's log, grouped on the server; and what sets failed requests apart, and how each
 * host fared minute by minute, counted there over all requests.
 *
 * <p>No rows can mean five things, and the answer of the log is much the same in all of them: that there was no traffic,
 * that nobody keeps the log, that its rows have not arrived yet (it takes minutes), that they lie in a workspace or table
 * whose rows are not for us, and that the table is on a plan that cannot be read through the gateway. What the diagnostic
 * settings, the answer's permissions and the table's plan say, and whether an older row can be seen, tells them apart.
 */
final class AccessLogCollector implements SourceCollector {

    /** The codes by which a repair is chosen. */
    static final String TABLE_PLAN = "NotEnabledTablePlan";

    static final String HIDDEN_ROWS = "InsufficientAccessToLogs";

    private static final Duration LONG_BEFORE = Duration.ofDays(1);
    private static final String NO_TABLE = "Failed to resolve table";

    /** Log Analytics' code for a name that it does not know. */
    private static final String UNKNOWN_NAME = "SEM0100";

    /**
     * What is asked of the log: the rows, and what is counted beside them. Each is a query, {@code kql/NAME.kql}, and a field of the
     * document.
     */
    private enum Part {
        REQUESTS("requests", "value"),
        DIMENSIONS("dimensions", "dimensions"),
        MINUTES("minutes", "minutes"),
        SERVED_BEFORE("served-before", "servedBefore");

        private final String query;
        private final String field;

        Part(String query, String field) {
            this.query = query;
            this.field = field;
        }

        private AccessLogWindow window(AccessLogWindow incident) {
            return this == SERVED_BEFORE
                    ? new AccessLogWindow(incident.from().minus(LONG_BEFORE), incident.from())
                    : incident;
        }

        /** Whether what it counts is worth keeping beside these rows. */
        private boolean belongsTo(JsonArray rows) {
            return switch (this) {
                case REQUESTS, MINUTES -> true;
                case DIMENSIONS -> ResourceReferences.resources(rows).anyMatch(AccessLogRows::isFailed);
                // What only fails in the window may have worked until then, or never.
                case SERVED_BEFORE -> AccessLogRows.anyOnlyFails(rows);
            };
        }
    }

    @Override
    public boolean needsGateway() {
        return false;
    }

    /**
     * All parts are asked for at once: a query takes a second or two, and each begins from the log itself. One or two of them
     * turn out not to be needed where nothing fails, or something is served.
     */
    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Map<Part, Reading<LogRows>> answers = answers(scene, ask, KqlQueries::ofLog);
        Reading<LogRows> rows = Objects.requireNonNull(answers.get(Part.REQUESTS));
        boolean fewer = says(rows, UNKNOWN_NAME) && !says(rows, NO_TABLE);
        if (fewer) {
            answers = answers(scene, ask, KqlQueries::ofLeastLog);
            rows = Objects.requireNonNull(answers.get(Part.REQUESTS));
        }
        boolean empty = rows.toOptional().map(each -> each.rows().isEmpty()).orElse(false);
        if (says(rows, NO_TABLE) || empty || says(rows, "BadArgument")) {
            return withoutRows(scene, ask, rows);
        }
        LogRows read = rows.toOptional().orElse(null);
        return read == null ? rows.map(LogRows::rows) : Reading.present(document(answers, read, fewer));
    }

    private static Map<Part, Reading<LogRows>> answers(
            CollectContext scene, CallContext ask, UnaryOperator<String> named) throws InterruptedException {
        AccessLogWindow window = AccessLogWindow.of(scene.incident());
        List<Reading<LogRows>> answers = scene.fan()
                .all(Stream.of(Part.values())
                        .<Callable<Reading<LogRows>>>map(
                                part -> () -> query(scene, ask, named.apply(part.query), part.window(window)))
                        .toList());
        Map<Part, Reading<LogRows>> byPart = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            byPart.put(part, answers.get(part.ordinal()));
        }
        return byPart;
    }

    private static boolean says(Reading<LogRows> rows, String words) {
        return rows.unread().filter(refusal -> refusal.detail().contains(words)).isPresent();
    }

    /**
     * The rows, and what was counted over all requests: {@code {"value":[…],"dimensions":[…],"minutes":[…]}}; where
     * something only fails, also until when servers answered on the day before ({@code servedBefore}).
     */
    private static JsonElement document(Map<Part, Reading<LogRows>> answers, LogRows rows, boolean fewer) {
        CompositeDocument notes = notes(rows, fewer);
        JsonObject document = new JsonObject();
        answers.forEach((part, answer) -> {
            if (part.belongsTo(rows.rows())) {
                answer.unread().ifPresent(refusal -> notes.unread(part.field, refusal));
                answer.toOptional().ifPresent(counted -> document.add(part.field, counted.rows()));
            }
        });
        notes.addUnreadTo(document);
        return document;
    }

    /** Why the rows may not be all. */
    private static CompositeDocument notes(LogRows rows, boolean fewer) {
        CompositeDocument notes = new CompositeDocument(Source.ACCESS_LOG);
        hidden(rows).ifPresent(why -> notes.unread("hiddenRows", refused(Why.FORBIDDEN, why)));
        rows.cutShort().ifPresent(why -> notes.unread("furtherRows", refused(Why.UNREACHABLE, why)));
        if (fewer) {
            notes.unread(
                    "columns",
                    refused(
                            Why.UNREACHABLE,
                            "MissingColumns: the table lacks columns, so instances, TLS and connect times are"
                                    + " missing"));
        }
        return notes;
    }

    private Reading<JsonElement> withoutRows(CollectContext scene, CallContext ask, Reading<LogRows> rows)
            throws InterruptedException {
        Reading<JsonElement> settings = scene.others().await(Source.DIAGNOSTIC_SETTINGS, ask.deadline());
        Optional<JsonElement> known = settings.toOptional();
        Optional<String> workspace = known.flatMap(ResourceReferences::workspaceOfAccessLog);
        if (known.isPresent() && workspace.isEmpty()) {
            return unread(
                    Why.NOT_ENABLED,
                    "NoDiagnosticSetting: no diagnostic setting of the gateway sends its access log to a workspace");
        }
        Optional<String> plan = workspace.flatMap(id -> planBesideAnalytics(scene, ask, id));
        if (plan.isPresent()) {
            return unread(
                    Why.NOT_ENABLED,
                    TABLE_PLAN + ": the table AGWAccessLogs in " + workspace.get() + " is on the " + plan.get()
                            + " plan, which cannot be queried through the gateway; move it to the Analytics plan");
        }
        Optional<String> hidden = rows.toOptional().flatMap(AccessLogCollector::hidden);
        if (hidden.isPresent()) {
            return unread(Why.FORBIDDEN, hidden.get());
        }
        if (rows.unread().isPresent() && !says(rows, NO_TABLE)) {
            return rows.map(each -> each.rows());
        }
        Reading<LogRows> newest = query(
                scene,
                ask,
                KqlQueries.ofLog("newest-row"),
                new AccessLogWindow(
                        scene.incident().to().minus(LONG_BEFORE),
                        scene.incident().to()));
        if (newest.toOptional().flatMap(each -> newestRow(each.rows())).isPresent()) {
            return Reading.present(new JsonArray());
        }
        String settingsSay = workspace
                .map(id -> "a diagnostic setting sends the access log to " + id)
                .orElseGet(() -> "the diagnostic settings could not be read ("
                        + settings.unread().map(CouldNotRead::detail).orElse("") + ")");
        return unread(
                Why.UNREACHABLE,
                "NoRows: the log has no rows in the incident's window or the day before, and "
                        + settingsSay
                        + "; rows arrive a few minutes late, and Azure omits rows that this identity may not read");
    }

    /** The plan of the table that the log goes to, where it is another than Analytics. */
    private static Optional<String> planBesideAnalytics(CollectContext scene, CallContext ask, String workspace) {
        return scene.arm()
                .get(ask, ArmOperation.LOG_TABLE, ResourceId.of(workspace), Map.of())
                .toOptional()
                .flatMap(ResourceReferences::planOf)
                .filter(plan -> !plan.equalsIgnoreCase("Analytics"));
    }

    private static Optional<String> hidden(LogRows rows) {
        if (!rows.anyHidden()) {
            return Optional.empty();
        }
        List<String> places = new ArrayList<>(rows.hiddenWorkspaces());
        places.addAll(rows.deniedTables());
        return Optional.of(HIDDEN_ROWS + ": Azure omitted the rows of " + String.join(", ", places)
                + ", which this identity may not read");
    }

    private static Reading<LogRows> query(CollectContext scene, CallContext ask, String query, AccessLogWindow window) {
        return scene.logs().query(ask, scene.gatewayId(), query, window.from(), window.to());
    }

    private static Optional<String> newestRow(JsonArray rows) {
        return ResourceReferences.resources(rows)
                .flatMap(row -> AccessLogRows.newest(row).stream())
                .findFirst();
    }

    private static CouldNotRead<JsonElement> refused(Why why, String detail) {
        return new CouldNotRead<>(Source.ACCESS_LOG, why, detail);
    }

    private static Reading<JsonElement> unread(Why why, String detail) {
        return Reading.couldNotRead(Source.ACCESS_LOG, why, detail);
    }
}
