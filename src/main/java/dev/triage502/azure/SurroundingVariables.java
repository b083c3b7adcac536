package dev.triage502.azure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables of the environment that say how the network is reached and who is signed in, under the names that az,
 * curl and the Azure SDKs use. Some hold passwords, so that none is ever printed.
 */
public final class SurroundingVariables {

    /** A PEM file of further certificate authorities; ours, for where the others must not change. */
    public static final String CA_FILE = "TRIAGE502_CA_FILE";

    private static final List<String> KNOWN = List.of(
            "PATH",
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
            "all_proxy",
            "NO_PROXY",
            "no_proxy",
            CA_FILE,
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
            "IDENTITY_ENDPOINT",
            "IDENTITY_HEADER",
            "IMDS_ENDPOINT",
            "MSI_ENDPOINT",
            "FUNCTIONS_WORKER_RUNTIME",
            "WEBSITE_INSTANCE_ID",
            "AZURE_TENANT_ID",
            "AZURE_CLIENT_ID",
            "AZURE_FEDERATED_TOKEN_FILE");

    private final Map<String, String> values;

    private SurroundingVariables(Map<String, String> values) {
        this.values = values;
    }

    /** Those of an environment; all others are left out. */
    public static SurroundingVariables of(Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        for (String name : KNOWN) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        }
        return new SurroundingVariables(values);
    }

    /** Whether the process runs in Azure App Service, which Functions are part of. */
    public boolean areOfAppService() {
        return firstSet("WEBSITE_INSTANCE_ID").isPresent();
    }

    /** The first of these variables that is set. */
    Optional<String> first(String... names) {
        return firstSet(names).map(values::get);
    }

    /** The name of the first of these variables that is set. */
    Optional<String> firstSet(String... names) {
        return List.of(names).stream().filter(values::containsKey).findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SurroundingVariables same && values.equals(same.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "variables " + values.keySet();
    }
}
