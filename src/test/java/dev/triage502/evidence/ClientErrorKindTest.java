package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientErrorKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error:0A00010B:SSL routines::wrong version number | TLS_TO_PLAIN",
                "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message | TLS_TO_PLAIN",
                "tls: first record does not look like a TLS handshake | TLS_TO_PLAIN",
                "http: server gave HTTP response to HTTPS client | TLS_TO_PLAIN",
                "The plain HTTP request was sent to HTTPS port | PLAIN_TO_TLS",
                "Client sent an HTTP request to an HTTPS server. | PLAIN_TO_TLS",
                "received HTTP/2 frames in answer to an HTTP/1.1 request | OTHER_PROTOCOL",
                "Received HTTP/0.9 when not allowed | OTHER_PROTOCOL",
                "malformed HTTP response \\\\x00\\\\x00\\\\x12 | OTHER_PROTOCOL",
                "malformed HTTP response: invalid header line 'X-Feed ok' | OTHER",
                "malformed HTTP response: duplicate header 'Transfer-Encoding: chunked' | OTHER",
                "invalid HTTP response: too many transfer encodings: chunked, chunked | OTHER",
                "malformed MIME header line: X-Total | OTHER",
                "http2: timeout awaiting response headers | OTHER",
                "http2: server sent GOAWAY and closed the connection | HANDSHAKE",
                "tlsv13 alert certificate required | CLIENT_CERTIFICATE",
                "Received fatal alert: bad_certificate | CLIENT_CERTIFICATE",
                "400 No required SSL certificate was sent | CLIENT_CERTIFICATE",
                "certificate has expired | DATES",
                "x509: certificate has expired or is not yet valid | DATES",
                "CertificateNotYetValidException: NotBefore: Mon Mar 02 | DATES",
                "hostname mismatch | NAME",
                "ERR_TLS_CERT_ALTNAME_INVALID | NAME",
                "x509: certificate is valid for a.example.com, not b.example.com | NAME",
                "self-signed certificate in certificate chain | SELF_SIGNED",
                "self signed certificate | SELF_SIGNED",
                "unable to verify the first certificate | CHAIN",
                "unable to get local issuer certificate | ISSUER",
                "unable to find valid certification path to requested target | ISSUER",
                "x509: certificate signed by unknown authority | ISSUER",
                "sslv3 alert handshake failure | HANDSHAKE",
                "tlsv1 alert protocol version | HANDSHAKE",
                "no shared cipher | HANDSHAKE",
                "tlsv1 unrecognized name | HANDSHAKE",
                "Connection reset by peer | HANDSHAKE",
                "unexpected eof while reading | HANDSHAKE",
                "something else | OTHER",
                "'' | NONE"
            })
    void tellsClientsErrorsApart(String words, ClientErrorKind complaint) {
        assertThat(ClientErrorKind.of(words)).isEqualTo(complaint);
    }

    /** A page says much, and only what is asked for counts. */
    @Test
    void findsOneComplaintAmongWhatAPageSays() {
        String page = "<script>alert('session expired')</script> 404 Web Site not found.";

        assertThat(ClientErrorKind.HOST_UNKNOWN.isIn(page)).isTrue();
        assertThat(ClientErrorKind.PLAIN_TO_TLS.isIn(page)).isFalse();
    }

    @Test
    void findsNothingAmongNoWords() {
        assertThat(ClientErrorKind.OTHER.isIn("words")).isFalse();
        assertThat(ClientErrorKind.NONE.isIn("")).isFalse();
    }
}
