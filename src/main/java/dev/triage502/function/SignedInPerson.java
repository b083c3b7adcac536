package dev.triage502.function;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in, by the header that the platform's sign-in adds. It takes the header away from whatever comes from outside,
 * but only while it is on: where it is off, anybody could send one, and nobody is signed in.
 */
final class SignedInPerson {

    /** What the platform sets for the app while its sign-in is on. */
    private static final String SIGN_IN_IS_ON = "WEBSITE_AUTH_ENABLED";

    private static final String HEADER = "X-MS-CLIENT-PRINCIPAL";
    private static final int LONGEST_NAME = 200;

    /** The claims that name somebody, after the one that the platform points to. */
    private static final List<String> NAMES = List.of(
            "preferred_username",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
            "name",
            "appid",
            "http://schemas.microsoft.com/identity/claims/objectidentifier",
            "oid");

    private final boolean signInIsOn;

    SignedInPerson(Map<String, String> environment) {
        this.signInIsOn = environment.getOrDefault(SIGN_IN_IS_ON, "").equalsIgnoreCase("true");
    }

    boolean signInIsOn() {
        return signInIsOn;
    }

    /** The name of whoever is signed in; empty if nobody is. */
    Optional<String> of(HttpRequestMessage<?> request) {
        return signInIsOn ? name(HttpAnswers.header(request, HEADER)) : Optional.empty();
    }

    private static Optional<String> name(String header) {
        try {
            byte[] decoded = Base64.getDecoder().decode(header);
            JsonElement principal = JsonParser.parseString(new String(decoded, StandardCharsets.UTF_8));
            return principal instanceof JsonObject json ? nameOf(json) : Optional.empty();
        } catch (RuntimeException notAPrincipal) {
            return Optional.empty();
        }
    }

    private static Optional<String> nameOf(JsonObject principal) {
        List<String> wanted = new ArrayList<>(List.of(text(principal, "name_typ")));
        wanted.addAll(NAMES);
        return wanted.stream()
                .flatMap(type -> claim(principal, type).stream())
                .findFirst()
                .map(name -> name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME));
    }

    private static Optional<String> claim(JsonObject principal, String type) {
        if (principal.get("claims") instanceof JsonArray claims && !type.isEmpty()) {
            for (JsonElement each : claims) {
                if (each instanceof JsonObject claim && text(claim, "typ").equals(type)) {
                    String value =
                            text(claim, "val").replaceAll("\\p{Cntrl}", "").strip();
                    if (!value.isEmpty()) {
                        return Optional.of(value);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
