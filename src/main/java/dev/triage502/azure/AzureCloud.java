package dev.triage502.azure;

import com.azure.core.management.AzureEnvironment;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which Azure: the public one or a sovereign one; each has its own hosts and issues tokens for its own audiences.
 *
 * <p>Hosts: {@link AzureEnvironment}; of Log Analytics:
 * https://learn.microsoft.com/azure/azure-monitor/logs/api/access-api and the sovereign clouds' developer guides.
 */
public enum AzureCloud {
    PUBLIC("public", AzureEnvironment.AZURE, "https://api.loganalytics.io", "https://portal.azure.com"),
    US_GOVERNMENT(
            "usgovernment",
            AzureEnvironment.AZURE_US_GOVERNMENT,
            "https://api.loganalytics.us",
            "https://portal.azure.us"),
    CHINA("china", AzureEnvironment.AZURE_CHINA, "https://api.loganalytics.azure.cn", "https://portal.azure.cn");

    private final String settingValue;
    private final AzureEnvironment environment;
    private final String logs;
    private final String portal;

    AzureCloud(String settingValue, AzureEnvironment environment, String logs, String portal) {
        this.settingValue = settingValue;
        this.environment = environment;
        this.logs = logs;
        this.portal = portal;
    }

    /** The cloud that a setting names: {@code public}, {@code usgovernment} or {@code china}, in any case. */
    static AzureCloud named(String setting, String value) {
        String wanted = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return Arrays.stream(values())
                .filter(cloud -> cloud.settingValue.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(setting + " is \"" + value + "\"; use "
                        + Arrays.stream(values())
                                .map(cloud -> cloud.settingValue)
                                .collect(Collectors.joining(", "))));
    }

    URI arm() {
        return AzureSettings.withoutSlash(URI.create(environment.getResourceManagerEndpoint()));
    }

    /** What a storage account's host ends with: {@code core.windows.net}. */
    public String storageSuffix() {
        String suffix = environment.getStorageEndpointSuffix();
        return suffix.startsWith(".") ? suffix.substring(1) : suffix;
    }

    /** The page of a resource in the portal. */
    public String portal(String resourceId) {
        return portal + "/#resource" + resourceId;
    }

    URI logs() {
        return URI.create(logs);
    }
}
