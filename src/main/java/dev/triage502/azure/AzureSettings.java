package dev.triage502.azure;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * Which Azure to ask, and as whom.
 *
 * @param cloud    the cloud; decides hosts and audiences
 * @param endpoint one base URL on this machine in place of all of Azure's, for demos and tests
 * @param clientId the user-assigned identity to be; without it the system-assigned one, or the person logged in
 * @param tenant   the tenant to sign in to; without it the one that az is signed in to
 * @param surroundings what the environment says of the network and of who is signed in
 */
public record AzureSettings(
        AzureCloud cloud,
        Optional<URI> endpoint,
        Optional<String> clientId,
        Optional<String> tenant,
        SurroundingVariables surroundings) {

    public static final String ENDPOINT = "TRIAGE502_AZURE_ENDPOINT";
    public static final String CLOUD = "TRIAGE502_AZURE_CLOUD";
    public static final String CLIENT_ID = "TRIAGE502_AZURE_CLIENT_ID";

    /** The same by the name that the Azure SDKs use. */
    private static final String COMMON_CLIENT_ID = "AZURE_CLIENT_ID";

    public AzureSettings {
        endpoint = endpoint.map(AzureSettings::requireLoopback);
    }

    /** The public Azure, with whatever identity this process has. */
    public static AzureSettings standard() {
        return from(Map.of());
    }

    /** A pretend Azure at a base URL on this machine. */
    public static AzureSettings pretend(URI endpoint) {
        return new AzureSettings(
                AzureCloud.PUBLIC,
                Optional.of(endpoint),
                Optional.empty(),
                Optional.empty(),
                SurroundingVariables.of(Map.of()));
    }

    /**
     * The settings that environment variables hold.
     *
     * @throws IllegalArgumentException naming the setting, what it is and what it should look like
     */
    public static AzureSettings from(Map<String, String> environment) {
        return new AzureSettings(
                value(environment, CLOUD)
                        .map(name -> AzureCloud.named(CLOUD, name))
                        .orElse(AzureCloud.PUBLIC),
                value(environment, ENDPOINT).map(AzureSettings::uri),
                value(environment, CLIENT_ID).or(() -> value(environment, COMMON_CLIENT_ID)),
                Optional.empty(),
                SurroundingVariables.of(environment));
    }

    /** These, signed in to a tenant. */
    public AzureSettings inTenant(String name) {
        return new AzureSettings(cloud, endpoint, clientId, Optional.of(name), surroundings);
    }

    /** These, as another identity and for Azure itself. */
    public AzureSettings as(Optional<String> otherClientId) {
        return new AzureSettings(cloud, Optional.empty(), otherClientId, tenant, surroundings);
    }

    /** Whether Azure is only pretended. */
    public boolean pretends() {
        return endpoint.isPresent();
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
    }

    /** An answer from anywhere else could steer a diagnosis, and would be sent what Azure is asked. */
    private static URI requireLoopback(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")
                || uri.getHost() == null
                || !isLoopback(uri.getHost())) {
            throw refused(uri.toString());
        }
        return withoutSlash(uri);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(ENDPOINT + " is \"" + text
                + "\"; it replaces Azure, so only a URL on this machine is allowed, e.g."
                + " http://127.0.0.1:8502");
    }

    /** By its spelling alone: what a name resolves to may change after it was looked at. */
    static boolean isLoopback(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean literal = bare.indexOf(':') >= 0 || bare.matches("[0-9]+(\\.[0-9]+){3}");
        try {
            return literal && InetAddress.getByName(bare).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    static URI withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }
}
