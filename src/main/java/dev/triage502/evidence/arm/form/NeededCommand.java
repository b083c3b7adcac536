package dev.triage502.evidence.arm.form;

/** The az commands whose output is of use, with {@code <…>} for what a person fills in. */
final class NeededCommand {

    static final String GATEWAY = "az network application-gateway show --ids <gateway-id> --output json";
    static final String HEALTH = "az network application-gateway show-backend-health --ids <gateway-id> --output json";
    static final String NSG = "az network nsg show --ids <nsg-id> --output json";
    static final String ROUTES = "az network route-table show --ids <route-table-id> --output json";
    static final String VNET = "az network vnet show --ids <vnet-id> --output json";
    static final String ACTIVITY =
            "az monitor activity-log list --resource-group <resource-group> --offset 1d --max-events 1000 --output"
                    + " json";
    static final String SCRIPT = "triage502 collect-script --gateway <gateway-id>";

    private NeededCommand() {}
}
