package dev.triage502.evidence;

import java.util.Locale;
import java.util.Optional;

/** Where a piece of evidence came from: one source is one document that Azure, or a look past it, gives. */
public enum Source {
    GATEWAY("gateway"),
    BACKEND_HEALTH("backendHealth"),
    ACCESS_LOG("accessLog"),
    METRICS("metrics"),
    ACTIVITY_LOG("activityLog"),
    RESOURCE_HEALTH("resourceHealth"),
    NETWORK("network"),
    DIAGNOSTIC_SETTINGS("diagnosticSettings"),
    BACKENDS("backends"),
    ON_DEMAND_HEALTH("onDemandHealth"),
    DIRECT_PROBE("directProbe");

    private final String id;

    Source(String id) {
        this.id = id;
    }

    /** The name in documents and on pages: {@code backendHealth}. */
    public String id() {
        return id;
    }

    /** The file of a case folder that holds it: {@code backend-health.json}. */
    public String fileName() {
        return id.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ".json";
    }

    /** The words a person uses: {@code backend health}. */
    public String words() {
        return id.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** The source whose {@link #id()} this is. */
    public static Optional<Source> withId(String id) {
        for (Source source : values()) {
            if (source.id.equals(id)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }
}
