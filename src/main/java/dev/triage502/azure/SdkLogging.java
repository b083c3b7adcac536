package dev.triage502.azure;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the Azure SDK's own log out of ours. Every failure is told once, as a reading; the SDK would tell each on the
 * way, with a stack, and warns at every request with a body that it has set its length.
 */
public final class SdkLogging {

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger SDK = Logger.getLogger("com.azure");

    private SdkLogging() {}

    /** Unless somebody asked for it, by a level of their own or the SDK's variable. */
    public static void quieten() {
        if (SDK.getLevel() == null && System.getenv("AZURE_LOG_LEVEL") == null) {
            SDK.setLevel(Level.OFF);
        }
    }
}
