package dev.triage502.evidence;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.incident.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who lacks which right, by Azure's own words on an operation that it refused.
 *
 * @param objectId    the object id of who asked, which a role can be given to; a name cannot, where it is a managed identity's
 * @param linkedScope the one other resource that the right is missing on; empty where it is missing on the resource itself
 */
public record RightsRefusal(String objectId, Optional<String> linkedScope) {

    private static final Pattern OBJECT = Pattern.compile("with object id '([0-9a-fA-F-]{36})'");
    private static final Pattern LINKED = Pattern.compile("on the linked scope\\(s\\) '(/subscriptions/[^',]+)'");

    /** What an update of a gateway needs of other resources, and the built-in role with the least rights that has it. */
    private static final Map<String, String> ROLES = Map.of(
            "Microsoft.ManagedIdentity/userAssignedIdentities", "Managed Identity Operator",
            "Microsoft.Network", "Network Contributor");

    /** The built-in role that gives the missing right on the linked resource; empty where none is known. */
    public Optional<String> linkedRole() {
        return linkedScope
                .map(ResourceId::of)
                .flatMap(scope -> ROLES.entrySet().stream()
                        .filter(each -> scope.hasType(each.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** What the words on a refused operation tell; empty where they name nobody. */
    public static Optional<RightsRefusal> of(Operation operation) {
        Matcher object = OBJECT.matcher(operation.message());
        if (!operation.failed() || !object.find()) {
            return Optional.empty();
        }
        Matcher linked = LINKED.matcher(operation.message());
        return Optional.of(
                new RightsRefusal(object.group(1), linked.find() ? Optional.of(linked.group(1)) : Optional.empty()));
    }

    /** The kind of who asked, as a role assignment wants it: people sign in by a name with an @. */
    public static String typeOf(String caller) {
        return caller.indexOf('@') >= 0 ? "User" : "ServicePrincipal";
    }
}
