package dev.triage502.evidence;

import dev.triage502.incident.OperationName;

/** What does a control-plane operation do to the resource that it names? */
public enum OperationKind {
    START,
    STOP,
    /** Restarted, reimaged, upgraded, patched: it is back with the same address when that is done. */
    IN_PLACE,
    /** Deleted, scaled or replaced: what comes next may have another address. */
    REPLACE,
    /** Created or updated. */
    WRITE,
    OTHER;

    /**
     * The kind of an operation by its name, such as {@code Microsoft.Compute/virtualMachines/deallocate/action}. An update
     * of what makes machines (scale sets, node pools, clusters) counts as a replacement, and so do new certificates of a
     * cluster: Azure makes all its nodes anew with them.
     */
    public static OperationKind of(String operation) {
        OperationName name = OperationName.of(operation);
        return switch (name.verb()) {
            case "start", "activate" -> START;
            case "stop", "deallocate", "poweroff", "deactivate", "hibernate" -> STOP;
            case "restart",
                    "reimage",
                    "reimageall",
                    "redeploy",
                    "performmaintenance",
                    "installpatches",
                    "manualupgrade",
                    "upgradenodeimageversion",
                    "rollingupgrades" -> name.has("managedclusters") ? REPLACE : IN_PLACE;
            case "delete", "deletemachines", "rotateclustercertificates", "scale" -> REPLACE;
            case "write" ->
                name.has("/agentpools/") || name.has("scalesets/") || name.has("managedclusters/") ? REPLACE : WRITE;
            default -> OTHER;
        };
    }
}
