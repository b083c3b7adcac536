package dev.triage502.azure;

import java.util.regex.Pattern;

/** What must not stand in a text that people and tickets see: tokens, keys, signatures. */
final class SecretRedaction {

    private static final String GONE = "[redacted]";
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s+)[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern JWT = Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\b(sig|code|access_token|refresh_token|client_secret|client_assertion|password|accountkey|sharedaccesskey|x-functions-key|api[-_]?key)(\\s*[=:]\\s*\"?)[^&;\\s\"']{4,}");

    private SecretRedaction() {}

    static String of(String text) {
        String clean = BEARER.matcher(text).replaceAll("$1" + GONE);
        clean = JWT.matcher(clean).replaceAll(GONE);
        return SECRET.matcher(clean).replaceAll("$1$2" + GONE);
    }
}
