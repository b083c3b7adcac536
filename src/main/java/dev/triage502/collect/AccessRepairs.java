package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.RequiredPermissions;
import dev.triage502.collect.AccessDoctor.Repair;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ErrorCode;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes a source readable again, with the commands filled in as far as Azure's refusal and the documents tell. */
final class AccessRepairs {

    private static final Pattern REFUSED = Pattern.compile(
            "with object id '([^']+)' does not have authorization to perform action '([^']+)' over scope '([^']+)'");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9/_.:@=-]+");
    private static final String SOMEBODY = "<object id of the app's identity, or your own>";

    private final ResourceId gateway;
    private final SourceDocuments documents;

    AccessRepairs(ResourceId gateway, SourceDocuments documents) {
        this.gateway = gateway;
        this.documents = documents;
    }

    List<Repair> of(CouldNotRead<JsonElement> refusal) {
        if (refusal.source() == Source.DIRECT_PROBE && refusal.why() == Why.UNREACHABLE) {
            return List.of(integration());
        }
        return switch (refusal.why()) {
            case FORBIDDEN -> forbidden(refusal);
            case NOT_ENABLED ->
                List.of(refusal.detail().startsWith(AccessLogCollector.TABLE_PLAN) ? tablePlan() : diagnosticSetting());
            case UNREACHABLE -> unreachable(refusal);
            case THROTTLED -> List.of(new Repair("wait a minute and try again: Azure throttles this identity", ""));
            case TIMED_OUT -> List.of(new Repair("try again: Azure did not respond in time", ""));
            case MALFORMED -> List.of(new Repair("try again; a proxy may have answered instead of Azure", ""));
            case INTERNAL_ERROR ->
                List.of(new Repair("report it as a bug in triage502, with the stack trace from the log", ""));
            case NOT_COLLECTED -> List.of(new Repair("fix access to the gateway itself first", ""));
        };
    }

    /** A table on another plan can be read only through its workspace, which a diagnosis does not. */
    private Repair tablePlan() {
        ResourceId workspace = documents
                .get(Source.DIAGNOSTIC_SETTINGS)
                .toOptional()
                .flatMap(ResourceReferences::workspaceOfAccessLog)
                .map(ResourceId::of)
                .orElseGet(() -> ResourceId.of(""));
        return new Repair(
                "move the table to the Analytics plan (costs more per GB; can be changed once a week)",
                "az monitor log-analytics workspace table update --subscription " + quoted(workspace.subscription())
                        + " --resource-group " + quoted(workspace.resourceGroup()) + " --workspace-name "
                        + quoted(workspace.name()) + " --name AGWAccessLogs --plan Analytics");
    }

    private List<Repair> forbidden(CouldNotRead<JsonElement> refusal) {
        if (refusal.detail().startsWith(AccessLogCollector.HIDDEN_ROWS)) {
            String workspace = documents
                    .get(Source.DIAGNOSTIC_SETTINGS)
                    .toOptional()
                    .flatMap(ResourceReferences::workspaceOfAccessLog)
                    .orElse("<id of the workspace>");
            return List.of(new Repair(
                    "grant read access to the workspace", assignment("Log Analytics Reader", SOMEBODY, workspace)));
        }
        if (ErrorCode.of(refusal.detail().split(":", 2)[0]).saysNotAuthenticated()) {
            return List.of(
                    new Repair("sign in", "az login"),
                    new Repair(
                            "or give the function app a managed identity",
                            "az functionapp identity assign --resource-group '<resource group>' --name '<function"
                                    + " app>'"));
        }
        Matcher said = REFUSED.matcher(refusal.detail());
        boolean known = said.find();
        String who = known ? said.group(1) : SOMEBODY;
        String scope = groupOf(known ? ResourceId.of(said.group(3)) : gateway);
        boolean reading = known
                ? OperationName.of(said.group(2)).isRead()
                : RequiredPermissions.actionsFor(refusal.source()).stream()
                        .allMatch(action -> action.endsWith("/read"));
        if (reading) {
            String action = known ? said.group(2) : String.join(", ", RequiredPermissions.actionsFor(refusal.source()));
            return List.of(
                    new Repair("grant " + action + " (part of the Reader role)", assignment("Reader", who, scope)));
        }
        String subscription = "/subscriptions/" + ResourceId.of(scope).subscription();
        return List.of(
                new Repair(
                        "create a custom role with the actions that Reader lacks (docs/permissions.md)",
                        "az role definition create --role-definition "
                                + quoted(RequiredPermissions.role(subscription).toString())),
                new Repair("assign the role", assignment(RequiredPermissions.ROLE, who, scope)));
    }

    private static String assignment(String role, String who, String scope) {
        return "az role assignment create --role " + quoted(role) + " --assignee " + quoted(who) + " --scope "
                + quoted(scope);
    }

    /** The resource group that a scope lies in, or the subscription. */
    private static String groupOf(ResourceId scope) {
        String subscription = "/subscriptions/" + scope.subscription();
        return scope.resourceGroup().isEmpty()
                ? subscription
                : subscription + "/resourceGroups/" + scope.resourceGroup();
    }

    private Repair diagnosticSetting() {
        return new Repair(
                "send the gateway's access log to a workspace; first rows arrive after a few minutes",
                "az monitor diagnostic-settings create --name triage502 --resource " + quoted(gateway.toString())
                        + " --workspace '<id of a Log Analytics workspace>' --export-to-resource-specific true"
                        + " --logs '[{\"category\":\"ApplicationGatewayAccessLog\",\"enabled\":true}]'");
    }

    private List<Repair> unreachable(CouldNotRead<JsonElement> refusal) {
        if (refusal.source() == Source.ACCESS_LOG && refusal.detail().startsWith("NoRows")) {
            String workspace = documents
                    .get(Source.DIAGNOSTIC_SETTINGS)
                    .toOptional()
                    .flatMap(ResourceReferences::workspaceOfAccessLog)
                    .orElse("<id of the workspace>");
            return List.of(
                    new Repair("if the diagnostic setting is new, wait a few minutes", ""),
                    new Repair(
                            "if the workspace requires its own permissions, grant read access to it",
                            assignment("Log Analytics Reader", SOMEBODY, workspace)));
        }
        if (refusal.detail().startsWith("ScopeLocked")) {
            return List.of(new Repair(
                    "a read-only lock blocks this call although it changes nothing; list the locks, and use a"
                            + " CanNotDelete lock instead",
                    "az lock list --resource-group " + quoted(gateway.resourceGroup())));
        }
        if (ErrorCode.of(refusal.detail()).saysNotFound()) {
            return List.of(new Repair(
                    "check the resource ID: the gateway was deleted or moved",
                    "az network application-gateway list --query '[].id' --output tsv"));
        }
        return List.of(new Repair("try again; if it keeps failing, check Azure status and the outbound network", ""));
    }

    private Repair integration() {
        String network = documents.get(Source.NETWORK).toOptional().stream()
                .flatMap(document -> NetworkReferences.of(document).idsIn(NetworkReferences.VIRTUAL_NETWORKS).stream())
                .map(ResourceId::toString)
                .findFirst()
                .or(this::networkOfGateway)
                .orElse("<id of the gateway's virtual network>");
        return new Repair(
                "connect the function app to the VNet through an empty, dedicated subnet",
                "az functionapp vnet-integration add --resource-group '<resource group>' --name '<function app>'"
                        + " --vnet "
                        + quoted(network) + " --subnet '<empty subnet>'");
    }

    private Optional<String> networkOfGateway() {
        JsonElement document = documents.get(Source.GATEWAY).toOptional().orElseGet(JsonObject::new);
        return ResourceReferences.subnetsOfGateway(document).stream()
                .map(subnet -> subnet.parent().toString())
                .findFirst();
    }

    /** For a shell; names in Azure are whatever somebody wrote. */
    private static String quoted(String text) {
        return HARMLESS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
