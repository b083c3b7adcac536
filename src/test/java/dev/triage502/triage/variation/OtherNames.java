package dev.triage502.triage.variation;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every resource called otherwise, in other groups and subscriptions, and ids written in whatever case: names mean
 * nothing, and ids compare without regard to case.
 */
public final class OtherNames {

    private static final Pattern ID = Pattern.compile("/subscriptions/[^\\s\"',;)\\\\]+", Pattern.CASE_INSENSITIVE);

    /** The types whose names are their owner's choice. Zones are named as hosts are: {@link OtherAddresses}. */
    private static final Set<String> RENAMED = Set.of(
            "applicationgateways",
            "backendaddresspools",
            "backendhttpsettingscollection",
            "backendsettingscollection",
            "probes",
            "httplisteners",
            "listeners",
            "requestroutingrules",
            "routingrules",
            "urlpathmaps",
            "pathrules",
            "redirectconfigurations",
            "sslcertificates",
            "trustedrootcertificates",
            "authenticationcertificates",
            "frontendipconfigurations",
            "frontendports",
            "gatewayipconfigurations",
            "networksecuritygroups",
            "securityrules",
            "routetables",
            "routes",
            "virtualnetworks",
            "subnets",
            "virtualnetworkpeerings",
            "networkinterfaces",
            "ipconfigurations",
            "privateendpoints",
            "loadbalancers",
            "virtualmachines",
            "virtualmachinescalesets",
            "publicipaddresses",
            "azurefirewalls",
            "applicationsecuritygroups",
            "managedclusters",
            "virtualnetworklinks",
            "workspaces",
            "applicationgatewaywebapplicationfirewallpolicies",
            "serverfarms",
            "managedenvironments",
            "vaults",
            "sites",
            "slots",
            "containerapps",
            "containergroups",
            "revisions",
            "storageaccounts",
            "service",
            "userassignedidentities",
            "diagnosticsettings",
            "networkmanagers",
            "networkgroups",
            "securityadminconfigurations",
            "connectivityconfigurations",
            "rulecollections",
            "rulecollectiongroups",
            "firewallpolicies",
            "virtualhubs",
            "hubvirtualnetworkconnections",
            "loadbalancingrules",
            "privatelinkserviceconnections",
            "privateendpointconnections",
            "servers",
            "databases",
            "snapshots",
            "registries",
            "deployments",
            "locks",
            "automationaccounts",
            "certificates",
            "extensions");

    /** Names that Azure, or the ingress controller, gives a meaning to. */
    private static final Set<String> RESERVED = Set.of(
            "gatewaysubnet",
            "azurefirewallsubnet",
            "azurefirewallmanagementsubnet",
            "azurebastionsubnet",
            "routeserversubnet",
            "defaultaddresspool",
            "defaulthttpsetting");

    /** The fields and columns that hold names by themselves. */
    private static final Set<String> HOLDERS = Set.of(
            "name",
            "value",
            "resource",
            "computername",
            "backendpoolname",
            "backendpoolname_s",
            "backendsettingname",
            "backendsettingname_s",
            "rulename",
            "rulename_s",
            "listenername",
            "listenername_s",
            "resourcegroup",
            "resourcegroupname",
            "noderesourcegroup",
            "aks-managed-cluster-name",
            "aks-managed-cluster-rg",
            "subscriptionid",
            "hierarchy");

    /** How Azure calls the identity of the ingress controller that is an add-on of a cluster. */
    private static final String CONTROLLER = "ingressapplicationgateway-";

    private static final Pattern CONTROLLERS_PART =
            Pattern.compile("(pool(?=-.+-bp-)|bp(?=-.+-)|fl|rr|pb|url)-.+?(-bp-.+)?");

    private static final String NODES = "mc_";

    /** How AKS calls the scale set of a node pool. */
    private static final Pattern NODE_POOL = Pattern.compile("aks-.+-vmss");

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> records = new HashSet<>();
    private final Set<String> controllers = new HashSet<>();
    private final Random random;

    private OtherNames(RecordedCase incident) {
        this.random = new Random(incident.id().hashCode());
        Stream.concat(Stream.of(incident.gateway().toString()), Stream.empty()).forEach(this::learn);
        for (Source source : Source.values()) {
            incident.documents()
                    .get(source)
                    .toOptional()
                    .ifPresent(read -> JsonTree.texts(read, (key, text) -> {
                        Matcher id = ID.matcher(text);
                        while (id.find()) {
                            learn(id.group());
                        }
                    }));
        }
        // A record of a zone is named after a host, and hosts keep their names here.
        names.keySet().removeAll(records);
        names.replaceAll((name, other) -> name.startsWith(NODES) ? nodeGroup(name) : other);
        controllers.forEach(name -> names.put(
                name,
                CONTROLLER
                        + names.getOrDefault(
                                name.substring(CONTROLLER.length()), name.substring(CONTROLLER.length()))));
    }

    public static Variation of(RecordedCase incident) {
        OtherNames other = new OtherNames(incident);
        return Variation.of(
                incident,
                ResourceId.of(other.renamed(incident.gateway().toString())),
                incident.alertedAt(),
                Variation.each(incident.documents(), (source, read) -> JsonTree.mapped(read, other::text)),
                other::name);
    }

    /** By its names one sees that an ingress controller made a part, so that the other name is made alike. */
    private Optional<String> asControllersDo(String name) {
        Matcher made = CONTROLLERS_PART.matcher(name);
        return made.matches()
                ? Optional.of(made.group(1) + "-" + meaningless() + (made.group(2) == null ? "" : "-bp-8"))
                : Optional.empty();
    }

    /** The group of a cluster's nodes is named after the cluster's group, the cluster and the region. */
    private String nodeGroup(String name) {
        String[] parts = name.split("_", -1);
        return IntStream.range(0, parts.length)
                .mapToObj(i -> i == 0 ? "MC" : names.getOrDefault(parts[i], parts[i]))
                .collect(Collectors.joining("_"));
    }

    private void learn(String id) {
        String[] parts = id.split("/", -1);
        for (int i = 1; i + 1 < parts.length; i += 2) {
            String type = parts[i].toLowerCase(Locale.ROOT);
            if (type.equals("providers")) {
                continue;
            }
            String name = parts[i + 1].toLowerCase(Locale.ROOT);
            boolean free = RENAMED.contains(type)
                    && !name.matches("\\d*")
                    && !RESERVED.contains(name)
                    && !NODE_POOL.matcher(name).matches();
            if (name.startsWith(CONTROLLER)) {
                controllers.add(name);
            } else if (type.equals("a")) {
                records.add(name);
            } else if (type.equals("subscriptions")) {
                names.computeIfAbsent(
                        name, unused -> String.format(Locale.ROOT, "7d1e0f4b-33aa-4c0d-9b1f-%012x", number()));
            } else if (type.equals("resourcegroups")) {
                names.computeIfAbsent(name, unused -> meaningless());
            } else if (free) {
                names.computeIfAbsent(name, unused -> asControllersDo(name).orElseGet(this::meaningless));
            }
        }
    }

    private int number() {
        return names.size() + 0x1000;
    }

    private String meaningless() {
        return "q" + Integer.toString(number(), 36) + "-" + Integer.toString(random.nextInt(1 << 20), 36);
    }

    private String text(String key, String text) {
        Matcher id = ID.matcher(text);
        if (id.find()) {
            return id.replaceAll(found -> Matcher.quoteReplacement(cased(renamed(found.group()))));
        }
        if (key.equals("from") || key.equals("resolver")) {
            return Stream.of(text.split(" ")).map(this::name).collect(Collectors.joining(" "));
        }
        return HOLDERS.contains(key.toLowerCase(Locale.ROOT)) ? name(text) : text;
    }

    /** The name's other name; the parts of a pair of pool and setting, and of an instance of a scale set, by themselves. */
    private String name(String text) {
        String whole = names.get(text.toLowerCase(Locale.ROOT));
        if (whole != null) {
            return text.equals(text.toUpperCase(Locale.ROOT)) && text.length() > 3
                    ? whole.toUpperCase(Locale.ROOT)
                    : whole;
        }
        if (text.contains("~")) {
            return Stream.of(text.split("~")).map(this::name).collect(Collectors.joining("~"));
        }
        Matcher instance = Pattern.compile("(.+)_(\\d+)").matcher(text);
        return instance.matches() && names.containsKey(instance.group(1).toLowerCase(Locale.ROOT))
                ? name(instance.group(1)) + "_" + instance.group(2)
                : text;
    }

    private String renamed(String id) {
        String[] parts = id.split("/", -1);
        for (int i = 1; i + 1 < parts.length; i += 2) {
            String type = parts[i].toLowerCase(Locale.ROOT);
            if (RENAMED.contains(type) || type.equals("subscriptions") || type.equals("resourcegroups")) {
                parts[i + 1] = names.getOrDefault(parts[i + 1].toLowerCase(Locale.ROOT), parts[i + 1]);
            }
        }
        return String.join("/", parts);
    }

    private String cased(String id) {
        switch (random.nextInt(3)) {
            case 0:
                return id.toLowerCase(Locale.ROOT);
            case 1:
                return id.toUpperCase(Locale.ROOT);
            default:
                return id;
        }
    }
}
