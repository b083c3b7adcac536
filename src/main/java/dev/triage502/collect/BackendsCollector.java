package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.collect.ResourceFetcher.Kind;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands behind the members' addresses and names, and whether it runs. Knows the owners from the network. */
final class BackendsCollector implements SourceCollector {

    private static final String MACHINES = "virtualMachines";
    private static final String SCALE_SETS = "scaleSets";
    private static final String SITES = "sites";
    private static final String APPS = "containerApps";
    private static final String CLUSTERS = "managedClusters";

    private static final Map<String, String> WITH_STATE = Map.of("$expand", "instanceView");
    private static final Kind MACHINE =
            new Kind(ArmOperation.VIRTUAL_MACHINE, "microsoft.compute/virtualmachines", WITH_STATE);
    private static final List<String> SITES_OWN =
            List.of(".azurewebsites.net", ".azurewebsites.us", ".chinacloudsites.cn");
    private static final List<String> CONTAINER_APPS = List.of(".azurecontainerapps.io", ".azurecontainerapps.us");

    private static final int MOST_MACHINES = 200;
    private static final int MOST_PARTS = 8;

    /** What a site's configuration holds that is nobody's business here. */
    private static final List<String> SECRETS = List.of(
            "appSettings", "connectionStrings", "publishingUsername", "azureStorageAccounts", "metadata", "push");

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        if (gateway.isEmpty()) {
            return scene.notWithoutGateway(ask.source());
        }
        // A network that takes its time must not cost what can be found without it.
        Deadline half = ask.deadline().atMost(ask.deadline().remaining().dividedBy(2));
        JsonElement network =
                scene.others().await(Source.NETWORK, half).toOptional().orElseGet(JsonObject::new);
        return new Search(scene, ask, gateway.get(), network).document();
    }

    /** One gateway's backends, as far as they are known yet. */
    private static final class Search {

        private final CollectContext scene;
        private final CallContext ask;
        private final ConfiguredBackends members;
        private final JsonElement network;
        private final ResourceFetcher resources;
        private final CompositeDocument found = new CompositeDocument(Source.BACKENDS)
                .with(MACHINES)
                .with(SCALE_SETS)
                .with(SITES)
                .with(APPS)
                .with(CLUSTERS);

        Search(CollectContext scene, CallContext ask, Gateway gateway, JsonElement network) {
            this.scene = scene;
            this.ask = ask;
            this.members = ConfiguredBackends.of(gateway);
            this.network = network;
            this.resources = new ResourceFetcher(scene, ask);
        }

        Reading<JsonElement> document() throws InterruptedException {
            CallBatch first = new CallBatch(scene.fan());
            machines(first);
            owners(first);
            first.run();

            CallBatch second = new CallBatch(scene.fan());
            instances(second);
            configurations(second);
            revisions(second);
            apps(second);
            flexible(second);
            second.run();
            return found.reading();
        }

        private void machines(CallBatch batch) {
            List<ResourceId> ids = ArmFields.ids(network, "networkInterfaces.properties.virtualMachine.id").stream()
                    .filter(id -> id.after("virtualMachineScaleSets").isEmpty())
                    .distinct()
                    .limit(MOST_MACHINES)
                    .toList();
            resources.fetch(batch, MACHINE, ids, (id, reading) -> found.add(MACHINES, id, reading));
            if (!ArmFields.texts(network, "unread.networkInterfaces.code").isEmpty()) {
                Map<String, Set<String>> cards = Map.of("interfaces", interfacesOfSubnets());
                batch.add(
                        () -> resources.query("machines", cards, subscriptions()),
                        rows -> found.addAll(MACHINES, rows));
            }
        }

        /** A network names the interfaces in its subnets even to those who may not read them. */
        private Set<String> interfacesOfSubnets() {
            return ArmFields.ids(network, "virtualNetworks.properties.subnets.properties.ipConfigurations.id").stream()
                    .filter(id -> !id.after("networkInterfaces").isEmpty())
                    .map(id -> id.parent().toString())
                    .limit(MOST_MACHINES)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private void owners(CallBatch batch) {
            Set<String> sites = namesWithout(CONTAINER_APPS, members.names());
            Set<String> apps = namesWithout(SITES_OWN, namesOfApps());
            Map<String, String> arrays = new LinkedHashMap<>();
            arrays.put("microsoft.compute/virtualmachinescalesets", SCALE_SETS);
            arrays.put("microsoft.containerservice/managedclusters", CLUSTERS);
            if (!sites.isEmpty()) {
                arrays.put("microsoft.web/sites", SITES);
            }
            if (!apps.isEmpty()) {
                arrays.put("microsoft.app/containerapps", APPS);
            }
            Map<String, Collection<String>> lists = Map.of(
                    "types", arrays.keySet(),
                    "ids", ResourceFetcher.texts(scaleSets()),
                    "gateway", List.of(scene.gatewayId().toString()),
                    "subnets", subnets(),
                    "groups", groups(),
                    "sites", sites,
                    "apps", apps);
            batch.add(
                    () -> resources.query("owners", lists, subscriptions()),
                    rows -> arrays.forEach(
                            (type, array) -> found.addAll(array, rows.map(all -> ResourceFetcher.ofType(type, all)))));
        }

        /** What a name's ending says of its owner spares a look at others. */
        private static Set<String> namesWithout(List<String> endings, Set<String> names) {
            return names.stream()
                    .filter(name -> endings.stream().noneMatch(name::endsWith))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** Those whose instances joined a pool, and those with interfaces in the subnets of the networks read. */
        private Set<ResourceId> scaleSets() {
            Set<ResourceId> sets = new LinkedHashSet<>(members.scaleSets());
            ArmFields.ids(network, "networkInterfaces.id").stream()
                    .filter(id -> !id.after("virtualMachineScaleSets").isEmpty())
                    .map(ConfiguredBackends::scaleSet)
                    .forEach(sets::add);
            if (!members.addresses().isEmpty()) {
                ArmFields.ids(network, "virtualNetworks.properties.subnets.properties.ipConfigurations.id").stream()
                        .filter(id -> !id.after("virtualMachineScaleSets").isEmpty())
                        .map(ConfiguredBackends::scaleSet)
                        .forEach(sets::add);
            }
            return sets;
        }

        private void instances(CallBatch batch) {
            ArmFields.objects(found.array(SCALE_SETS))
                    .filter(set -> !set.has("error") && !isFlexible(set))
                    .limit(MOST_PARTS)
                    .forEach(set -> batch.add(
                            () -> scene.arm()
                                    .list(ask, ArmOperation.SCALE_SET_INSTANCES, ArmFields.idOf(set), WITH_STATE),
                            list -> set.add("instances", instances(set, list))));
        }

        /** A flexible set's instances are ordinary machines, and no list of instances shows their state. */
        private static boolean isFlexible(JsonObject set) {
            return ArmFields.texts(set, "properties.orchestrationMode").stream().anyMatch("Flexible"::equalsIgnoreCase);
        }

        private void flexible(CallBatch batch) {
            Set<String> sets = ArmFields.objects(found.array(SCALE_SETS))
                    .filter(Search::isFlexible)
                    .map(set -> ArmFields.idOf(set).toString())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!sets.isEmpty()) {
                batch.add(
                        () -> resources.query("machines-of-sets", Map.of("sets", sets), subscriptions()),
                        rows -> found.addAll(MACHINES, rows));
            }
        }

        private static JsonArray instances(JsonObject set, Reading<JsonElement> list) {
            if (list.toOptional().orElse(null) instanceof JsonObject page
                    && page.get("value") instanceof JsonArray all) {
                return all;
            }
            CompositeDocument refused = new CompositeDocument(Source.BACKENDS);
            refused.add("instances", ResourceId.of(ArmFields.idOf(set) + "/virtualMachines/unread"), list);
            return refused.array("instances");
        }

        /** Access restrictions stand in a document beside the app. */
        private void configurations(CallBatch batch) {
            ArmFields.objects(found.array(SITES))
                    .filter(site -> !site.has("error"))
                    .limit(MOST_PARTS)
                    .forEach(site -> batch.add(
                            () -> scene.arm().get(ask, ArmOperation.SITE_CONFIG, ArmFields.idOf(site), Map.of()),
                            reading -> reading.toOptional().ifPresent(config -> join(site, config))));
        }

        private static void join(JsonObject site, JsonElement config) {
            if (site.get("properties") instanceof JsonObject properties
                    && config instanceof JsonObject object
                    && object.get("properties") instanceof JsonObject settings) {
                SECRETS.forEach(settings::remove);
                properties.add("siteConfig", settings);
            }
        }

        /** Resource Graph keeps a version of an app that may not say whether it runs; the app itself does. */
        private void apps(CallBatch batch) {
            ArmFields.objects(found.array(APPS))
                    .filter(app -> !app.has("error"))
                    .filter(app ->
                            ArmFields.texts(app, "properties.runningStatus").isEmpty())
                    .limit(MOST_PARTS)
                    .forEach(app -> batch.add(
                            () -> scene.arm().get(ask, ArmOperation.CONTAINER_APP, ArmFields.idOf(app), Map.of()),
                            reading -> reading.toOptional().ifPresent(whole -> joinStatus(app, whole))));
        }

        private static void joinStatus(JsonObject app, JsonElement whole) {
            if (app.get("properties") instanceof JsonObject properties
                    && whole instanceof JsonObject object
                    && object.get("properties") instanceof JsonObject current
                    && current.has("runningStatus")) {
                properties.add("runningStatus", current.get("runningStatus"));
            }
        }

        /** An app runs as its revisions do, which are a list beside it. */
        private void revisions(CallBatch batch) {
            ArmFields.objects(found.array(APPS))
                    .filter(app -> !app.has("error"))
                    .limit(MOST_PARTS)
                    .forEach(app -> batch.add(
                            () -> scene.arm()
                                    .list(ask, ArmOperation.CONTAINER_APP_REVISIONS, ArmFields.idOf(app), Map.of()),
                            list -> list.toOptional().ifPresent(page -> joinRevisions(app, page))));
        }

        private static void joinRevisions(JsonObject app, JsonElement page) {
            if (app.get("properties") instanceof JsonObject properties
                    && page instanceof JsonObject list
                    && list.get("value") instanceof JsonArray revisions) {
                properties.add("revisions", revisions);
            }
        }

        private Set<String> subscriptions() {
            Set<String> all = new LinkedHashSet<>(List.of(scene.gatewayId().subscription()));
            all.addAll(ResourceFetcher.subscriptions(ArmFields.ids(network, "virtualNetworks.id")));
            all.addAll(ResourceFetcher.subscriptions(members.configurations()));
            return all;
        }

        /** An app that is internal to its environment is called {@code app.internal.…} there and {@code app.…} here. */
        private Set<String> namesOfApps() {
            Set<String> names = new LinkedHashSet<>(members.names());
            members.names().stream()
                    .filter(name -> name.indexOf('.') > 0)
                    .forEach(name -> names.add(name.replaceFirst("\\.", ".internal.")));
            return names;
        }

        private List<String> subnets() {
            return ArmFields.texts(network, "virtualNetworks.properties.subnets.id");
        }

        private Set<String> groups() {
            return Stream.of("virtualNetworks.id", "networkInterfaces.id", "loadBalancers.id")
                    .flatMap(way -> ArmFields.ids(network, way).stream())
                    .map(id -> id.resourceGroup().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }
}
