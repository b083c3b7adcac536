package dev.triage502.incident;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which of Azure's clouds is a gateway? Each has a portal of its own, and shows nothing of the others. */
public enum CloudName {
    PUBLIC("public", "https://portal.azure.com"),
    US_GOVERNMENT("usgovernment", "https://portal.azure.us"),
    CHINA("china", "https://portal.azure.cn");

    private final String id;
    private final String portal;

    CloudName(String id, String portal) {
        this.id = id;
        this.portal = portal;
    }

    /** As settings and documents name it: {@code usgovernment}. */
    public String id() {
        return id;
    }

    /** The cloud with this id; empty where there is none. */
    public static Optional<CloudName> of(String id) {
        return Arrays.stream(values()).filter(cloud -> cloud.id.equals(id)).findFirst();
    }

    /** The cloud of a region, by its name or as people read it: {@code usgovvirginia}, {@code China North 3}. */
    public static CloudName ofRegion(String region) {
        String name = region.toLowerCase(Locale.ROOT).replace(" ", "");
        if (name.startsWith("usgov") || name.startsWith("usdod")) {
            return US_GOVERNMENT;
        }
        return name.startsWith("china") ? CHINA : PUBLIC;
    }

    /** The address of a resource's page in the portal. */
    public String portal(String resourceId) {
        return portal + "/#resource" + resourceId;
    }
}
