package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of curl, Go, Node, Java, Python and .NET clients. */
class AnswerFaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Go
                "net/http: timeout awaiting response headers | TIMED_OUT",
                "http2: timeout awaiting response headers | TIMED_OUT",
                "context deadline exceeded (Client.Timeout exceeded while awaiting headers) | TIMED_OUT",
                "net/http: request canceled (Client.Timeout or context cancellation while reading body) | TIMED_OUT",
                "EOF | CLOSED",
                "net/http: HTTP/1.x transport connection broken: unexpected EOF | CLOSED",
                "http: server closed idle connection | CLOSED",
                "http2: server sent GOAWAY and closed the connection; LastStreamID=1 | CLOSED",
                "read tcp 10.0.0.9:51044->10.0.2.4:80: read: connection reset by peer | CLOSED",
                "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"hello\" | UNREADABLE",
                "net/http: HTTP/1.x transport connection broken: malformed MIME header line: X-Feed ok | UNREADABLE",
                "malformed HTTP status code \"20x\" | UNREADABLE",
                "bad Content-Length \"12a\" | UNREADABLE",
                "net/http: server response headers exceeded 10485760 bytes; aborted | UNREADABLE",
                // Node
                "Headers Timeout Error | TIMED_OUT",
                "UND_ERR_BODY_TIMEOUT | TIMED_OUT",
                "socket hang up | CLOSED",
                "other side closed | CLOSED",
                "terminated | CLOSED",
                "Parse Error: Invalid EOF state | CLOSED",
                "Parse Error: Invalid header value char | UNREADABLE",
                "Parse Error: Expected HTTP/ | UNREADABLE",
                "HPE_INVALID_HEADER_TOKEN | UNREADABLE",
                "HPE_HEADER_OVERFLOW | UNREADABLE",
                "Headers Overflow Error | UNREADABLE",
                "Response does not match the HTTP/1.1 protocol (Missing expected CR after header value) | UNREADABLE",
                // Java
                "HTTP/1.1 header parser received no bytes | CLOSED",
                "java.net.http.HttpTimeoutException: request timed out | TIMED_OUT",
                "EOF reached while reading | CLOSED",
                "Unexpected end of file from server | CLOSED",
                "fixed content-length: 512, bytes received: 100 | CLOSED",
                "Premature end of Content-Length delimited message body (expected: 512; received: 100) | CLOSED",
                "unexpected end of stream on http://10.0.2.4/... | CLOSED",
                "10.0.2.4:80 failed to respond | CLOSED",
                "java.net.ProtocolException: Invalid status line: \"hello\" | UNREADABLE",
                "Invalid Http response | UNREADABLE",
                "Unexpected status line: hello | UNREADABLE",
                // Python
                "HTTPConnectionPool(host='10.0.2.4', port=80): Read timed out. (read timeout=5) | TIMED_OUT",
                "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response')) | CLOSED",
                "IncompleteRead(100 bytes read, 412 more expected) | CLOSED",
                "Server disconnected without sending a response. | CLOSED",
                "('Connection aborted.', BadStatusLine('hello')) | UNREADABLE",
                "got more than 65536 bytes when reading header line | UNREADABLE",
                "got more than 100 headers | UNREADABLE",
                "Content-Length contained multiple unmatching values (10, 20) | UNREADABLE",
                "illegal header line: bytearray(b'X-Feed ok') | UNREADABLE",
                // .NET
                "The request was canceled due to the configured HttpClient.Timeout of 5 seconds elapsing. | TIMED_OUT",
                "The response ended prematurely. | CLOSED",
                "The response ended prematurely, with at least 412 additional bytes expected. | CLOSED",
                "Unable to read data from the transport connection: Connection reset by peer. | CLOSED",
                "The server returned an invalid or unrecognized response. | UNREADABLE",
                "Received an invalid header line: 'X-Feed ok'. | UNREADABLE",
                "Received an invalid status line: 'hello'. | UNREADABLE",
                "The HTTP response headers length exceeded the set limit of 65536 bytes. | UNREADABLE",
                "The server committed a protocol violation. Section=ResponseHeader | UNREADABLE",
                // curl
                "Operation timed out after 5001 milliseconds with 0 bytes received | TIMED_OUT",
                "Empty reply from server | CLOSED",
                "Recv failure: Connection reset by peer | CLOSED",
                "transfer closed with 412 bytes remaining to read | CLOSED",
                "Weird server reply | UNREADABLE",
                "Header without colon | UNREADABLE",
                "Invalid Content-Length: value | UNREADABLE",
                "Nul byte in header | UNREADABLE",
                "Rejected 102400 bytes header (max is 102400)! | UNREADABLE",
                // this program
                "no answer within 30 s: timed out | TIMED_OUT",
                "connection reset or closed: Connection reset | CLOSED",
                "no answer: the connection was closed without an answer | CLOSED",
                "no answer: header longer than 64 KiB | UNREADABLE",
                "malformed HTTP answer: it begins with \"hello\" | UNREADABLE",
                // others
                "response headers are 43112 bytes long (38 Set-Cookie fields) | UNREADABLE",
                "malformed response header: field name must not begin with a space | UNREADABLE",
                "malformed HTTP response: invalid header line 'Keep-Alive timeout=5' | UNREADABLE",
                "unexpected HTTP status 503 | OTHER",
                "missing authorization header | OTHER",
                "request header is too large | OTHER",
                "`` | NONE"
            })
    void clientsWordsAreToldApart(String words, AnswerFault fault) {
        assertThat(AnswerFault.of(words)).isEqualTo(fault);
    }
}
