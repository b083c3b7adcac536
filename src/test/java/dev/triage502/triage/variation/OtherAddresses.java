package dev.triage502.triage.variation;

import dev.triage502.collect.RecordedCase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Other host names under the endings that mean something, and other addresses with the same prefixes in common. */
public final class OtherAddresses {

    private static final Pattern HOST = Pattern.compile(
            "(?<![\\w/.@-])(?:\\*\\.)?(?:[a-z0-9_-]+\\.)+[a-z]{2,}(?![\\w/-])", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL = Pattern.compile("(https?://)((?:[a-z0-9_-]+\\.)+[a-z]{2,})((?:[:/].*)?)");

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\d.])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(/\\d{1,2})?(?![\\d.])");

    /** Domains of Azure's and of those that gateways have to reach: their names stay. */
    private static final List<String> KEPT = List.of(
            "aka.ms",
            "microsoft.com",
            "digicert.com",
            "github.io",
            "github.com",
            "windows.net",
            "azure.net",
            "azure-api.net",
            "vault.azure.net",
            "letsencrypt.org",
            "azure.com",
            "k8s.io",
            "svc.cluster.local");

    /** Endings under which customers choose one or more labels. */
    private static final Pattern SHARED = Pattern.compile(
            "(?i)(.+?)\\.((?:(?:scm|privatelink)\\.)*(?:azurewebsites\\.(?:net|us)|appserviceenvironment\\.(?:net|us)"
                    + "|chinacloudsites\\.cn|[a-z0-9]+\\.azurecontainerapps\\.(?:io|us|cn)"
                    + "|(?:blob|web|z\\d+\\.web|file|core)?\\.?core\\.windows\\.net|azure-api\\.net|[a-z0-9]+\\.cloudapp\\.azure\\.com))");

    private static final Set<String> PLAIN = Set.of("www", "localhost", "scm", "privatelink", "internal", "*", "@");

    private final Map<String, String> labels = new HashMap<>();

    private final Set<String> records = new HashSet<>();

    private OtherAddresses() {}

    public static Variation of(RecordedCase incident) {
        OtherAddresses other = new OtherAddresses();
        // Records stand by their own names as well, and may do so before the id that tells what they are.
        Variation.each(incident.documents(), (source, read) -> JsonTree.mapped(read, other::text));
        return Variation.of(
                incident,
                Variation.each(incident.documents(), (source, read) -> JsonTree.mapped(read, other::text)),
                text -> other.text("", text));
    }

    private String text(String key, String text) {
        if (text.toLowerCase(Locale.ROOT).contains("/privatednszones/")) {
            return zoned(text);
        }
        if (key.equals("name") && records.contains(text.toLowerCase(Locale.ROOT))) {
            return labels(text);
        }
        Matcher address = URL.matcher(text);
        if (address.matches()) {
            return address.group(1) + host(address.group(2)) + address.group(3);
        }
        String moved = ADDRESS.matcher(text).replaceAll(OtherAddresses::address);
        boolean names = !key.equalsIgnoreCase("UserAgent") && !text.startsWith("Microsoft.") && !text.startsWith("/");
        return names ? HOST.matcher(moved).replaceAll(found -> Matcher.quoteReplacement(host(found.group()))) : moved;
    }

    /** The ids of zones and of their records hold names of hosts. */
    private String zoned(String id) {
        String[] parts = id.split("/", -1);
        for (int i = 1; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("privateDnsZones")) {
                parts[i + 1] = host(parts[i + 1]);
            } else if (parts[i].equalsIgnoreCase("A")) {
                records.add(parts[i + 1].toLowerCase(Locale.ROOT));
                parts[i + 1] = labels(parts[i + 1]);
            }
        }
        return String.join("/", parts);
    }

    private String host(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        Matcher shared = SHARED.matcher(lower);
        if (shared.matches()) {
            return labels(shared.group(1)) + "." + shared.group(2);
        }
        if (KEPT.stream().anyMatch(kept -> lower.equals(kept) || lower.endsWith("." + kept))
                || SHARED.matcher("x." + lower).matches()) {
            return host;
        }
        int last = lower.lastIndexOf('.');
        return last < 0 ? labels(lower) : labels(lower.substring(0, last)) + lower.substring(last);
    }

    private String labels(String dotted) {
        return Stream.of(dotted.toLowerCase(Locale.ROOT).split("\\."))
                .map(label -> PLAIN.contains(label)
                        ? label
                        : labels.computeIfAbsent(label, unused -> "h" + Integer.toString(1300 + labels.size(), 36)))
                .collect(Collectors.joining("."));
    }

    /** Private ranges trade places inside their range; those set aside for documents become ordinary public ones. */
    private static String address(MatchResult found) {
        int one = Integer.parseInt(found.group(1));
        int two = Integer.parseInt(found.group(2));
        int three = Integer.parseInt(found.group(3));
        int length =
                found.group(5) == null ? 32 : Integer.parseInt(found.group(5).substring(1));
        int mask;
        if (one == 10) {
            mask = 0x00b45800;
        } else if (one == 172 && two >= 16 && two < 32) {
            mask = 0x00092600;
        } else if (one == 192 && two == 168) {
            mask = 0x00003500;
        } else if (one == 203 && two == 0 && three == 113) {
            mask = 0xdf331900;
        } else if (one == 198 && two == 51 && three == 100) {
            mask = 0xf26f4100;
        } else {
            return found.group();
        }
        if (length < 32) {
            mask &= length == 0 ? 0 : -1 << (32 - length);
        }
        return (one ^ (mask >>> 24)) + "." + (two ^ (mask >>> 16 & 255)) + "." + (three ^ (mask >>> 8 & 255)) + "."
                + found.group(4) + (found.group(5) == null ? "" : found.group(5));
    }
}
