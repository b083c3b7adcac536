package dev.triage502.collect;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.redaction.SecretRedaction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
            "env",
            "secrets",
            "args",
            "command",
            "appcommandline",
            "metadata",
            "requestbody");

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

    /** Headers that a rewrite rule sets for routing, caching or browsers; any other may carry a credential. */
    private static final Set<String> HARMLESS_HEADERS = Set.of(
            "host",
            "forwarded",
            "location",
            "server",
            "via",
            "connection",
            "upgrade",
            "cache-control",
            "expires",
            "pragma",
            "vary",
            "content-type",
            "content-security-policy",
            "strict-transport-security",
            "referrer-policy",
            "permissions-policy",
            "accept-encoding",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-original-host",
            "x-original-url",
            "x-real-ip",
            "x-frame-options",
            "x-content-type-options",
            "x-xss-protection",
            "x-powered-by",
            "x-aspnet-version",
            "x-robots-tag",
            "access-control-allow-origin",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-allow-credentials");

    /** A value of the gateway's own server variables alone, {@code {var_host}}, holds nothing of anybody's. */
    private static final Pattern SERVER_VARIABLES =
            Pattern.compile("(?:\\{[a-z_]{1,60}(?:_[A-Za-z0-9-]{1,60})?}[ ,;:/]{0,3}){1,20}");

    private static final Pattern SECRET_TAG = Pattern.compile("(?i)key|token|secret|password|pwd|credential|sas");
    private static final Pattern KEY_LIKE = Pattern.compile(
            "(?=[^0-9]{0,200}[0-9])(?=[^A-Z]{0,200}[A-Z])(?=[^a-z]{0,200}[a-z])[A-Za-z0-9+_~.-][A-Za-z0-9+/=_~.-]{23,}+");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){1,20}");
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern QUERY = Pattern.compile("(?<=[A-Za-z0-9/._~%-])\\?[^\\s\"'<>]+");

    /** A v1 gateway writes into the query what came of the server; the rest of it is the client's. */
    private static final Pattern GATEWAYS_PARAMETER =
            Pattern.compile("(?:SERVER-ROUTED|SERVER-STATUS|X-AzureApplicationGateway-[A-Z-]{1,40})=[\\w.:,\\[\\]-]*");

    private static final Pattern PARAMETER_NAME = Pattern.compile("[\\w.\\[\\]-]{1,64}(?==)");

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
        if (SECRETS.contains(bare) || bare.equals("headervalue") && mayBeSensitive(in, text)) {
            return GONE;
        }
        if (bare.equals("requestquery")) {
            return Arrays.stream(text.split("&", -1))
                    .map(RedactionRules::parameter)
                    .collect(Collectors.joining("&"));
        }
        if (bare.equals("caller") && !GUID.matcher(text).matches() && !text.startsWith("Microsoft.")) {
            return person(text);
        }
        String clean = ADDRESS.matcher(text).replaceAll(this::person);
        clean = SecretRedaction.of(clean);
        return text.startsWith("/") || text.startsWith("http")
                ? QUERY.matcher(clean).replaceAll("?" + GONE)
                : clean;
    }

    /** What the gateway wrote stays; of the client's, the name of a parameter. */
    private static String parameter(String text) {
        if (text.isEmpty() || GATEWAYS_PARAMETER.matcher(text).matches()) {
            return text;
        }
        Matcher name = PARAMETER_NAME.matcher(text);
        return name.lookingAt() ? name.group() + "=" + GONE : GONE;
    }

    private String person(MatchResult found) {
        return person(found.group());
    }

    /** The same person is the same everywhere: who changed something twice matters, not who it was. */
    private String person(String who) {
        return people.computeIfAbsent(who.toLowerCase(Locale.ROOT), key -> "principal-" + (people.size() + 1));
    }

    @Override
    public String tag(String name, String text) {
        boolean isSecret =
                SECRET_TAG.matcher(name).find() || KEY_LIKE.matcher(text).matches();
        return isSecret ? GONE : text(new JsonObject(), "", text);
    }

    private static boolean mayBeSensitive(JsonObject header, String value) {
        boolean harmless = header.get("headerName") instanceof JsonPrimitive name
                && HARMLESS_HEADERS.contains(name.getAsString().toLowerCase(Locale.ROOT));
        return !value.isEmpty() && !harmless && !SERVER_VARIABLES.matcher(value).matches();
    }

    /** {@code ClientIp}, {@code clientIP_s} and {@code client_ip} are one. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("_[sdgbt]$", "").replace("_", "");
    }
}
