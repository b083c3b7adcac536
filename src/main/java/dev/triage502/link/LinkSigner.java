package dev.triage502.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes what a link allows as a token for an address, and reads it again. A token is base64url of an HMAC-SHA256 and what it
 * is over: version, purpose, expiry, series and the incident's id. All of that can be read by whoever has the token, and none
 * of it can be changed. The secret is not in it.
 */
public final class LinkSigner {

    /** Others may sign with the same secret: what they sign must not be a token. */
    private static final byte[] DOMAIN = "triage502 incident link\0".getBytes(StandardCharsets.UTF_8);

    private static final byte VERSION = 1;
    private static final byte SEES_ONE_INCIDENT = 'i';

    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = 2 + Long.BYTES + Integer.BYTES;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{64,400}");

    private final List<byte[]> secrets;

    /**
     * Signs with the first of the secrets, and takes what any of them signed: so the secret can be replaced while links that
     * the one before it signed still open.
     */
    public LinkSigner(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no secret");
        }
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The token for a grant: letters, digits, {@code -} and {@code _}. */
    public String sign(LinkGrant grant) {
        byte[] id = grant.incident().getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(HEAD_BYTES + id.length)
                .put(VERSION)
                .put(SEES_ONE_INCIDENT)
                .putLong(grant.expires().getEpochSecond())
                .putInt(grant.series())
                .put(id)
                .array();
        byte[] token = ByteBuffer.allocate(MAC_BYTES + payload.length)
                .put(mac(secrets.get(0), payload))
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** What a token allows if it was signed here, expired or not; empty for anything else. */
    public Optional<LinkGrant> read(String token) {
        return bytes(token).flatMap(bytes -> {
            byte[] payload = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
            return isSigned(Arrays.copyOf(bytes, MAC_BYTES), payload) ? grant(payload) : Optional.empty();
        });
    }

    /** One grant has one spelling: bits that decoding drops must be zero. */
    private static Optional<byte[]> bytes(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            boolean same = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes)
                    .equals(token);
            return same && bytes.length > MAC_BYTES + HEAD_BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Tries every secret, so that the time it takes shows neither which one fits nor how far. */
    private boolean isSigned(byte[] mac, byte[] payload) {
        boolean signed = false;
        for (byte[] secret : secrets) {
            signed |= MessageDigest.isEqual(mac, mac(secret, payload));
        }
        return signed;
    }

    private static Optional<LinkGrant> grant(byte[] payload) {
        ByteBuffer fields = ByteBuffer.wrap(payload);
        if (fields.get() != VERSION || fields.get() != SEES_ONE_INCIDENT) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(fields.getLong());
        int series = fields.getInt();
        String incident = new String(payload, HEAD_BYTES, payload.length - HEAD_BYTES, StandardCharsets.UTF_8);
        return Optional.of(new LinkGrant(incident, expires, series));
    }

    private static byte[] mac(byte[] secret, byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(DOMAIN);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
