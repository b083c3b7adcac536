package dev.triage502.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the access log tells of a request, besides its outcome: a value of one of these may set failed requests apart. */
public enum RequestDimension {
    /** The backend server that was tried, with its port. */
    SERVER,
    /** The gateway instance that took the request. */
    INSTANCE,
    /** The path without its query and without numbers and ids. */
    PATH,
    /** The HTTP method. */
    METHOD,
    /** The host name that the client asked for. */
    HOST,
    /** The HTTP version between client and gateway. */
    HTTP_VERSION,
    /** The TLS version between client and gateway; a request without TLS has none. */
    CLIENT_TLS,
    /** The size of the request in steps, such as {@code 100 KB to 1 MB}. */
    REQUEST_SIZE,
    /** The minute in which the request was logged, as an instant in ISO 8601. */
    MINUTE;

    /** The name in documents: {@code httpVersion}. */
    public String id() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        return words.length == 1
                ? words[0]
                : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }

    /** The dimension whose {@link #id()} this is, case aside. */
    public static Optional<RequestDimension> withId(String id) {
        return Stream.of(values())
                .filter(each -> each.id().equalsIgnoreCase(id))
                .findFirst();
    }
}
