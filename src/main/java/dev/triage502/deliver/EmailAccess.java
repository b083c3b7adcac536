package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a request to Azure Communication Services says who sends it. */
interface EmailAccess {

    /** As HTTP writes dates: {@code Mon, 02 Feb 2026 02:40:00 GMT}. */
    DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    /** Puts the headers in. */
    void authorize(HttpRequest request, String body) throws NoAnswer;

    /** What an operator has to do where this is refused. */
    String advice();

    /** A text without the secret. */
    String scrub(String text);

    /** By the app's own identity. */
    static EmailAccess byIdentity(AccessTokens tokens) {
        return new EmailAccess() {
            @Override
            public void authorize(HttpRequest request, String body) throws NoAnswer {
                request.setHeader(
                        HttpHeaderName.AUTHORIZATION,
                        "Bearer "
                                + tokens.forChannel("https://communication.azure.com/.default")
                                        .value());
            }

            @Override
            public String advice() {
                return "grant the app's identity the role Communication and Email Service Owner on the resource";
            }

            @Override
            public String scrub(String text) {
                return text;
            }
        };
    }

    /** By an access key of the resource, which signs the request. */
    static EmailAccess byKey(SecretText key, Clock clock) {
        return new EmailAccess() {
            @Override
            public void authorize(HttpRequest request, String body) {
                URL url = request.getUrl();
                String date = HTTP_DATE.format(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
                String hash = base64(sha256(body));
                String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
                String signed = request.getHttpMethod() + "\n" + url.getFile() + "\n" + date + ";" + host + ";" + hash;
                request.setHeader(HttpHeaderName.fromString("x-ms-date"), date)
                        .setHeader(HttpHeaderName.fromString("x-ms-content-sha256"), hash)
                        .setHeader(
                                HttpHeaderName.AUTHORIZATION,
                                "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                                        + base64(hmac(key, signed)));
            }

            @Override
            public String advice() {
                return "set the access key of the resource again";
            }

            @Override
            public String scrub(String text) {
                return key.scrub(text);
            }
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(SecretText key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.value()), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
