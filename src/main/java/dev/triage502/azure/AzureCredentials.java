package dev.triage502.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * As whom does this process ask Azure? In a function app as its managed identity; in a pod with a federated token as its
 * workload identity; elsewhere as whoever ran {@code az login}, and where nobody did as the machine's managed identity.
 */
public final class AzureCredentials {

    /** Where a virtual machine's identity is asked for. Outside Azure nothing answers there. */
    private static final InetSocketAddress MACHINE = new InetSocketAddress("169.254.169.254", 80);

    private static final int LOOK_FOR_MILLIS = 500;

    private AzureCredentials() {}

    public static TokenCredential of(AzureSettings settings, HttpClient http) {
        return of(settings, () -> http);
    }

    /** The same; the client is asked for when it is needed, which it is not for who ran {@code az login}. */
    static TokenCredential of(AzureSettings settings, Supplier<HttpClient> http) {
        SurroundingVariables variables = settings.surroundings();
        if (isHosted(variables)) {
            return identity(settings, http.get());
        }
        if (variables.first("AZURE_FEDERATED_TOKEN_FILE").isPresent()) {
            return workload(settings, http.get());
        }
        return new PersonOrMachine(
                new AzureCli(variables, settings.tenant()),
                () -> identity(settings, http.get()),
                hasIdentityEndpoint(variables));
    }

    /** Functions and App Service. Cloud Shell and Arc name an endpoint too, and there a person is signed in. */
    private static boolean isHosted(SurroundingVariables variables) {
        return hasIdentityEndpoint(variables)
                && variables
                        .firstSet("FUNCTIONS_WORKER_RUNTIME", "WEBSITE_INSTANCE_ID")
                        .isPresent();
    }

    private static boolean hasIdentityEndpoint(SurroundingVariables variables) {
        return variables.firstSet("IDENTITY_ENDPOINT", "MSI_ENDPOINT").isPresent();
    }

    private static TokenCredential identity(AzureSettings settings, HttpClient http) {
        ManagedIdentityCredentialBuilder identity = new ManagedIdentityCredentialBuilder().httpClient(http);
        settings.clientId().ifPresent(identity::clientId);
        return identity.build();
    }

    private static TokenCredential workload(AzureSettings settings, HttpClient http) {
        WorkloadIdentityCredentialBuilder workload = new WorkloadIdentityCredentialBuilder().httpClient(http);
        settings.surroundings().first("AZURE_FEDERATED_TOKEN_FILE").ifPresent(workload::tokenFilePath);
        settings.clientId().ifPresent(workload::clientId);
        settings.tenant()
                .or(() -> settings.surroundings().first("AZURE_TENANT_ID"))
                .ifPresent(workload::tenantId);
        return workload.build();
    }

    /** The person first: who signed in wants to be asked as. The machine only where there is an identity to be had. */
    private record PersonOrMachine(AzureCli person, Supplier<TokenCredential> machine, boolean endpoint)
            implements TokenCredential {

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            try {
                return person.getTokenSync(request);
            } catch (SignInFailed notSignedIn) {
                if (!notSignedIn.anotherMayDo() || !(endpoint || isMachineInAzure())) {
                    throw notSignedIn;
                }
                return ofMachine(request, notSignedIn);
            }
        }

        private AccessToken ofMachine(TokenRequestContext request, SignInFailed notSignedIn) {
            try {
                return machine.get().getTokenSync(request);
            } catch (ClientAuthenticationException noIdentity) {
                throw notSignedIn;
            }
        }

        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return Mono.fromCallable(() -> getTokenSync(request));
        }

        private static boolean isMachineInAzure() {
            try (Socket socket = new Socket()) {
                socket.connect(MACHINE, LOOK_FOR_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
