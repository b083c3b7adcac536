package dev.triage502.diagnosis.cause;

/** Azure's texts about the backend's TLS, and what TLS clients see, for tests. */
final class TlsScenes {

    static final String EXPIRED = "Backend certificate is invalid. Current date is not within the \"Valid from\" and"
            + " \"Valid to\" date range on the certificate.";
    static final String REVOKED =
            "The validity of the backend certificate could not be verified. To find out the reason,"
                    + " check OpenSSL diagnostics for the message associated with error code 23";
    static final String ISSUER = REVOKED.replace("code 23", "code 20");
    static final String INVALID =
            "Backend certificate has been marked invalid. Either the certificate is not within its validity period, or"
                    + " it has been revoked by the issuing authority, or there is a problem with the certificate chain.";
    static final String NAME = "The Common Name of the leaf certificate presented by the backend server does not match"
            + " the Probe or Backend Setting hostname of the application gateway.";
    static final String CHAIN = "The Intermediate certificate is missing from the certificate chain presented by the"
            + " backend server. Ensure the certificate chain is complete and correctly ordered on the backend server.";
    static final String UNTRUSTED = "The backend Server certificate is not signed by a well-known Certificate"
            + " Authority (CA). To use unknown CA certificates, its Root certificate must be uploaded to the Backend"
            + " Setting of the application gateway.";
    static final String NOT_ALLOWLISTED = "Backend server certificate is not allowlisted with Application Gateway.";
    static final String ROOT = "The root certificate of the server certificate used by the backend doesn't match the"
            + " trusted root certificate added to the application gateway. Ensure that you add the correct root"
            + " certificate to allowlist the backend.";
    static final String CONNECTION_ERROR = "HTTPS probe connection error. Check if backend server certificate is"
            + " whitelisted. Check for backend certificate validity.";
    static final String SUCCESS = "Success. Received 200 status code";

    private TlsScenes() {}

    /** A handshake with 10.0.3.4 that asked for the shop's name and was shown a certificate of these fields. */
    static String shown(String fields) {
        return "{'target':'10.0.3.4','scheme':'https','host':'shop.example.com','path':'/','status':200,'tls':{"
                + "'subject':'CN=shop.example.com'," + fields + "}}";
    }

    /** A certificate that is good in every respect; fields given twice count as given last. */
    static String good(String fields) {
        return shown("'san':['shop.example.com'],'issuer':'CN=Issuing CA','notBefore':'2025-06-01T00:00:00Z',"
                + "'notAfter':'2026-06-01T00:00:00Z','chain':['CN=shop.example.com','CN=Issuing CA'],'verified':true"
                + (fields.isEmpty() ? "" : "," + fields));
    }

    /** A handshake with 10.0.3.4 that was broken off. */
    static String brokenOff(String words) {
        return "{'target':'10.0.3.4','scheme':'https','host':'shop.example.com','path':'/','tls':{'error':'" + words
                + "'}}";
    }
}
