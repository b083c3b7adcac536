package dev.triage502.evidence;

import dev.triage502.incident.Wording;
import java.util.List;

/**
 * What do the words of a client or a server complain of, where a look past the gateway did not go well?
 *
 * <p>The words are those of OpenSSL, Java, Go, .NET and Node clients and of nginx, Apache, IIS, Envoy and Azure's own
 * front ends; fragments of them are matched, the particular before the general.
 */
public enum ClientErrorKind {
    /** Plain HTTP was spoken to a port that speaks TLS. */
    PLAIN_TO_TLS(
            "plain http request was sent to https",
            "sent an http request to an https server",
            "speaking plain http to an ssl",
            "combination of host and port requires tls",
            "use the https scheme"),
    /** TLS was spoken to a port that speaks plain HTTP. */
    TLS_TO_PLAIN(
            "wrong version number",
            "unrecognized ssl message",
            "not an ssl/tls record",
            "does not look like a tls handshake",
            "packet length too long",
            "record_too_long",
            "record too long",
            "get_server_hello:unknown protocol",
            "http response to https client"),
    /** The port speaks a protocol that is not HTTP/1.1. An answer that did not come does not show which it speaks. */
    OTHER_PROTOCOL("http/2", "http2", "http/0.9", "malformed http", "invalid http response"),
    /** A certificate of the client's is wanted. */
    CLIENT_CERTIFICATE(
            "certificate required",
            "client certificate",
            "no required ssl certificate",
            "certificate_required",
            "alert bad certificate",
            "alert: bad_certificate",
            "403.7",
            "403.16"),
    /** The certificate, or one of its chain, is outside its dates. */
    DATES("expired", "not yet valid", "not after", "notafter", "notbefore"),
    /** The certificate is not the host's. */
    NAME(
            "hostname mismatch",
            "host name mismatch",
            "altname",
            "alternative name",
            "no alternative certificate subject name",
            "name mismatch",
            "remotecertificatenamemismatch",
            "certificate is valid for"),
    /** The certificate, or the last of its chain, is signed by itself and not trusted. */
    SELF_SIGNED("self signed", "self-signed"),
    /** Only the first certificate could be looked at: what signed it was not sent. */
    CHAIN("unable to verify the first certificate", "unable_to_verify_leaf_signature"),
    /** Whoever signed the chain is not known to the client. */
    ISSUER(
            "unable to get local issuer",
            "unable to get issuer",
            "valid certification path",
            "unknown authority",
            "unknown ca",
            "untrusted root",
            "untrustedroot",
            "partialchain"),
    /** The two sides found nothing in common, or one broke off. */
    HANDSHAKE(
            "handshake",
            "protocol version",
            "protocol_version",
            "no protocols",
            "unsupported protocol",
            "cipher",
            "unrecognized name",
            "unrecognized_name",
            "alert",
            "reset",
            "eof",
            "closed"),
    /** The host that was asked for is not served there. */
    HOST_UNKNOWN("container app is stopped or does not exist", "invalid hostname", "web site not found"),
    /** Words that are not known. */
    OTHER,
    /** No words. */
    NONE;

    /** Whoever complains of one header has understood the rest as HTTP. */
    private static final List<String> A_HEADER = List.of(
            "header line",
            "header field",
            "header name",
            "header value",
            "invalid header",
            "bad header",
            "duplicate header",
            "transfer-encoding",
            "transfer encoding",
            "content-length");

    private final List<String> fragments;

    ClientErrorKind(String... fragments) {
        this.fragments = List.of(fragments);
    }

    /** What a client's error complains of: the first in the order above. */
    public static ClientErrorKind of(String error) {
        AnswerFault fault = AnswerFault.of(error);
        boolean noAnswer = fault == AnswerFault.TIMED_OUT || fault == AnswerFault.CLOSED;
        Wording words = Wording.of(error);
        boolean speaksHttp = A_HEADER.stream().anyMatch(words::has);
        for (ClientErrorKind complaint : values()) {
            if (complaint.isIn(words) && !((noAnswer || speaksHttp) && complaint == OTHER_PROTOCOL)) {
                return complaint;
            }
        }
        return error.isBlank() ? NONE : OTHER;
    }

    /** Whether this is among what the words say; an answer's body says much else. */
    public boolean isIn(String words) {
        return isIn(Wording.of(words));
    }

    private boolean isIn(Wording words) {
        return fragments.stream().anyMatch(words::has);
    }
}
