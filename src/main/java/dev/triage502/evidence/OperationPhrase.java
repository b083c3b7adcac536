package dev.triage502.evidence;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A control-plane operation in the portal's words: {@code ops@example.com changed NSG rule deny-all of nsg-app} for
 * {@code Microsoft.Network/networkSecurityGroups/securityRules/write}. It says no time: the report adds it.
 */
public final class OperationPhrase {

    /** What Azure calls a type, in lower case, and what the portal calls one of it. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("microsoft.network/applicationgateways", "gateway"),
            Map.entry("microsoft.network/applicationgatewaywebapplicationfirewallpolicies", "WAF policy"),
            Map.entry("microsoft.network/networksecuritygroups", "NSG"),
            Map.entry("microsoft.network/networksecuritygroups/securityrules", "NSG rule"),
            Map.entry("microsoft.network/virtualnetworks", "VNet"),
            Map.entry("microsoft.network/virtualnetworks/virtualnetworkpeerings", "peering"),
            Map.entry("microsoft.network/publicipaddresses", "public IP address"),
            Map.entry("microsoft.network/privatednszones", "private DNS zone"),
            Map.entry("microsoft.network/privatednszones/a", "A record"),
            Map.entry("microsoft.network/privatednszones/cname", "CNAME record"),
            Map.entry("microsoft.network/privatednszones/virtualnetworklinks", "virtual network link"),
            Map.entry("microsoft.network/virtualhubs/hubvirtualnetworkconnections", "VNet connection"),
            Map.entry("microsoft.network/azurefirewalls", "firewall"),
            Map.entry("microsoft.network/localnetworkgateways", "local network gateway"),
            Map.entry("microsoft.compute/virtualmachines", "VM"),
            Map.entry("microsoft.compute/virtualmachinescalesets", "scale set"),
            Map.entry("microsoft.compute/virtualmachinescalesets/virtualmachines", "instance"),
            Map.entry("microsoft.containerservice/managedclusters", "cluster"),
            Map.entry("microsoft.containerservice/managedclusters/agentpools", "node pool"),
            Map.entry("microsoft.web/sites", "app"),
            Map.entry("microsoft.web/sites/hostnamebindings", "custom domain"),
            Map.entry("microsoft.web/serverfarms", "App Service plan"),
            Map.entry("microsoft.apimanagement/service", "API Management service"),
            Map.entry("microsoft.keyvault/vaults", "key vault"));

    /** Types, or single resources of them, whose names say nothing to a reader: their holder is named in place of them. */
    private static final Map<String, String> OF_HOLDER = Map.of(
            "microsoft.web/sites/config", "the configuration of",
            "microsoft.web/sites/config/appsettings", "the app settings of",
            "microsoft.web/sites/config/authsettings", "the authentication settings of",
            "microsoft.web/sites/config/authsettingsv2", "the authentication settings of",
            "microsoft.keyvault/vaults/accesspolicies", "the access policies of");

    /** What was done, as said before the object. The participle is the same word. */
    private static final Map<String, Verb> VERBS = Map.ofEntries(
            Map.entry("write", new Verb("changed", "change")),
            Map.entry("delete", new Verb("deleted", "delete")),
            Map.entry("start", new Verb("started", "start")),
            Map.entry("activate", new Verb("activated", "activate")),
            Map.entry("stop", new Verb("stopped", "stop")),
            Map.entry("poweroff", new Verb("stopped", "stop")),
            Map.entry("deallocate", new Verb("stopped", "stop")),
            Map.entry("hibernate", new Verb("hibernated", "hibernate")),
            Map.entry("deactivate", new Verb("deactivated", "deactivate")),
            Map.entry("restart", new Verb("restarted", "restart")),
            Map.entry("reimage", new Verb("reimaged", "reimage")),
            Map.entry("reimageall", new Verb("reimaged", "reimage")),
            Map.entry("redeploy", new Verb("redeployed", "redeploy")),
            Map.entry("scale", new Verb("scaled", "scale")),
            Map.entry("performmaintenance", new Verb("maintained", "maintain")),
            Map.entry("manualupgrade", new Verb("upgraded", "upgrade")),
            Map.entry("rollingupgrades", new Verb("upgraded", "upgrade")),
            Map.entry("upgradenodeimageversion", new Verb("upgraded", "upgrade")),
            Map.entry("installpatches", new Verb("patched", "patch")));

    /** They delete the instances that their bodies name, and not the scale set or the node pool. */
    private static final List<String> REMOVALS_OF_INSTANCES = List.of(
            "Microsoft.Compute/virtualMachineScaleSets/delete/action",
            "Microsoft.ContainerService/managedClusters/agentPools/deleteMachines/action");

    /** What an ID is made of. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./()@*~-]*");

    private record Verb(String past, String plain) {}

    private final Operation operation;

    private OperationPhrase(Operation operation) {
        this.operation = operation;
    }

    public static OperationPhrase of(Operation operation) {
        return new OperationPhrase(operation);
    }

    /** A whole sentence without its full stop: who did what to what, and how it ended if it did not succeed. */
    public String sentence() {
        String object = object(operation.resource());
        if (OperationName.of(operation.name()).isOn("Microsoft.ResourceHealth")) {
            boolean over = OperationName.of(operation.name()).verb().equals("resolved");
            return "Azure Resource Health reported " + (over ? "the end of an event" : "an event") + " for " + object;
        }
        Verb verb = verb();
        boolean unknown = operation.caller().isEmpty();
        String did = switch (operation.outcome()) {
            case FAILED ->
                (unknown ? "an attempt to " : operation.caller() + " failed to ") + verb.plain() + " " + object
                        + (unknown ? " failed" : "")
                        + (operation.code().isEmpty() ? "" : " (" + operation.code() + ")");
            case STARTED -> done(verb, object, unknown) + " (in progress, or its end is not logged)";
            case SUCCEEDED -> done(verb, object, unknown);
        };
        return did;
    }

    private String done(Verb verb, String object, boolean unknown) {
        if (unknown && verb.past().startsWith("ran ")) {
            return verb.past().substring("ran ".length()).replaceFirst(" on$", "") + " was run on " + object;
        }
        return unknown ? object + " was " + verb.past() : operation.caller() + " " + verb.past() + " " + object;
    }

    /** The same, beginning with the resource: {@code VM vm-web was stopped by ops@example.com}. */
    public String passive() {
        return object(operation.resource()) + " was " + verb().past() + by(operation.caller());
    }

    /** {@code  by ops@example.com}, with a blank before it; empty for an empty name. */
    public static String by(String caller) {
        return caller.isEmpty() ? "" : " by " + caller;
    }

    private Verb verb() {
        OperationName name = OperationName.of(operation.name());
        if (REMOVALS_OF_INSTANCES.stream().anyMatch(operation::is)) {
            return new Verb("scaled in", "scale in");
        }
        Verb known = VERBS.get(name.verb());
        if (known != null) {
            return known;
        }
        String[] parts = operation.name().split("/", -1);
        String own = parts[Math.max(0, parts.length - (name.verb().equals(last(parts)) ? 1 : 2))];
        return new Verb("ran " + own + " on", "run " + own + " on");
    }

    private static String last(String[] parts) {
        return parts[parts.length - 1].toLowerCase(Locale.ROOT);
    }

    /** A resource in the portal's words: {@code NSG rule deny-all of nsg-app}, {@code instance 2 of scale set vmss-web}. */
    public static String object(ResourceId resource) {
        String text = resource.toString();
        if (!PLAIN.matcher(text).matches()) {
            return text; // in parts or in lower case a secret in it would not be known as one
        }
        int provider = text.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
        if (provider < 0) {
            return resource.name();
        }
        String[] parts = text.substring(provider + "/providers/".length()).split("/", -1);
        List<String> phrases = new ArrayList<>();
        StringBuilder type = new StringBuilder(parts[0].toLowerCase(Locale.ROOT));
        for (int at = 1; at + 1 < parts.length; at += 2) {
            type.append('/').append(parts[at].toLowerCase(Locale.ROOT));
            phrases.add(0, phrase(type.toString(), parts[at], parts[at + 1], phrases));
        }
        return phrases.isEmpty() ? resource.name() : phrases.get(0);
    }

    private static String phrase(String type, String collection, String name, List<String> holders) {
        String holder = holders.isEmpty() ? "" : holders.get(0);
        String ofHolder =
                OF_HOLDER.getOrDefault(type + "/" + name.toLowerCase(Locale.ROOT), OF_HOLDER.getOrDefault(type, ""));
        if (!ofHolder.isEmpty() && !holder.isEmpty()) {
            return ofHolder + " " + holder;
        }
        String kind = TYPES.getOrDefault(type, singular(collection));
        // The NSG of a rule needs no word for its kind: the word for the rule says it.
        String bare = kind.equals("NSG rule") ? holder.replaceFirst("^NSG ", "") : holder;
        return kind + " " + name + (holder.isEmpty() ? "" : " of " + bare);
    }

    /** {@code load balancer} of {@code loadBalancers}: how the portal names most types. */
    private static String singular(String collection) {
        String words = collection.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.endsWith("ies")
                ? words.substring(0, words.length() - 3) + "y"
                : words.endsWith("s") ? words.substring(0, words.length() - 1) : words;
    }
}
