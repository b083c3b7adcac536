package dev.triage502.store;

import dev.triage502.incident.ResourceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names that every store takes: no character that a table, a blob or a file system minds. */
final class StoreKeys {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private StoreKeys() {}

    /** A name for a gateway: the same whatever the spelling of its id. */
    static String ofGateway(ResourceId gateway) {
        UUID digest = UUID.nameUUIDFromBytes(gateway.key().getBytes(StandardCharsets.UTF_8));
        return "gateway-" + digest;
    }

    /** Whether it can be the id of an incident. */
    static boolean isSafe(String id) {
        return SAFE.matcher(id).matches();
    }

    /** @throws IllegalArgumentException if it cannot be a name */
    static String safe(String id) {
        if (!isSafe(id)) {
            throw new IllegalArgumentException("\"" + id + "\" cannot be a key: letters, digits, . _ and - only");
        }
        return id;
    }

    /** A name that comes before the names of what is older. */
    static String age(Instant moment) {
        return String.format(Locale.ROOT, "%013d", 9_999_999_999_999L - moment.toEpochMilli());
    }

    /** A name for an id among others by their age. */
    static String byAge(Instant moment, String id) {
        return age(moment) + "_" + safe(id);
    }

    /** The id in such a name. */
    static String withoutAge(String name) {
        return name.substring(name.indexOf('_') + 1);
    }
}
