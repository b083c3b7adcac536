package dev.triage502.function;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Did Slack send this request, and just now? Slack signs the time and the body, as it is sent, with the secret of the app. */
final class SlackSignature {

    /** Slack's own limit: whoever recorded a request may send it again for so long and no longer. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private static final String VERSION = "v0";

    private final String secret;

    SlackSignature(String secret) {
        this.secret = secret;
    }

    /**
     * Whether a request is Slack's.
     *
     * @param timestamp {@code X-Slack-Request-Timestamp}
     * @param signature {@code X-Slack-Signature}
     * @param body      the body as it came
     */
    boolean fits(String timestamp, String signature, byte[] body, Instant now) {
        return isNow(timestamp, now)
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        of(timestamp, body).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isNow(String timestamp, Instant now) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sent, now).abs().compareTo(OLDEST) <= 0;
    }

    private String of(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((VERSION + ":" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "SlackSignature";
    }
}
