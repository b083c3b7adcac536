package dev.triage502.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Would Log Analytics know the columns that a query names? The table is the oldest one that may still be met: a query
 * that names a younger column without {@code column_ifexists} is refused as a whole, as the real one refuses it.
 *
 * <p>Columns: the published list of AGWAccessLogs of 2024-02-18 (MicrosoftDocs/azure-reference-other).
 */
final class LogSchema {

    private static final Set<String> ACCESS_LOG =
            Set.copyOf(List.of(("BackendPoolName BackendSettingName _BilledSize ClientIp ClientResponseTime Host"
                            + " HttpMethod HttpStatus HttpVersion InstanceId _IsBillable ListenerName OperationName OriginalHost"
                            + " OriginalRequestUriWithArgs ReceivedBytes RequestUri _ResourceId RuleName SentBytes"
                            + " ServerResponseLatency ServerRouted ServerStatus SourceSystem SslCipher SslEnabled SslProtocol"
                            + " _SubscriptionId TenantId TimeGenerated TimeTaken TransactionId Type UpstreamSourcePort UserAgent"
                            + " WafEvaluationTime WafMode ")
                    .split(" ")));

    /** The part of a query that reads the table, up to where another begins. */
    private static final Pattern LEG =
            Pattern.compile("\\(AGWAccessLogs\\b(.*?)\\(AzureDiagnostics\\b", Pattern.DOTALL);

    private static final Pattern BARE = Pattern.compile("\\bto(?:string|double|int|long|real)\\(([A-Za-z_]\\w*)\\)");

    private LogSchema() {}

    /** What Log Analytics says to a query that names a column which the table lacks, or nothing. */
    static Optional<PretendAnswer> refusal(String query) {
        Matcher leg = LEG.matcher(query);
        if (!leg.find()) {
            return Optional.empty();
        }
        Matcher column = BARE.matcher(leg.group(1));
        while (column.find()) {
            if (!ACCESS_LOG.contains(column.group(1))) {
                return Optional.of(unknown(column.group(1)));
            }
        }
        return Optional.empty();
    }

    private static PretendAnswer unknown(String column) {
        var innermost = JsonLookup.of("code", "SEM0100");
        innermost.addProperty(
                "message", "'project' operator: Failed to resolve scalar expression named '" + column + "'");
        var inner = JsonLookup.of("code", "SemanticError");
        inner.addProperty("message", "A semantic error occurred.");
        inner.add("innererror", innermost);
        var error = JsonLookup.of("code", "BadArgumentError");
        error.addProperty("message", "The request had some invalid properties");
        error.add("innererror", inner);
        return PretendAnswer.badRequest("BadArgumentError", "").withBody(JsonLookup.of("error", error));
    }
}
