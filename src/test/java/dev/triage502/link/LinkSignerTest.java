package dev.triage502.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was signed can be read and not changed. */
class LinkSignerTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String NEXT = "fedcba9876543210fedcba9876543210";
    private static final LinkGrant GRANT =
            new LinkGrant("agw-prod-20260302T0814-8524fd", Instant.parse("2026-03-09T08:14:31Z"), 3);

    private final LinkSigner signer = new LinkSigner(List.of(SECRET));
    private final String token = signer.sign(GRANT);

    @Test
    void readsWhatItSigned() {
        assertThat(token).matches("[A-Za-z0-9_-]{64,160}");
        assertThat(signer.read(token)).contains(GRANT);
    }

    @Test
    void anyOtherBitIsNoToken() {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(signer.read(encoded(changed))).as("bit " + bit).isEmpty();
        }
    }

    @Test
    void anyOtherSpellingIsNoToken() {
        for (int length = 0; length < token.length(); length++) {
            assertThat(signer.read(token.substring(0, length)))
                    .as("length " + length)
                    .isEmpty();
        }
        for (String other : List.of(
                token + "=", token + "A", " " + token, token + "\n", token.replace('-', '+'), "x".repeat(100_000))) {
            assertThat(
                            other.equals(token)
                                    ? List.of()
                                    : signer.read(other).stream().toList())
                    .isEmpty();
        }
        // The last character holds bits that decoding drops.
        char last = token.charAt(token.length() - 1);
        String twin = token.substring(0, token.length() - 1) + (char) (last + 1);
        assertThat(signer.read(twin)).isEmpty();
    }

    @Test
    void whatAnotherSecretSignedIsNoToken() {
        assertThat(new LinkSigner(List.of(NEXT)).read(token)).isEmpty();
    }

    @Test
    void whileTheSecretIsReplacedBothAreTaken() {
        LinkSigner both = new LinkSigner(List.of(NEXT, SECRET));

        assertThat(both.read(token)).contains(GRANT);
        assertThat(new LinkSigner(List.of(NEXT)).read(both.sign(GRANT))).contains(GRANT);
    }

    @Test
    void theSecretIsNotInIt() {
        byte[] bytes = Base64.getUrlDecoder().decode(token);

        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET, "0123456789");
        assertThat(signer.sign(new LinkGrant(GRANT.incident(), GRANT.expires(), 4)))
                .isNotEqualTo(token);
    }

    @Test
    void nothingThatIsMadeUpIsTaken() {
        Random random = new Random(502);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[46 + random.nextInt(60)];
            random.nextBytes(bytes);
            byte[] tail = Base64.getUrlDecoder().decode(token);
            System.arraycopy(tail, 32, bytes, 32, Math.min(bytes.length, tail.length) - 32);

            assertThat(signer.read(encoded(bytes))).isEmpty();
        }
        assertThat(signer.read(encoded(Arrays.copyOf(new byte[32], 60)))).isEmpty();
    }

    @Test
    void withoutASecretNothingIsSigned() {
        assertThatThrownBy(() -> new LinkSigner(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
