package dev.triage502.evidence;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What went wrong with an answer, by the error message of the HTTP client that waited for it?
 *
 * <p>The messages are those of curl and of Go, Java, Node, Python and .NET clients. Timeouts and closed connections are
 * looked for first: many of their messages name the header, the parser or the end of the body as well.
 */
public enum AnswerFault {
    /** No answer, or no complete answer, within the client's time. */
    TIMED_OUT("timed[ -]?out\\b|time[ -]out\\b", "timeout(?!=)", "deadline exceeded"),
    /** The connection ended before the answer was complete. */
    CLOSED(
            "\\bclosed\\b",
            "closed_connection",
            "\\beof",
            "econnreset|epipe|connection reset|reset by peer|broken pipe",
            "end of file",
            "unexpected end\\b",
            "end of stream",
            "premature",
            "no bytes",
            "bytes received",
            "bytes remaining",
            "incomplete ?read",
            "empty reply",
            "without (?:a |sending a )?response",
            "failed to respond",
            "hang up|hung up",
            "disconnected",
            "^(?:typeerror: )?terminated$"),
    /** The answer is not valid HTTP/1.1, or its headers are longer than a client accepts. */
    UNREADABLE(
            "malformed",
            "pars(?:e|ing) error|hpe_|(?:cannot|can't|could not|failed to|unable to) parse",
            "(?:invalid|illegal|bad) (?:http|header|response header|status line|content-length|transfer-encoding)",
            "badstatusline|unexpected status line|invalid or unrecognized response|weird server reply",
            "protocol (?:error|violation)|does not match the http",
            "header without colon|byte in header|headers? overflow|too (?:many|large|long)(?: response)? headers?",
            "(?<!request )headers? (?:are|is|length|exceeded|longer|larger|too)\\b.*(?:\\d|long|large|many)",
            "\\d bytes header|(?:reading|more than \\d+) header",
            "content-length (?:contained|mismatch|is|does|differs|header)"),
    /** Words that are not known. */
    OTHER,
    /** No words. */
    NONE;

    private final List<Pattern> words;

    AnswerFault(String... words) {
        this.words = List.of(words).stream()
                .map(each -> Pattern.compile(each, Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** What a client's error message reports: the first in the order above. */
    public static AnswerFault of(String message) {
        for (AnswerFault fault : values()) {
            if (fault.words.stream().anyMatch(each -> each.matcher(message).find())) {
                return fault;
            }
        }
        return message.isBlank() ? NONE : OTHER;
    }
}
