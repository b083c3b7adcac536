package dev.triage502.evidence;

/** What a backend-health text says that the gateway's probe met. */
public enum ProbeFailure {
    /** The probe passed. */
    NONE,
    /** No connection; the text lists what might be (rules, routes, port). It only suggests. */
    CANNOT_CONNECT,
    /** No answer in time. A dropped packet, a stopped machine and a slow page leave the same text. */
    TIMED_OUT,
    /** A status outside the accepted ones was received: measured. */
    STATUS_MISMATCH,
    /** The body lacked the wanted text: measured. */
    BODY_MISMATCH,
    /** The member's name could not be resolved, so that no probe was made. */
    NAME_UNRESOLVED,
    /** The certificate's name is not the host's: measured. */
    CERTIFICATE_NAME,
    /** The certificate is outside its dates (on v1 also printed when no cipher was shared). */
    CERTIFICATE_EXPIRED,
    /** The certificate was revoked. */
    CERTIFICATE_REVOKED,
    /** An intermediate or the leaf is missing, or the order is wrong: measured. */
    CERTIFICATE_CHAIN,
    /** The certificate's root or authority is not trusted: measured. */
    CERTIFICATE_UNTRUSTED,
    /** The root does not match the one uploaded; also printed when the chain is incomplete. */
    CERTIFICATE_ROOT_MISMATCH,
    /** The certificate of an issuer was neither sent nor known: the chain is broken, or its root is not trusted. */
    CERTIFICATE_ISSUER_NOT_FOUND,
    /** Dates, revocation or chain: an older text that names all three, or a check that failed in a way not known. */
    CERTIFICATE_INVALID,
    /** A TLS connection did not come about; the text says no more. */
    TLS_ERROR,
    /** The backend does not take the proxy-protocol header that the probe sends. */
    PROXY_PROTOCOL,
    /** The platform could not read the health at all. */
    NOT_RETRIEVED,
    /** A failure in words that are not known. */
    OTHER
}
