package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessAdviceTest {

    @Test
    void theTenantThatAzureNamesIsTheOneToSignInTo() {
        assertThat(AccessAdvice.with("InvalidAuthenticationTokenTenant: The access token is from the wrong issuer"
                        + " 'https://sts.windows.net/11111111-0000-0000-0000-000000000001/'. It must match"
                        + " the tenant 'https://sts.windows.net/22222222-0000-0000-0000-000000000002/'"
                        + " associated with this subscription."))
                .contains("another tenant", "az login --tenant 22222222-0000-0000-0000-000000000002");
    }

    @Test
    void aSubscriptionThatTheLoginLacksIsSaid() {
        assertThat(AccessAdvice.with("SubscriptionNotFound: The subscription 'x' could not be found."))
                .startsWith("this login has no such subscription. Run `az account list --refresh`");
    }

    @Test
    void anythingElseStaysAsAzureSaidIt() {
        assertThat(AccessAdvice.with("AuthorizationFailed: no right")).isEqualTo("AuthorizationFailed: no right");
    }
}
