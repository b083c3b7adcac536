package dev.triage502.azure;

import dev.triage502.incident.HostName;
import java.net.URI;
import java.net.URL;
import java.util.Optional;

/**
 * Where Azure's two services answer, and for whom a token must be.
 *
 * @param arm       base of Azure Resource Manager's paths
 * @param logs      base of Log Analytics' paths, {@code /v1} included
 * @param armScope  the scope of a token for the first
 * @param logsScope the scope of a token for the second
 * @param pretended whether it is Azure only in name, and any token will do
 */
record ServiceEndpoints(URI arm, URI logs, String armScope, String logsScope, boolean pretended) {

    private static final String DEFAULT_SCOPE = "/.default";

    static ServiceEndpoints of(AzureSettings settings) {
        URI arm = settings.cloud().arm();
        URI logs = settings.cloud().logs();
        Optional<URI> pretend = settings.endpoint();
        return new ServiceEndpoints(
                pretend.orElse(arm),
                URI.create(pretend.orElse(logs) + "/v1"),
                arm + DEFAULT_SCOPE,
                logs + DEFAULT_SCOPE,
                pretend.isPresent());
    }

    /**
     * Whether a token for a scope may be sent there. Azure's answers say where to ask next (the next page, the state of
     * an operation); one that led elsewhere would carry the token away. ARM also answers at {@code {region}.{host}}.
     */
    boolean mayReceive(String scope, URL url) {
        URI base = scope.equals(logsScope) ? logs : arm;
        HostName host = HostName.of(base.getHost());
        HostName asked = HostName.of(url.getHost());
        boolean sameHost = asked.equals(host) || !pretended && asked.isBelow(host);
        return sameHost && url.getProtocol().equals(base.getScheme()) && port(url) == port(base);
    }

    private static int port(URL url) {
        return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("http") ? 80 : 443;
    }
}
