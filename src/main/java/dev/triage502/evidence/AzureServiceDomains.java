package dev.triage502.evidence;

import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services of Azure whose names end in a domain of Azure's, in the public cloud, in Azure Government and in Azure
 * operated by 21Vianet (the "check endpoints" and "developer guide" pages of the two sovereign clouds).
 */
public enum AzureServiceDomains {
    APP_SERVICE("Microsoft.Web/sites", ".azurewebsites.net", ".azurewebsites.us", ".chinacloudsites.cn"),
    CONTAINER_APPS("Microsoft.App/containerApps", ".azurecontainerapps.io", ".azurecontainerapps.us"),
    API_MANAGEMENT("Microsoft.ApiManagement", ".azure-api.net", ".azure-api.us", ".azure-api.cn"),
    STORAGE("Microsoft.Storage", ".core.windows.net", ".core.usgovcloudapi.net", ".core.chinacloudapi.cn"),
    STATIC_WEB_APPS("Microsoft.Web/staticSites", ".azurestaticapps.net"),
    FRONT_DOOR("Microsoft.Cdn", ".azurefd.net", ".azureedge.net");

    private final String type;
    private final List<String> endings;

    AzureServiceDomains(String type, String... endings) {
        this.type = type;
        this.endings = List.of(endings);
    }

    /** The service that a host name belongs to, if it is one of these. */
    public static Optional<AzureServiceDomains> of(String host) {
        Wording name = Wording.of(host);
        return Stream.of(values())
                .filter(each -> each.endings.stream().anyMatch(name::endIn))
                .findFirst();
    }

    /** Which service of a storage account a host name belongs to: {@code web} for {@code a.z6.web.core.windows.net}. */
    public static Optional<String> storageService(String host) {
        return STORAGE.endings.stream()
                .filter(Wording.of(host)::endIn)
                .map(ending -> host.substring(0, host.length() - ending.length()))
                .filter(account -> account.indexOf('.') > 0)
                .map(account -> account.substring(account.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    /** The type of resource, or its provider, that serves the name. */
    public String type() {
        return type;
    }

    /**
     * Whether a service itself can turn callers away by where they come from, which its document then shows. Front Door has
     * its rules in a policy beside it.
     */
    public boolean hasAccessRules() {
        return this != FRONT_DOOR;
    }

    /** What its names end in, a dot first. */
    public List<String> endings() {
        return endings;
    }
}
