package dev.triage502.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/** As whom does this process ask Azure? In Azure as its managed identity; elsewhere as whoever ran {@code az login}. */
public final class AzureCredentials {

    private AzureCredentials() {}

    public static TokenCredential of(AzureSettings settings, HttpClient http) {
        ManagedIdentityCredentialBuilder identity = new ManagedIdentityCredentialBuilder().httpClient(http);
        settings.clientId().ifPresent(identity::clientId);
        if (inAzure()) {
            return identity.build();
        }
        // The CLI first: on a machine outside Azure an identity is looked for at an address that does not answer.
        return new ChainedTokenCredentialBuilder()
                .addLast(new AzureCliCredentialBuilder().build())
                .addLast(identity.build())
                .build();
    }

    /** Functions and App Service name the place where their identity's tokens are had. */
    private static boolean inAzure() {
        return System.getenv("IDENTITY_ENDPOINT") != null || System.getenv("MSI_ENDPOINT") != null;
    }
}
