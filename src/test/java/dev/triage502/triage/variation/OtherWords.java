package dev.triage502.triage.variation;

import dev.triage502.collect.RecordedCase;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's own words for what a probe met, in the other generations of the same message. */
public final class OtherWords {

    /** Messages that mean the same; {@code {}} stands for what is measured. */
    private static final List<List<String>> ALIKE = List.of(
            List.of(
                    "Cannot connect to backend server. Check whether any NSG/UDR/Firewall is blocking access to the"
                            + " server. Check if application is running on correct port. To learn more visit -"
                            + " https://aka.ms/servernotreachable.",
                    "Cannot connect to server. Check whether any NSG/UDR/Firewall is blocking access to server. Check"
                            + " if application is running on correct port.",
                    "Application Gateway could not connect to the backend. Check that the backend responds on the port"
                            + " used for the probe. Also check whether any NSG/UDR/Firewall is blocking access to the Ip"
                            + " and port of this backend."),
            List.of(
                    "Time taken by the backend to respond to application gateway's health probe is more than the"
                            + " time-out threshold in the probe configuration. Either increase the time-out threshold in"
                            + " the probe configuration or resolve the backend issues. Note: for default probe, the http"
                            + " timeout is 30s. To learn more visit - https://aka.ms/ProbeTimeOut.",
                    "Time taken by the backend to respond to application gateway's health probe is more than the"
                            + " timeout threshold in the probe setting.",
                    "Probe timeout. Increase timeout value and try again."),
            List.of(
                    "Received invalid status code: {code} in the backend server's HTTP response. As per the health"
                            + " probe configuration, {wanted} is the acceptable status code. Either modify probe"
                            + " configuration or resolve backend issues. To learn more visit -"
                            + " https://aka.ms/StatusCodeMismatch.",
                    "Status code of the backend's HTTP response did not match the probe setting. Expected:{wanted}"
                            + " Received:{code}."),
            List.of(
                    "Body of the backend's HTTP response did not match the probe setting. Received response body"
                            + " doesn't contain {}.",
                    "Body of the backend's HTTP response did not match the probe setting. Received response body does"
                            + " not contain {}."),
            List.of(
                    "Application Gateway could not create a probe for this backend. This usually happens when the FQDN"
                            + " of the backend has not been entered correctly.",
                    "Application Gateway could not create a probe for this backend. This usually happens when the FQDN"
                            + " of the backend is not entered correctly.",
                    "Backend server FQDN cannot be resolved. Check FQDN for correctness. If custom DNS server is used"
                            + " within VNET check if DNS is able to resolve FQDN."),
            List.of(
                    "The Common Name of the leaf certificate presented by the backend server does not match the Probe"
                            + " or Backend Setting hostname of the application gateway.",
                    "The Common Name (CN) of the backend certificate doesn\u2019t match.",
                    "The Common Name (CN) of the backend certificate does not match the host header of the probe.",
                    "The Common Name (CN) of the backend server certificate does not match the host header entered in"
                            + " the health probe configuration (v2 SKU) or the FQDN in the backend pool (v1 SKU). Verify"
                            + " if the hostname matches with the CN of the backend server certificate. To learn more visit"
                            + " - https://aka.ms/backendcertcnmismatch."),
            List.of(
                    "Backend certificate is invalid. Current date is not within the \"Valid from\" and \"Valid to\""
                            + " date range on the certificate.",
                    "Backend certificate is invalid. Current date isn't within the \"Valid from\" and \"Valid to\""
                            + " date range on the certificate."),
            List.of(
                    "The backend Server certificate is not signed by a well-known Certificate Authority (CA). To use"
                            + " unknown CA certificates, its Root certificate must be uploaded to the Backend Setting of"
                            + " the application gateway.",
                    "The backend Server certificate isn't signed by a well-known Certificate Authority (CA). To use"
                            + " unknown CA certificates, its Root certificate must be uploaded to the Backend Setting of"
                            + " the application gateway.",
                    "The server certificate used by the backend is not signed by a well-known Certificate Authority"
                            + " (CA). Allow the backend on the Application Gateway by uploading the root certificate of"
                            + " the server certificate used by the backend."),
            List.of(
                    "The root certificate of the server certificate used by the backend doesn't match the trusted root"
                            + " certificate added to the application gateway. Ensure that you add the correct root"
                            + " certificate to allowlist the backend.",
                    "The root certificate of the server certificate used by the backend does not match the trusted"
                            + " root certificate added to the application gateway. Ensure that you add the correct root"
                            + " certificate to whitelist the backend"),
            List.of(
                    "The Leaf certificate is not the topmost certificate in the chain presented by the backend server."
                            + " Ensure the certificate chain is correctly ordered on the backend server.",
                    "The Leaf certificate isn't the topmost certificate in the chain presented by the backend server."
                            + " Ensure the certificate chain is correctly ordered on the backend server."));

    private static final Pattern CODE = Pattern.compile("(?i)(?:received:?\\s*|status code:\\s*)(\\d{3})");
    private static final Pattern WANTED = Pattern.compile("(?i)(?:Expected:\\s*|configuration,\\s*)([\\d,-]+)");

    private OtherWords() {}

    /** Each message in the next of its wordings, {@code step} places further; the marks and line breaks of the portal with it. */
    public static Variation of(RecordedCase incident, int step) {
        return Variation.of(
                incident,
                Variation.each(
                        incident.documents(),
                        (source, read) -> JsonTree.mapped(
                                read, (key, text) -> key.equalsIgnoreCase("healthProbeLog") ? said(text, step) : text)),
                UnaryOperator.identity());
    }

    private static String said(String text, int step) {
        for (List<String> alike : ALIKE) {
            for (int i = 0; i < alike.size(); i++) {
                Matcher measured = pattern(alike.get(i)).matcher(text.strip());
                if (measured.matches()) {
                    return filled(alike.get((i + step) % alike.size()), text, measured);
                }
            }
        }
        return text;
    }

    private static String filled(String message, String text, Matcher measured) {
        Matcher code = CODE.matcher(text);
        Matcher wanted = WANTED.matcher(text);
        String filled = message.replace("{code}", code.find() ? code.group(1) : "")
                .replace("{wanted}", wanted.find() ? wanted.group(1).replaceFirst(",$", "") : "200-399");
        return filled.contains("{}") ? filled.replace("{}", measured.group(1)) : filled;
    }

    /** The beginning of a message up to its first blank to fill, in whatever case; the rest may be cut off. */
    private static Pattern pattern(String message) {
        int end = message.indexOf('{');
        String start = end < 0 ? message.replaceFirst("\\.$", "") : message.substring(0, end);
        String rest = message.contains("{}") ? "(.*?)\\.?" : ".*";
        return Pattern.compile(
                Pattern.quote(start.strip().toLowerCase(Locale.ROOT)) + "\\s*" + rest,
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
