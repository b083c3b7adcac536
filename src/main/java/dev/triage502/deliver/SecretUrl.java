package dev.triage502.deliver;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A URL that is a secret, as those of webhooks are: whoever has it can post. Prints as its scheme and host. */
public final class SecretUrl {

    private static final String GONE = "…";

    /** Shorter parts of a URL are words such as {@code api} or {@code hook}. */
    private static final int SHORTEST_SECRET = 6;

    private final URI uri;

    public SecretUrl(URI uri) {
        this.uri = uri;
    }

    /** The URL that a text is: https, without a password in it, and not of the platform's own addresses. Plain HTTP is for receivers on this machine alone. */
    static Optional<SecretUrl> parse(String text) {
        try {
            URI uri = URI.create(text);
            boolean https = "https".equalsIgnoreCase(uri.getScheme());
            boolean right = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && !ForbiddenAddress.isWritten(uri.getHost())
                    && (https || isPlainOnThisMachine(uri));
            return right ? Optional.of(new SecretUrl(uri)) : Optional.empty();
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    /** For the demo's receiver; anywhere else plain HTTP would show the secret to everybody on the way. */
    private static boolean isPlainOnThisMachine(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme())
                && List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
    }

    URI uri() {
        return uri;
    }

    /** A text in which no part of the URL after its host stands, whoever wrote the text. */
    String scrub(String text) {
        String clean = text.replace(uri.toString(), toString());
        for (String part : parts()) {
            clean = clean.replace(part, GONE);
        }
        return clean;
    }

    /** What of the URL must not be seen, the longest first. */
    private List<String> parts() {
        Stream<String> decoded = Stream.of(uri.getPath(), uri.getQuery());
        Stream<String> raw = Stream.of(uri.getRawPath(), uri.getRawQuery(), uri.getRawUserInfo());
        return Stream.concat(decoded, raw)
                .filter(part -> part != null)
                .flatMap(part -> Stream.concat(Stream.of(part), Arrays.stream(part.split("[/&=?]"))))
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretUrl && ((SecretUrl) other).uri.equals(uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    /** {@code https://hooks.example.com/…} */
    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + "/" + GONE;
    }
}
