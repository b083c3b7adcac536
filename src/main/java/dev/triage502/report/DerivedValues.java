package dev.triage502.report;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PlaceholderValues that follow from others: what stands behind a server by its id, an app's name by its host. */
final class DerivedValues {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Map<String, String> KINDS = Map.of(
            "virtualMachines", "vm",
            "virtualMachineScaleSets", "scale-set",
            "sites", "site",
            "containerApps", "container-app",
            "containerGroups", "container-group",
            "managedClusters", "cluster");

    private DerivedValues() {}

    static void addTo(Map<String, String> values) {
        ofMember(values);
        put(values, "new-pool-servers", renewed(values));
        put(values, "scheme", values.getOrDefault("protocol", "").toLowerCase(Locale.ROOT));
        if (values.getOrDefault("status", "").matches("[1-5]\\d\\d")) {
            put(values, "status-class", values.getOrDefault("status", "").charAt(0) + "xx");
        }
        put(values, "handshake-name", values.getOrDefault("uncovered-name", values.getOrDefault("host", "")));
        put(values, "power-now", powerNow(values));
        put(values, "new-port", values.getOrDefault("open-port", ""));
        put(values, "fqdn", servedName(values));
        String server = values.getOrDefault("server", "");
        if (!server.isBlank()) {
            values.put("asked-server", server);
        }
        if (AzureServiceDomains.of(server).isPresent()) {
            values.put("platform-name", "yes");
        }
        if (AzureServiceDomains.of(server)
                .filter(AzureServiceDomains.APP_SERVICE::equals)
                .isPresent()) {
            put(values, "site", server.substring(0, server.indexOf('.')));
        }
    }

    private static String powerNow(Map<String, String> values) {
        String power = values.getOrDefault("power", "");
        boolean off = power.equals("stopped") || power.equals("deallocated");
        if (values.containsKey("restarting") && !off) {
            return "restarting";
        }
        return power.equals("in-transition") ? "starting or stopping" : "stopped";
    }

    /** Several members are of one kind, as a rule; a scale set counts as one, whichever instances are meant. */
    private static void ofMember(Map<String, String> values) {
        List<ResourceId> members = PlaceholderValues.ids(values.getOrDefault("member-id", ""))
                .map(ResourceId::of)
                .toList();
        if (members.isEmpty()) {
            return;
        }
        ResourceId first = members.get(0);
        put(values, "backend-resource-group", first.resourceGroup());
        put(
                values,
                "member-ids",
                String.join(" ", members.stream().map(ResourceId::toString).toList()));
        String set = first.after("virtualMachineScaleSets");
        KINDS.forEach(
                (type, name) -> put(values, name, set.isEmpty() || type.endsWith("Sets") ? first.after(type) : ""));
    }

    /** What the pool holds with the addresses that answer now in place of those that are gone; empty where none is known. */
    private static String renewed(Map<String, String> values) {
        List<String> found = words(values, values.containsKey("addresses") ? "addresses" : "successors");
        List<String> gone = words(values, "servers");
        List<String> present = words(values, "pool-servers");
        if (found.isEmpty() || gone.isEmpty() || !present.containsAll(gone)) {
            return "";
        }
        return String.join(
                " ",
                Stream.concat(present.stream().filter(each -> !gone.contains(each)), found.stream())
                        .distinct()
                        .toList());
    }

    private static List<String> words(Map<String, String> values, String name) {
        return Stream.of(values.getOrDefault(name, "").split("[\\s,]+"))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** A name that the backend goes by: one that its certificate covers, else its own. */
    private static String servedName(Map<String, String> values) {
        return Stream.of("names", "server", "host")
                .flatMap(name ->
                        BLANKS.splitAsStream(values.getOrDefault(name, "").replace(',', ' ')))
                .filter(name -> name.matches("(?i)[a-z0-9.-]*[a-z][a-z0-9.-]*\\.[a-z]{2,}"))
                .findFirst()
                .orElse("");
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (!value.isBlank()) {
            values.putIfAbsent(name, value);
        }
    }
}
