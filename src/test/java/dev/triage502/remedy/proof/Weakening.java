package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which protection is less after a change: a firewall that is passed by, a rule for everybody, a check switched off. */
final class Weakening {

    private Weakening() {}

    /** What is weaker, or an empty text. */
    static String between(SourceDocuments before, SourceDocuments after) {
        List<String> weaker = new ArrayList<>();
        routes(before, after, weaker);
        rules(before, after, weaker);
        if (unchecked(after) > unchecked(before)) {
            weaker.add("the backend's certificate is not checked");
        }
        return String.join("; ", weaker);
    }

    private static void routes(SourceDocuments before, SourceDocuments after, List<String> weaker) {
        Set<JsonObject> old = new HashSet<>(parts(before, "routeTables", "routes"));
        for (JsonObject table : resources(after, "routeTables")) {
            for (JsonObject route : children(table, "routes")) {
                if (old.contains(route) || appliance(route)) {
                    continue;
                }
                for (JsonObject tableBefore : resources(before, "routeTables")) {
                    if (!ProbeQuestion.text(tableBefore, "id").equalsIgnoreCase(ProbeQuestion.text(table, "id"))) {
                        continue;
                    }
                    children(tableBefore, "routes").stream()
                            .filter(Weakening::appliance)
                            .filter(each -> covers(prefix(each), prefix(route)))
                            .findFirst()
                            .ifPresent(each -> weaker.add("traffic to " + prefix(route)
                                    + " no longer passes the appliance of route " + ProbeQuestion.text(each, "name")));
                }
            }
        }
    }

    private static void rules(SourceDocuments before, SourceDocuments after, List<String> weaker) {
        Set<JsonObject> old = new HashSet<>(parts(before, "networkSecurityGroups", "securityRules"));
        for (JsonObject rule : parts(after, "networkSecurityGroups", "securityRules")) {
            JsonObject fields = rule.getAsJsonObject("properties");
            if (!old.contains(rule)
                    && ProbeQuestion.text(fields, "access").equalsIgnoreCase("Allow")
                    && ProbeQuestion.text(fields, "direction").equalsIgnoreCase("Inbound")
                    && List.of("*", "internet", "0.0.0.0/0", "any")
                            .contains(ProbeQuestion.text(fields, "sourceAddressPrefix")
                                    .toLowerCase(Locale.ROOT))) {
                weaker.add("rule " + ProbeQuestion.text(rule, "name") + " lets everybody in");
            }
        }
    }

    private static int unchecked(SourceDocuments documents) {
        return documents
                .get(Source.GATEWAY)
                .toOptional()
                .map(each -> each.toString().split("\"validateCertChainAndExpiry\":false", -1).length
                        + each.toString().split("\"validateSNI\":false", -1).length)
                .orElse(0);
    }

    private static boolean appliance(JsonObject route) {
        return ProbeQuestion.text(route.getAsJsonObject("properties"), "nextHopType")
                .equalsIgnoreCase("VirtualAppliance");
    }

    private static String prefix(JsonObject route) {
        return ProbeQuestion.text(route.getAsJsonObject("properties"), "addressPrefix");
    }

    /** Whether the one IPv4 prefix holds the other; a service tag holds nothing but itself. */
    static boolean covers(String wide, String narrow) {
        Optional<long[]> outer = range(wide);
        Optional<long[]> inner = range(narrow);
        return outer.isPresent()
                && inner.isPresent()
                && outer.get()[0] <= inner.get()[0]
                && inner.get()[1] <= outer.get()[1];
    }

    private static Optional<long[]> range(String prefix) {
        if (!prefix.matches("\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?")) {
            return Optional.empty();
        }
        String[] parts = prefix.split("/");
        long address = 0;
        for (String each : parts[0].split("\\.")) {
            address = address * 256 + Long.parseLong(each);
        }
        int bits = parts.length == 1 ? 32 : Integer.parseInt(parts[1]);
        long size = 1L << (32 - bits);
        long first = address / size * size;
        return Optional.of(new long[] {first, first + size - 1});
    }

    private static List<JsonObject> parts(SourceDocuments documents, String kind, String list) {
        List<JsonObject> all = new ArrayList<>();
        resources(documents, kind).forEach(each -> all.addAll(children(each, list)));
        return all;
    }

    private static List<JsonObject> resources(SourceDocuments documents, String kind) {
        return documents
                .get(Source.NETWORK)
                .toOptional()
                .filter(JsonObject.class::isInstance)
                .map(each -> objects(each.getAsJsonObject().get(kind)))
                .orElse(List.of());
    }

    private static List<JsonObject> children(JsonObject resource, String list) {
        return resource.get("properties") instanceof JsonObject properties
                ? objects(properties.get(list)).stream()
                        .filter(each -> each.has("properties"))
                        .toList()
                : List.of();
    }

    private static List<JsonObject> objects(@org.jspecify.annotations.Nullable JsonElement element) {
        List<JsonObject> all = new ArrayList<>();
        if (element instanceof JsonArray array) {
            array.forEach(each -> {
                if (each instanceof JsonObject object) {
                    all.add(object);
                }
            });
        }
        return all;
    }
}
