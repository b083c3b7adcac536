package dev.triage502.deliver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a message as Standard Webhooks says, so that its receiver knows who sent it, that it is whole, and whether it came
 * before: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
 */
final class WebhookSignature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;

    private final List<SecretText> keys;

    /** @param keys the key in use, and others whose receivers have not changed it yet; none for a message without a signature */
    WebhookSignature(List<SecretText> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The key that a text is, {@code whsec_} and 24 to 64 bytes in base64; nothing if it is none. */
    static Optional<SecretText> key(String text) {
        try {
            int bytes = Base64.getDecoder().decode(text.replaceFirst("^" + PREFIX, "")).length;
            boolean right = text.startsWith(PREFIX) && bytes >= SHORTEST_KEY && bytes <= LONGEST_KEY;
            return right ? Optional.of(new SecretText(text)) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /**
     * The headers of a message.
     *
     * @param id   the same each time that the message is tried
     * @param body as it is sent, byte for byte
     */
    Map<String, String> headers(String id, Instant now, String body) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        // What is signed is divided by full stops, so none may be in it.
        String whole = id.replace('.', '_');
        String time = String.valueOf(now.getEpochSecond());
        String signed = whole + "." + time + "." + body;
        String signatures = keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
        return Map.of("webhook-id", whole, "webhook-timestamp", time, "webhook-signature", signatures);
    }

    private static String hmac(SecretText key, String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.value().substring(PREFIX.length())), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is in every Java", impossible);
        }
    }
}
