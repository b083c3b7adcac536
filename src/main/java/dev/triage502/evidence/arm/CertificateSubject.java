package dev.triage502.evidence.arm;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** The subject of a certificate as ARM shows it: Base64 of its DER or PEM form. */
final class CertificateSubject {

    private CertificateSubject() {}

    /** The subject, such as {@code CN=corp-root,O=Corp}; empty where the text holds no certificate that can be read. */
    static String of(String data) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(data);
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes))
                            instanceof X509Certificate certificate
                    ? certificate.getSubjectX500Principal().getName()
                    : "";
        } catch (CertificateException | IllegalArgumentException e) {
            return ""; // a name that is not known is no reason to leave the gateway unread
        }
    }
}
