package dev.triage502.azure;

import com.azure.core.exception.ClientAuthenticationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nobody is signed in, or not so that Azure would answer. The message is for a person: what is wrong, and what to run. */
public final class SignInFailed extends ClientAuthenticationException {
    private static final long serialVersionUID = 1;

    private static final Pattern EXPIRED =
            Pattern.compile("AADSTS(700082|70043|70044|50173|50076|50078|50079|50132|50133)\\b|has"
                    + " expired|InteractionRequired|interaction_required");
    private static final Pattern OTHER_TENANT =
            Pattern.compile("AADSTS(90002|50020|50034|900023|50128)\\b|(?i)tenant .* not found");
    private static final Pattern NO_SUBSCRIPTION =
            Pattern.compile("(?i)az account set|no subscriptions? found|subscription .* (doesn't exist|not found)");
    private static final Pattern NO_NETWORK = Pattern.compile("(?i)Max retries exceeded|Connection aborted|Failed to"
            + " resolve|getaddrinfo|name resolution|Cannot connect to proxy|CERTIFICATE_VERIFY_FAILED|timed? ?out");

    private final boolean anotherMayDo;

    private SignInFailed(String message, boolean anotherMayDo) {
        super(message, null);
        this.anotherMayDo = anotherMayDo;
    }

    static SignInFailed notSignedIn() {
        return new SignInFailed("Not signed in to Azure. Run `az login`.", true);
    }

    static SignInFailed notInstalled() {
        return new SignInFailed(
                "Not signed in to Azure. Install the Azure CLI (az), which is not on the PATH, and run `az login`.",
                true);
    }

    static SignInFailed noAnswer(long seconds) {
        return new SignInFailed(
                "The Azure CLI gave no token within " + seconds + " s. Run `az account get-access-token` to see why.",
                false);
    }

    /** What az printed instead of a token, in a sentence and the next command. */
    static SignInFailed saidByAz(String said, String tenant) {
        String login = tenant.isEmpty() ? "`az login`" : "`az login --tenant " + tenant + "`";
        if (EXPIRED.matcher(said).find()) {
            return new SignInFailed("The Azure login has expired or needs to be confirmed. Run " + login + ".", false);
        }
        if (OTHER_TENANT.matcher(said).find()) {
            return new SignInFailed(
                    "This Azure login is not known in the tenant" + (tenant.isEmpty() ? "" : " " + tenant)
                            + ". Run `az account list --query \"[].tenantId\"` to see yours, or " + login + ".",
                    false);
        }
        if (NO_NETWORK.matcher(said).find()) {
            return new SignInFailed(
                    "Azure could not be reached to sign in. Check the network, HTTPS_PROXY and REQUESTS_CA_BUNDLE, then"
                            + " run `az account get-access-token` to see the error.",
                    false);
        }
        if (NO_SUBSCRIPTION.matcher(said).find() && !said.contains("az login")) {
            return new SignInFailed(
                    "This Azure login has no subscription. Run `az account list --refresh`, or `az login --tenant"
                            + " TENANT` for another tenant.",
                    false);
        }
        return said.contains("az login")
                ? notSignedIn()
                : new SignInFailed("The Azure CLI gave no token: " + firstLine(said) + ". Run " + login + ".", false);
    }

    private static String firstLine(String said) {
        Matcher line = Pattern.compile("(?m)^(?:ERROR: )?(.+)$").matcher(said);
        String first = line.find() ? line.group(1).strip() : "it printed nothing";
        return (first.length() <= 200 ? first : first.substring(0, 200) + "…").replaceAll("[.\\s]+$", "");
    }

    /** Whether a managed identity may do instead: the person is not signed in, and nothing is wrong with it. */
    boolean anotherMayDo() {
        return anotherMayDo;
    }
}
