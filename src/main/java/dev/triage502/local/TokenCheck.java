package dev.triage502.local;

import dev.triage502.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Does the caller carry a token that this service takes?
 *
 * <p>Nothing here is secret: a token is any bearer token. One that is a JSON Web Token must be meant for the service
 * that is asked, since a token for the wrong audience is a mistake that only real Azure would show otherwise. Its
 * signature is not looked at.
 */
final class TokenCheck {

    private static final List<String> ARM = List.of(
            "https://management.core.windows.net/",
            "https://management.core.windows.net",
            "https://management.azure.com/",
            "https://management.azure.com");
    private static final List<String> LOGS = List.of(
            "https://api.loganalytics.io/",
            "https://api.loganalytics.io",
            "https://api.loganalytics.azure.com/",
            "https://api.loganalytics.azure.com");

    private TokenCheck() {}

    /** What Azure says to a caller whose token it does not take, or nothing. */
    static Optional<PretendAnswer> refusal(PretendRequest call, boolean isLogQuery) {
        String authorization = call.header("Authorization");
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7) || authorization.length() == 7) {
            return Optional.of(unauthorized(
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing or invalid."));
        }
        List<String> allowed = isLogQuery ? LOGS : ARM;
        return audience(authorization.substring(7).strip())
                .filter(audience -> !allowed.contains(audience))
                .map(audience -> unauthorized(
                        "InvalidAuthenticationTokenAudience",
                        "The access token has been obtained for wrong audience or resource '" + audience
                                + "'. It should exactly match with one of the allowed audiences '"
                                + String.join("','", allowed) + "'."));
    }

    private static PretendAnswer unauthorized(String code, String message) {
        return PretendAnswer.error(401, code, message)
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://login.microsoftonline.com/\", error=\""
                                + (code.equals("AuthenticationFailed") ? "invalid_request" : "invalid_token") + "\"");
    }

    /** The {@code aud} of a token that is a JSON Web Token. */
    private static Optional<String> audience(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
            return JsonLookup.parse(claims)
                    .map(json -> JsonTree.text(json, "aud"))
                    .filter(audience -> !audience.isEmpty());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
