package dev.triage502.azure;

import com.azure.core.management.AzureEnvironment;
import dev.triage502.incident.CloudName;
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
    PUBLIC(CloudName.PUBLIC, AzureEnvironment.AZURE, "https://api.loganalytics.io"),
    US_GOVERNMENT(CloudName.US_GOVERNMENT, AzureEnvironment.AZURE_US_GOVERNMENT, "https://api.loganalytics.us"),
    CHINA(CloudName.CHINA, AzureEnvironment.AZURE_CHINA, "https://api.loganalytics.azure.cn");

    private final CloudName cloudName;
    private final AzureEnvironment environment;
    private final String logs;

    AzureCloud(CloudName cloudName, AzureEnvironment environment, String logs) {
        this.cloudName = cloudName;
        this.environment = environment;
        this.logs = logs;
    }

    /** What it is called outside of this package. */
    public CloudName cloudName() {
        return cloudName;
    }

    /** The cloud that a setting names: {@code public}, {@code usgovernment} or {@code china}, in any case. */
    static AzureCloud named(String setting, String value) {
        String wanted = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return Arrays.stream(values())
                .filter(cloud -> cloud.cloudName.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(setting + " is \"" + value + "\"; use "
                        + Arrays.stream(values())
                                .map(cloud -> cloud.cloudName.id())
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

    URI logs() {
        return URI.create(logs);
    }
}
