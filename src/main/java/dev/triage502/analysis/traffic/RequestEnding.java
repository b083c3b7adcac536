package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;

/** How did a failed request end, as far as the log tells? Two faults on one server can leave different endings. */
public enum RequestEnding {
    /** No server was tried: the gateway had none left, or refused the request itself. */
    NO_SERVER,
    /** The server did not answer in time. */
    TIMED_OUT,
    /** The server closed the connection before its answer was complete. */
    CLOSED,
    /** The server answered, with an error or with something that the gateway could not use. */
    ANSWERED,
    /** A server was tried, and the log does not say what became of the request. */
    UNKNOWN;

    /** How the request of a row ended. */
    public static RequestEnding of(Row row) {
        if (row.serverAddress().isEmpty()) {
            return NO_SERVER;
        }
        if (row.errorInfo() == ErrorInfo.TIMED_OUT) {
            return TIMED_OUT;
        }
        if (row.errorInfo() == ErrorInfo.CLOSED_CONNECTION) {
            return CLOSED;
        }
        return row.maker() == Maker.GATEWAY ? UNKNOWN : ANSWERED;
    }
}
