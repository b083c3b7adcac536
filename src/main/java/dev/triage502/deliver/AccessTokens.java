package dev.triage502.deliver;

import dev.triage502.deliver.ChannelHttp.NoAnswer;

/** Tokens of Microsoft Entra, as the app's own identity: for channels to services that need no other secret. */
@FunctionalInterface
public interface AccessTokens {

    /**
     * A token.
     *
     * @param scope whom it is for: {@code https://communication.azure.com/.default}
     * @throws RuntimeException if there is none
     */
    String token(String scope);

    /** A token, or why there is none as the reason for which a request cannot be sent. */
    default SecretText forChannel(String scope) throws NoAnswer {
        try {
            return new SecretText(token(scope));
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new NoAnswer("no token of the app's identity for " + scope + ": " + why);
        }
    }

    /** For an app without an identity. */
    static AccessTokens none() {
        return scope -> {
            throw new IllegalStateException("the app has no identity");
        };
    }
}
