package dev.triage502.azure;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.Optional;

/**
 * What a log query gave, and what it was not allowed to see.
 *
 * @param rows             an object a row; a cell without a value is left out
 * @param hiddenWorkspaces ids of workspaces that hold logs of the resource and that the caller may not query
 * @param deniedTables     tables whose rows were left out, {@code AGWAccessLogs of /subscriptions/…}
 * @param cutShort         why not all rows came, where the answer says that it is partial
 */
public record LogRows(
        JsonArray rows, List<String> hiddenWorkspaces, List<String> deniedTables, Optional<String> cutShort) {

    /** Whether rows may be missing because the caller has no right to them. */
    public boolean anyHidden() {
        return !hiddenWorkspaces.isEmpty() || !deniedTables.isEmpty();
    }
}
