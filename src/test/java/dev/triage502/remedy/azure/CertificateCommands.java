package dev.triage502.remedy.azure;

import java.util.List;

/**
 * {@code root-cert}, {@code auth-cert} and {@code ssl-cert} of a gateway. What a file holds is not known, so a certificate
 * is told from others by its name and its file.
 */
final class CertificateCommands extends GatewayPartCommands {

    private CertificateCommands(String part, String collection) {
        super(
                part,
                collection,
                new Fields()
                        .with(
                                "--cert-file",
                                (certificate, command, option) ->
                                        certificate.set("data", "file:" + command.opaque(option)))
                        .text("--keyvault-secret", "keyVaultSecretId")
                        .text("--key-vault-secret-id", "keyVaultSecretId")
                        .text("--cert-password", "password"));
    }

    static List<CommandGroup> all() {
        return List.of(
                new CertificateCommands("root-cert", "trustedRootCertificates"),
                new CertificateCommands("auth-cert", "authenticationCertificates"),
                new CertificateCommands("ssl-cert", "sslCertificates"));
    }
}
