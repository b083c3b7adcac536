package dev.triage502.evidence.arm;

import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.ProbeFailure;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does a text of backend health say that the probe met?
 *
 * <p>Three generations of each text are in the wild, and captured ones differ from the documented ones, so fragments
 * are matched on a normalised text. Sources: learn.microsoft.com, "Troubleshoot backend health issues in Application
 * Gateway" (editions of 2020, 2024 and 2026), and captured answers.
 */
final class ProbeLogText {

    /** A fragment of a normalised text, and what a text that has it says. The first that is found counts. */
    private record Fragment(String text, ProbeFailure failure) {}

    private static final List<Fragment> FRAGMENTS = List.of(
            // It also mentions a name that does not resolve, but only as one of the things that might be.
            new Fragment("health status could not be retrieved", ProbeFailure.NOT_RETRIEVED),
            new Fragment("application gateway not reachable", ProbeFailure.NOT_RETRIEVED),
            new Fragment("aka.ms/unknownbackendhealth", ProbeFailure.NOT_RETRIEVED),
            new Fragment("unknown error", ProbeFailure.NOT_RETRIEVED),
            new Fragment("received invalid status code", ProbeFailure.STATUS_MISMATCH),
            new Fragment("status code of the backend's http response did not match", ProbeFailure.STATUS_MISMATCH),
            new Fragment("probe status code mismatch", ProbeFailure.STATUS_MISMATCH),
            new Fragment("aka.ms/statuscodemismatch", ProbeFailure.STATUS_MISMATCH),
            new Fragment("body of the backend's http response did not match", ProbeFailure.BODY_MISMATCH),
            new Fragment("probe response body mismatch", ProbeFailure.BODY_MISMATCH),
            new Fragment("received response body does not contain", ProbeFailure.BODY_MISMATCH),
            new Fragment("proxy protocol header", ProbeFailure.PROXY_PROTOCOL),
            new Fragment("time taken by the backend to respond", ProbeFailure.TIMED_OUT),
            new Fragment("aka.ms/probetimeout", ProbeFailure.TIMED_OUT),
            new Fragment("probe timeout", ProbeFailure.TIMED_OUT),
            new Fragment("backend server timed out", ProbeFailure.TIMED_OUT),
            new Fragment("could not create a probe for this backend", ProbeFailure.NAME_UNRESOLVED),
            new Fragment("fqdn cannot be resolved", ProbeFailure.NAME_UNRESOLVED),
            new Fragment("cannot connect to backend server", ProbeFailure.CANNOT_CONNECT),
            new Fragment("cannot connect to server", ProbeFailure.CANNOT_CONNECT),
            new Fragment("could not connect to the backend", ProbeFailure.CANNOT_CONNECT),
            new Fragment("aka.ms/servernotreachable", ProbeFailure.CANNOT_CONNECT),
            new Fragment("server address cannot be reached", ProbeFailure.CANNOT_CONNECT),
            new Fragment("server port cannot be reached", ProbeFailure.CANNOT_CONNECT),
            new Fragment("connection refused", ProbeFailure.CANNOT_CONNECT),
            // It asks to look at trust and dates, so it stands before the texts about either.
            new Fragment("https probe connection error", ProbeFailure.TLS_ERROR),
            new Fragment("common name", ProbeFailure.CERTIFICATE_NAME),
            new Fragment("aka.ms/backendcertcnmismatch", ProbeFailure.CERTIFICATE_NAME),
            new Fragment("invalid certificate - invalid cn", ProbeFailure.CERTIFICATE_NAME),
            new Fragment("either the certificate is not within its validity", ProbeFailure.CERTIFICATE_INVALID),
            new Fragment("backend certificate has been marked invalid", ProbeFailure.CERTIFICATE_INVALID),
            new Fragment("current date is not within", ProbeFailure.CERTIFICATE_EXPIRED),
            new Fragment("certificate expired", ProbeFailure.CERTIFICATE_EXPIRED),
            new Fragment("certificate has expired", ProbeFailure.CERTIFICATE_EXPIRED),
            new Fragment("certificate has been revoked", ProbeFailure.CERTIFICATE_REVOKED),
            new Fragment("certificate is missing from the certificate chain", ProbeFailure.CERTIFICATE_CHAIN),
            new Fragment("is not the topmost certificate in the chain", ProbeFailure.CERTIFICATE_CHAIN),
            new Fragment("incomplete certificate chain", ProbeFailure.CERTIFICATE_CHAIN),
            new Fragment("does not match the trusted root certificate", ProbeFailure.CERTIFICATE_ROOT_MISMATCH),
            new Fragment("not signed by a well-known certificate authority", ProbeFailure.CERTIFICATE_UNTRUSTED),
            new Fragment("not signed by any root certificates", ProbeFailure.CERTIFICATE_UNTRUSTED),
            new Fragment("server certificate is not allowlisted", ProbeFailure.CERTIFICATE_UNTRUSTED),
            new Fragment("aka.ms/authcertificatemismatch", ProbeFailure.CERTIFICATE_UNTRUSTED),
            new Fragment("invalid certificate - invalid ca", ProbeFailure.CERTIFICATE_UNTRUSTED),
            new Fragment("in the trusted root certificate", ProbeFailure.CERTIFICATE_UNTRUSTED));

    private static final AzureWords<ProbeFailure> ERROR_NAMES = AzureWords.of(
                    ProbeFailure.NONE, "SuccessWithStatusCode", "Success")
            .and(ProbeFailure.STATUS_MISMATCH, "HttpStatusCodeMismatchWithStatusCode", "HttpStatusCodeMismatch");

    private static final Pattern OPENSSL = Pattern.compile("error code\\s*:?\\s*(\\d+)");

    private static final List<Pattern> RECEIVED = List.of(
            Pattern.compile("received invalid status code:?\\s*(\\d{3})"),
            Pattern.compile("received:?\\s*(\\d{3})(?: status code)?"));

    private ProbeLogText() {}

    /**
     * What the probe met.
     *
     * @param errorName {@code healthProbeErrorName}, the machine's word for it, or an empty string
     * @param text      {@code healthProbeLog}
     */
    static ProbeFailure failure(State state, String errorName, String text) {
        return ERROR_NAMES.valueOf(errorName.strip()).orElseGet(() -> failure(state, normalised(text)));
    }

    private static ProbeFailure failure(State state, String normalised) {
        if (normalised.startsWith("success")) {
            return ProbeFailure.NONE;
        }
        if (normalised.contains("openssl diagnostics")) {
            Matcher code = OPENSSL.matcher(normalised);
            return verification(code.find() ? code.group(1) : "");
        }
        for (Fragment fragment : FRAGMENTS) {
            if (normalised.contains(fragment.text())) {
                return fragment.failure();
            }
        }
        return unrecognised(state);
    }

    /** Without words that are known the flag alone speaks. */
    private static ProbeFailure unrecognised(State state) {
        switch (state) {
            case UNHEALTHY:
                return ProbeFailure.OTHER;
            case UNKNOWN:
                return ProbeFailure.NOT_RETRIEVED;
            default:
                return ProbeFailure.NONE;
        }
    }

    /** OpenSSL's verification results: openssl.org, X509_STORE_CTX_get_error. */
    private static ProbeFailure verification(String code) {
        switch (code) {
            case "9":
            case "10":
                return ProbeFailure.CERTIFICATE_EXPIRED;
            case "18":
            case "19":
                return ProbeFailure.CERTIFICATE_UNTRUSTED;
            case "2":
            case "20":
            case "21":
                return ProbeFailure.CERTIFICATE_ISSUER_NOT_FOUND;
            case "23":
                return ProbeFailure.CERTIFICATE_REVOKED;
            case "62":
                return ProbeFailure.CERTIFICATE_NAME;
            default:
                return ProbeFailure.CERTIFICATE_INVALID;
        }
    }

    /** The status code that the probe received, where the text states it. */
    static OptionalInt received(String text) {
        String normalised = normalised(text);
        for (Pattern pattern : RECEIVED) {
            Matcher found = pattern.matcher(normalised);
            if (found.find()) {
                return OptionalInt.of(Integer.parseInt(found.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** The text in the one spelling that the fragments are written in. */
    static String normalised(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("[*_\"`\u201c\u201d]", "")
                .replaceAll("\\s+", " ")
                .replace("isn't", "is not")
                .replace("doesn't", "does not")
                .replace("didn't", "did not")
                .replace("couldn't", "could not")
                .replace("can't", "cannot")
                .replace("time-out", "timeout")
                .replace("back-end", "backend")
                .replace("whitelist", "allowlist")
                .strip();
    }
}
