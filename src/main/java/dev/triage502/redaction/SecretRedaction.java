package dev.triage502.redaction;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Texts without secrets: tokens, keys, signatures, passwords, cookies. What a secret is called stays, so that a reader still
 * sees what stood there; the secret becomes {@value #GONE}.
 *
 * <p>Takes time in proportion to the length of the text, whatever stands in it: each pattern begins at a boundary and never
 * reads a character twice.
 */
public final class SecretRedaction {

    /** What stands in the place of a secret. */
    public static final String GONE = "[redacted]";

    /** Names whose values are secrets wherever they stand: in a query, a connection string, a form or an object. */
    private static final String NAMES =
            "(?<![a-z0-9])(?:sig|signature|sas|token|secret|key|pwd|passwd)|password|passphrase"
                    + "|[-_]token|accesstoken|refreshtoken|idtoken|authtoken|[-_]?secret|(?:api|account|access|shared|sharedaccess"
                    + "|primary|secondary|functions|subscription|routing|integration|encryption|master|instrumentation)[-_]?key"
                    + "|client[-_]?assertion|sharedaccesssignature";

    private static final Pattern NAMED = Pattern.compile("(?i)sig|sas|token|secret|key|pwd|pass|assertion");

    private static final String KEY_BEGIN = "-----BEGIN ";
    private static final String KEY_END = "-----END ";

    /** One kind of secret. {@code mayStand} spares most texts the search. */
    private record Shape(Predicate<String> mayStand, Pattern pattern, String instead) {
        String without(String text) {
            return mayStand.test(text) ? pattern.matcher(text).replaceAll(instead) : text;
        }
    }

    private static final List<Shape> SHAPES = List.of(
            // eyJ is {" in base64, as every JSON web token begins.
            shape(
                    text -> text.contains("eyJ"),
                    "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]*+)*+",
                    GONE),
            // Not "Basic authentication": the credentials are base64, with a digit, an equals sign or mixed case in it.
            shape(
                    text -> true,
                    "\\b((?i:bearer|basic|sharedaccesssignature|sharedkey)\\s{1,3})"
                            + "(?=[A-Za-z+/_.~-]{0,80}(?:[0-9=]|[a-z][A-Z]))[A-Za-z0-9._~+/=:&%-]{8,}+",
                    "$1" + GONE),
            // https://user:password@host
            shape(text -> text.contains("://"), "://[^/\\s:@\"']{0,100}:[^/\\s@\"']{1,300}@", "://" + GONE + "@"),
            // ?code=… of a function, code=… of a sign-in; code=502 and code=Forbidden are an error's.
            shape(text -> text.indexOf('=') >= 0, "(?i)([?&]code=)[^&;\\s\"'<>\\\\,]++", "$1" + GONE),
            shape(
                    text -> text.contains("code="),
                    "(?<![A-Za-z0-9])(code=)(?![0-9]{1,5}(?![A-Za-z0-9]))(?![A-Z][A-Za-z]{0,60}(?![A-Za-z0-9]))[^&;\\s\"'<>\\\\,]{8,}+",
                    "$1" + GONE),
            // sig=…, AccountKey=…, Password="…"; the quotes have backslashes where the text stands in JSON.
            shape(
                    text -> text.indexOf('=') >= 0 && isNamed(text),
                    "(?i)(" + NAMES
                            + ")(\\s{0,2}=\\s{0,2})(?:(\\\\{0,7}[\"'])(?s:.{1,500}?)(?<!\\\\)\\3|(?!=)[^&;\\s\"'<>\\\\,]++)",
                    "$1$2" + GONE),
            // "password": "…", in JSON, and in JSON that is text in JSON; ends at a quote with as many backslashes.
            shape(
                    text -> text.indexOf(':') >= 0 && isNamed(text),
                    "(?i)(" + NAMES + ")((\\\\{0,7}\")\\s{0,4}:\\s{0,4}\\3)(?s:.+?)(?<!\\\\)\\3",
                    "$1$2" + GONE + "$3"),
            // x-functions-key: …
            shape(
                    text -> text.indexOf(':') >= 0 && isNamed(text),
                    "(?i)(password|api[-_]?key|functions-key|subscription-key|client[-_]?secret|account[-_]?key"
                            + "|access[-_]?token)(\\s{0,3}:\\s{0,3})(?![\\s\"'])[^\\s\"'\\\\,;]++",
                    "$1$2" + GONE),
            // Tokens that are known by their form: Slack's, GitHub's, Atlassian's, AWS's, Entra's.
            shape(
                    SecretRedaction::mayHoldToken,
                    "(?i)(?<![a-z0-9_~.-])(?:xox[a-z]-[A-Za-z0-9-]{10,}+|gh[a-z]_[A-Za-z0-9]{30,}+|github_pat_[A-Za-z0-9_]{20,}+"
                            + "|ATATT[A-Za-z0-9_=-]{20,}+|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
                            + "|[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34})",
                    GONE),
            shape(
                    text -> text.contains("hooks.slack.com"),
                    "(hooks\\.slack\\.com/(?:services|workflows|triggers)/)[A-Za-z0-9/_-]++",
                    "$1" + GONE),
            // The token of a link to an incident, which opens it.
            shape(text -> text.contains("/api/i/"), "(/api/i/)[A-Za-z0-9_-]{40,}+", "$1" + GONE),
            // Keys of Azure's services: marked ones, and those of 64 and 32 bytes in base64.
            shape(
                    text -> text.length() >= 44,
                    "(?<![A-Za-z0-9+/=_-])(?:[A-Za-z0-9+/_-]{30,76}?(?:AzFu|AzSe|ACDb|AzCa|AIoT|ASbT|AEhS|ASt|ACR|APIM|JQQJ99)"
                            + "[A-Za-z0-9+/_-]{6,60}={0,2}|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=_-])",
                    GONE),
            // Authorization: Bearer …, Cookie: …; up to the end of the line or of the text in quotes, and so after the
            // others.
            shape(
                    SecretRedaction::hasValue,
                    "(?i)(?<![a-z0-9])((?:proxy-)?authorization|(?:set-)?cookie)(\\\\{0,3}[\"']?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}[\"']?)[^\\s\"'\\\\][^\\r"
                            + "\\n"
                            + "\"'\\\\]*+",
                    "$1$2" + GONE));

    private SecretRedaction() {}

    /** The text without them. */
    public static String of(String text) {
        String clean = withoutPrivateKeys(text);
        for (Shape shape : SHAPES) {
            clean = shape.without(clean);
        }
        return clean;
    }

    private static Shape shape(Predicate<String> mayStand, String pattern, String instead) {
        return new Shape(mayStand, Pattern.compile(pattern), instead);
    }

    private static boolean isNamed(String text) {
        return NAMED.matcher(text).find();
    }

    private static boolean hasValue(String text) {
        return text.indexOf(':') >= 0 || text.indexOf('=') >= 0;
    }

    private static boolean mayHoldToken(String text) {
        return text.length() >= 20;
    }

    /** A private key in PEM goes from its first line to its last, or to the end of the text where that was cut off. */
    private static String withoutPrivateKeys(String text) {
        int begin = text.indexOf(KEY_BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (begin >= 0) {
            int labelEnd = text.indexOf("-----", begin + KEY_BEGIN.length());
            boolean isPrivate = labelEnd < 0 || text.substring(begin, labelEnd).contains("PRIVATE KEY");
            if (isPrivate) {
                int end = text.indexOf(KEY_END, begin);
                int after = end < 0 ? -1 : text.indexOf("-----", end + KEY_END.length());
                out.append(text, from, begin).append(GONE);
                from = after < 0 ? text.length() : after + "-----".length();
            }
            begin = text.indexOf(KEY_BEGIN, Math.max(from, begin + KEY_BEGIN.length()));
        }
        return out.append(text, from, text.length()).toString();
    }
}
