package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces subscriptions' ids and host names by others, the same by the same. A host name is replaced label by label, so
 * that a host stays in its zone, a wildcard covers what it covered, and an app's resource stays called as its host is;
 * what the ending says of the service (an App Service, a private link) stays, for causes rest on it.
 */
final class NameMasking implements EvidenceRedactor.Change {

    /** Fields that hold host names. */
    private static final Set<String> HOLDERS = Set.of(
            "fqdn",
            "host",
            "hostname",
            "hostnames",
            "originalhost",
            "defaulthostname",
            "enabledhostnames",
            "address",
            "target",
            "sni",
            "sniname",
            "san",
            "cname",
            "latestrevisionfqdn",
            "subject",
            "issuer",
            "chain",
            "defaultdomain");

    private static final List<String> SERVICES = List.of(
            "azurewebsites.net",
            "azurewebsites.us",
            "chinacloudsites.cn",
            "azurecontainerapps.io",
            "azurecontainerapps.us",
            "windows.net",
            "azure.com",
            "azure.net",
            "azure-api.net",
            "azurefd.net",
            "azureedge.net",
            "trafficmanager.net",
            "azmk8s.io",
            "azurestaticapps.net",
            "usgovcloudapi.net",
            "chinacloudapi.cn",
            "windowsazure.com");

    /** Labels that say what a name is, and not whose. */
    private static final Set<String> TELLING = Set.of(
            "privatelink",
            "internal",
            "www",
            "scm",
            "blob",
            "web",
            "core",
            "file",
            "table",
            "queue",
            "vault",
            "database",
            "dfs",
            "cloudapp",
            "local",
            "*",
            "@");

    private static final Pattern HOST = Pattern.compile("(?:\\*|[A-Za-z0-9_-]+)(?:\\.[A-Za-z0-9_-]+)+");
    private static final Pattern SUBSCRIPTION =
            Pattern.compile("(?i)/subscriptions/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final Pattern SITE = Pattern.compile("(?i)(/sites/)([^/]+)");
    private static final Pattern ZONE = Pattern.compile("(?i)/privateDnsZones/([^/]+)");
    private static final Pattern RECORD = Pattern.compile("(?i)(/privateDnsZones/[^/]+/(?:A|AAAA|CNAME)/)([^/]+)");

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<ArmName, String> subscriptions = new LinkedHashMap<>();
    private final Set<String> domains = new HashSet<>();

    NameMasking(ResourceId gateway, SourceDocuments documents) {
        learn(gateway.toString());
        for (Source source : Source.values()) {
            documents.get(source).toOptional().ifPresent(document -> learn("", document));
        }
    }

    @Override
    public boolean drops(JsonObject in, String name) {
        return false;
    }

    /** A resource that is called as its id ends stays called so: a record of a zone, an app. */
    @Override
    public String text(JsonObject in, String name, String text) {
        String id = name.equals("name") ? ResourceReferences.idOf(in).toString() : "";
        return id.regionMatches(true, id.length() - text.length() - 1, "/" + text, 0, text.length() + 1)
                ? ResourceId.of(hide(id)).name()
                : hide(text);
    }

    /** A text without the names. */
    String hide(String text) {
        String hidden = text;
        for (Map.Entry<ArmName, String> each : subscriptions.entrySet()) {
            hidden = hidden.replaceAll("(?i)" + each.getKey(), each.getValue());
        }
        hidden = HOST.matcher(hidden).replaceAll(found -> Matcher.quoteReplacement(hideHost(found.group())));
        hidden = SITE.matcher(hidden).replaceAll(this::hideSegment);
        return RECORD.matcher(hidden).replaceAll(this::hideSegment);
    }

    /** A segment of an id that is a host's first labels. */
    private String hideSegment(MatchResult found) {
        return Matcher.quoteReplacement(
                found.group(1) + each(List.of(found.group(2).split("\\."))));
    }

    private void learn(String name, JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> learn(name, each));
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> learn(entry.getKey(), entry.getValue()));
        } else if (element.isJsonPrimitive()) {
            String text = element.getAsString();
            learn(text);
            if (HOLDERS.contains(name.toLowerCase(Locale.ROOT).replaceFirst("_s$", ""))) {
                HOST.matcher(text).results().map(MatchResult::group).forEach(this::learnHost);
            }
        }
    }

    private void learn(String text) {
        Matcher subscription = SUBSCRIPTION.matcher(text);
        while (subscription.find()) {
            subscriptions.computeIfAbsent(
                    ArmName.of(subscription.group(1)),
                    key -> String.format("00000000-0000-0000-0000-%012d", subscriptions.size() + 1));
        }
        Matcher zone = ZONE.matcher(text);
        while (zone.find()) {
            learnHost(zone.group(1));
        }
    }

    /** A host makes known the domains that it is in, down to two labels. */
    private void learnHost(String host) {
        if (host.chars().noneMatch(Character::isLetter)) {
            return; // an address
        }
        for (String at = HostName.of(host).inLowerCase(); at.indexOf('.') > 0; at = at.substring(at.indexOf('.') + 1)) {
            domains.add(at);
        }
    }

    private String hideHost(String host) {
        HostName name = HostName.of(host);
        String lower = name.inLowerCase();
        boolean known = domains.contains(lower)
                || lower.indexOf('.') > 0 && domains.stream().anyMatch(domain -> lower.endsWith("." + domain));
        if (!known) {
            return host;
        }
        String kept = SERVICES.stream()
                .filter(service -> name.isBelow(HostName.of(service)))
                .findFirst()
                .orElseGet(() -> lower.substring(lower.lastIndexOf('.') + 1));
        if (lower.equals(kept)) {
            return host;
        }
        String before = name.before(HostName.of(kept)).orElseThrow();
        return each(List.of(before.split("\\."))) + "." + kept;
    }

    private String each(List<String> parts) {
        List<String> hidden = new ArrayList<>();
        parts.forEach(part -> hidden.add(label(part)));
        return String.join(".", hidden);
    }

    private String label(String label) {
        String lower = HostName.of(label).inLowerCase();
        return TELLING.contains(lower) ? label : labels.computeIfAbsent(lower, key -> "name" + (labels.size() + 1));
    }
}
