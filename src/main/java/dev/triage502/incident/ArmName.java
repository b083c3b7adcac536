package dev.triage502.incident;

/**
 * The name of a resource or of a part of one, or of a server where a list names both: Azure writes one name in several cases.
 *
 * <p>Source: names of Azure resources are not case-sensitive, and what Azure answers may differ in case from what was
 * asked (Azure Resource Manager, "Naming rules and restrictions for Azure resources").
 */
public final class ArmName extends CaselessText {

    private ArmName(String text) {
        super(text);
    }

    /** The name in this spelling, which may be empty where nothing is named. */
    public static ArmName of(String text) {
        return new ArmName(text);
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return text.isEmpty();
    }
}
