package dev.triage502.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRedactionTest {

    static Stream<CanarySecret> canaries() {
        return Arrays.stream(CanarySecret.values());
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void aSecretGoesAndItsNameStays(CanarySecret canary) {
        String clean = SecretRedaction.of(canary.text());

        assertThat(clean)
                .doesNotContain(canary.secret())
                .contains(SecretRedaction.GONE)
                .contains(canary.stays());
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void whereverItStands(CanarySecret canary) {
        assertThat(SecretRedaction.of("Azure said: \"" + canary.text() + "\" (twice)\n" + canary.text() + " and more"))
                .doesNotContain(canary.secret())
                .startsWith("Azure said: \"");
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void alsoInJsonAndInJsonAsTextInJson(CanarySecret canary) {
        JsonObject inner = new JsonObject();
        inner.addProperty("said", canary.text());
        JsonObject outer = new JsonObject();
        outer.addProperty("body", inner.toString());

        assertThat(SecretRedaction.of(inner.toString())).doesNotContain(canary.secret());
        assertThat(SecretRedaction.of(outer.toString())).doesNotContain(canary.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic authentication is off.",
                "AuthorizationFailed: The client 'x' with object id 'y' does not have authorization to perform action"
                        + " 'Microsoft.Network/applicationGateways/read'",
                "Code: Forbidden, status code=502, statusCode: 403, Code=AuthorizationFailed, code=AuthorizationFailed",
                "the key vault secret https://kv-shop.vault.azure.net/secrets/shop-cert",
                "/subscriptions/8d3f1b2a-0c4e-4b6d-9a51-7e2f3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip",
                "az network application-gateway probe update -g rg --gateway-name agw -n probe --path /health?full=1",
                "az network vnet peering sync -g rg --vnet-name vnet -n to-spoke --query \"[?key=='x'].{name:name}\"",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                "Cookie-based affinity is on: cookie ApplicationGatewayAffinity",
                "expired token, wrong password, public key and signature algorithm SHA256withRSA",
                "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----",
                ""
            })
    void whatIsNoSecretStays(String text) {
        assertThat(SecretRedaction.of(text)).isEqualTo(text);
    }

    @Test
    void aTextThatIsCleanIsLeftAlone() {
        for (CanarySecret canary : CanarySecret.values()) {
            String once = SecretRedaction.of(canary.text());
            assertThat(SecretRedaction.of(once)).isEqualTo(once);
        }
    }

    /** A pattern that looks at a character again and again would not end within the life of the test. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "eyJ",
                "eyJaaaaaaaa.",
                "A1",
                "password",
                "password=",
                "\"password\":\"",
                "\\\"key\\\":\\\"",
                "cookie:",
                "://a:",
                "bearer ",
                "sig=\"",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN ",
                "x@",
                "gh",
                "AzFu",
                "\\",
                " ",
                "key='",
                "\"password\":\"\\\""
            })
    void aLongTextOfAnythingIsNoTrouble(String piece) {
        String text = piece.repeat(200_000 / piece.length());

        assertThatCode(() -> SecretRedaction.of(text)).doesNotThrowAnyException();
        assertThatCode(() -> SecretRedaction.of(piece + "a".repeat(200_000))).doesNotThrowAnyException();
        assertThatCode(() -> SecretRedaction.of("\"password\": \"" + text)).doesNotThrowAnyException();
    }
}
