package dev.triage502.collect;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is always taken out of evidence, and what is put in its place. */
final class RedactionRules implements EvidenceRedactor.Change {

    static final String GONE = "redacted";

    /** What a token said of a person; what machines, apps and containers are given as configuration. */
    private static final Set<String> DROPPED = Set.of(
            "claims",
            "httprequest",
            "osprofile",
            "extensionprofile",
            "customdata",
            "userdata",
            "appsettings",
            "connectionstrings",
            "publishingusername",
            "azurestorageaccounts",
            "serviceprincipalprofile",
            "linuxprofile",
            "windowsprofile",
            "env");

    private static final Set<String> CLIENTS = Set.of("clientip", "clientport", "useragent", "transactionid");
    private static final Set<String> SECRETS = Set.of(
            "password",
            "adminpassword",
            "connectionstring",
            "accountkey",
            "sharedkey",
            "primarykey",
            "secondarykey",
            "clientsecret");

    private static final Pattern SENSITIVE_HEADER =
            Pattern.compile("(?i)authorization|cookie|set-cookie|.*(key|token|secret|password|signature).*");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern QUERY = Pattern.compile("(?<=[A-Za-z0-9/._~%-])\\?[^\\s\"'<>]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");

    /** A v1 gateway writes into the query what came of the server; the rest of it is the client's. */
    private static final Pattern FOREIGN_PARAMETER =
            Pattern.compile("(^|&)(?!SERVER-|X-AzureApplicationGateway-)([^=&]+)=[^&]*");

    private final Map<String, String> people = new LinkedHashMap<>();

    @Override
    public boolean drops(JsonObject in, String name) {
        return DROPPED.contains(name.toLowerCase(Locale.ROOT)) && !"identity".equals(name);
    }

    @Override
    public String text(JsonObject in, String name, String text) {
        String bare = bare(name);
        if (CLIENTS.contains(bare)) {
            // The gateway's own rows come from the loopback address, and are told from clients' by it.
            return text.equals("127.0.0.1") ? text : GONE;
        }
        if (SECRETS.contains(bare) || bare.equals("headervalue") && isSensitive(in)) {
            return GONE;
        }
        if (bare.equals("requestquery")) {
            return FOREIGN_PARAMETER.matcher(text).replaceAll("$1$2=" + GONE);
        }
        if (bare.equals("caller") && !GUID.matcher(text).matches() && !text.startsWith("Microsoft.")) {
            return person(text);
        }
        String clean = ADDRESS.matcher(text).replaceAll(this::person);
        clean = BEARER.matcher(clean).replaceAll("$1 " + GONE);
        return text.startsWith("/") || text.startsWith("http")
                ? QUERY.matcher(clean).replaceAll("?" + GONE)
                : clean;
    }

    private String person(MatchResult found) {
        return person(found.group());
    }

    /** The same person is the same everywhere: who changed something twice matters, not who it was. */
    private String person(String who) {
        return people.computeIfAbsent(who.toLowerCase(Locale.ROOT), key -> "principal-" + (people.size() + 1));
    }

    private static boolean isSensitive(JsonObject header) {
        return header.get("headerName") instanceof JsonPrimitive name
                && SENSITIVE_HEADER.matcher(name.getAsString()).matches();
    }

    /** {@code ClientIp}, {@code clientIP_s} and {@code client_ip} are one. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("_[sdgbt]$", "").replace("_", "");
    }
}
