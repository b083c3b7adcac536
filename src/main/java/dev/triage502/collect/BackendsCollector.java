package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.collect.ResourceFetcher.Kind;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.BackendParts;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
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

    private static final Map<String, String> WITH_STATE = Map.of("$expand", BackendParts.STATE);
    private static final Kind MACHINE =
            new Kind(ArmOperation.VIRTUAL_MACHINE, "microsoft.compute/virtualmachines", WITH_STATE);
    private static final Kind ENVIRONMENT =
            new Kind(ArmOperation.MANAGED_ENVIRONMENT, "microsoft.app/managedenvironments", Map.of());

    /** An address of an environment or of API Management is one of few in a pool. */
    private static final int MOST_ADDRESSES = 100;

    private static final int MOST_MACHINES = 200;
    private static final int MOST_PARTS = 8;

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
        private final NetworkReferences network;
        private final ResourceFetcher resources;
        private final CompositeDocument found = new CompositeDocument(Source.BACKENDS)
                .with(BackendParts.MACHINES)
                .with(BackendParts.SCALE_SETS)
                .with(BackendParts.SITES)
                .with(BackendParts.CONTAINER_APPS)
                .with(BackendParts.CLUSTERS);

        Search(CollectContext scene, CallContext ask, Gateway gateway, JsonElement network) {
            this.scene = scene;
            this.ask = ask;
            this.members = ConfiguredBackends.of(gateway);
            this.network = NetworkReferences.of(network);
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
            environments(second);
            flexible(second);
            second.run();
            return found.reading();
        }

        private void machines(CallBatch batch) {
            List<ResourceId> ids = network.machines().stream()
                    .filter(id -> id.after("virtualMachineScaleSets").isEmpty())
                    .distinct()
                    .limit(MOST_MACHINES)
                    .toList();
            resources.fetch(batch, MACHINE, ids, (id, reading) -> found.add(BackendParts.MACHINES, id, reading));
            if (network.interfacesAreUnread()) {
                Map<String, Set<String>> cards = Map.of("interfaces", interfacesOfSubnets());
                batch.add(
                        () -> resources.query("machines", cards, subscriptions()),
                        rows -> found.addAll(BackendParts.MACHINES, rows));
            }
        }

        /** A network names the interfaces in its subnets even to those who may not read them. */
        private Set<String> interfacesOfSubnets() {
            return network.configurationsInSubnets().stream()
                    .filter(id -> !id.after(NetworkReferences.INTERFACES).isEmpty())
                    .map(id -> id.parent().toString())
                    .limit(MOST_MACHINES)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private void owners(CallBatch batch) {
            Set<String> sites = servedBy(AzureServiceDomains.APP_SERVICE, namesOfSites());
            Set<String> apps = servedBy(AzureServiceDomains.CONTAINER_APPS, namesOfApps());
            Set<String> pages = servedBy(AzureServiceDomains.STATIC_WEB_APPS, members.names());
            Set<String> storage = servedBy(AzureServiceDomains.STORAGE, members.names());
            Set<String> apis = servedBy(AzureServiceDomains.API_MANAGEMENT, members.names());
            Set<String> addresses = members.addresses().stream()
                    .limit(MOST_ADDRESSES)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Map<String, String> arrays = new LinkedHashMap<>();
            arrays.put("microsoft.compute/virtualmachinescalesets", BackendParts.SCALE_SETS);
            arrays.put("microsoft.containerservice/managedclusters", BackendParts.CLUSTERS);
            if (!sites.isEmpty()) {
                arrays.put("microsoft.web/sites", BackendParts.SITES);
            }
            if (!apps.isEmpty()) {
                arrays.put("microsoft.app/containerapps", BackendParts.CONTAINER_APPS);
            }
            // What is seen of these is all that is known of them: that nothing is seen is not that there is nothing.
            Map<String, String> seen = new LinkedHashMap<>();
            if (!apps.isEmpty() || !addresses.isEmpty()) {
                seen.put("microsoft.app/managedenvironments", BackendParts.ENVIRONMENTS);
            }
            if (!pages.isEmpty()) {
                seen.put("microsoft.web/staticsites", BackendParts.STATIC_SITES);
            }
            if (!storage.isEmpty()) {
                seen.put("microsoft.storage/storageaccounts", BackendParts.STORAGE_ACCOUNTS);
            }
            if (!apis.isEmpty() || !addresses.isEmpty()) {
                seen.put("microsoft.apimanagement/service", BackendParts.API_MANAGEMENT);
            }
            Map<String, Collection<String>> lists = Map.ofEntries(
                    Map.entry(
                            "types",
                            Stream.concat(arrays.keySet().stream(), seen.keySet().stream())
                                    .toList()),
                    Map.entry("ids", ResourceFetcher.texts(scaleSets())),
                    Map.entry("gateway", List.of(scene.gatewayId().toString())),
                    Map.entry("subnets", subnets()),
                    Map.entry("groups", groups()),
                    Map.entry("sites", sites),
                    // One that was deleted and created again has its name, and may have another default host name.
                    Map.entry("appnames", firstLabels(ownNames(AzureServiceDomains.APP_SERVICE))),
                    Map.entry("apps", apps),
                    Map.entry("domains", domains(apps)),
                    Map.entry("addresses", addresses),
                    Map.entry("pages", pages),
                    Map.entry("accounts", firstLabels(storage)),
                    Map.entry("apis", firstLabels(apis)),
                    Map.entry("names", members.names()));
            batch.add(() -> resources.query("owners", lists, subscriptions()), rows -> {
                arrays.forEach(
                        (type, array) -> found.addAll(array, rows.map(all -> ResourceReferences.ofType(type, all))));
                found.addSeen(rows, seen);
            });
        }

        /** The members' names that are a service's own. */
        private Set<String> ownNames(AzureServiceDomains service) {
            return members.names().stream()
                    .filter(name ->
                            AzureServiceDomains.of(name).filter(service::equals).isPresent())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** The names that a service may serve: its own, and those that belong to none of Azure's services. */
        private static Set<String> servedBy(AzureServiceDomains service, Set<String> names) {
            return names.stream()
                    .filter(name ->
                            AzureServiceDomains.of(name).map(service::equals).orElse(true))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** A service's own names begin with the name of the resource. */
        private static Set<String> firstLabels(Set<String> names) {
            return names.stream()
                    .map(name -> name.split("\\.", 2)[0])
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** The domains that the names of container apps end in: each is one environment's. */
        private static Set<String> domains(Set<String> apps) {
            return apps.stream()
                    .filter(name -> name.indexOf('.') > 0)
                    .map(name -> name.substring(name.indexOf('.') + 1).replaceFirst("^internal\\.", ""))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** The environments of the apps that were found and that no name or address led to. */
        private void environments(CallBatch batch) {
            Set<ResourceId> missing = ResourceReferences.resources(found.array(BackendParts.CONTAINER_APPS))
                    .flatMap(app -> BackendParts.environmentOf(app).stream())
                    .limit(MOST_PARTS)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            ResourceReferences.resources(found.array(BackendParts.ENVIRONMENTS))
                    .map(ResourceReferences::idOf)
                    .forEach(missing::remove);
            resources.fetch(
                    batch, ENVIRONMENT, missing, (id, reading) -> found.add(BackendParts.ENVIRONMENTS, id, reading));
        }

        /** Those whose instances joined a pool, and those with interfaces in the subnets of the networks read. */
        private Set<ResourceId> scaleSets() {
            Set<ResourceId> sets = new LinkedHashSet<>(members.scaleSets());
            network.idsIn(NetworkReferences.INTERFACES).stream()
                    .filter(id -> !id.after("virtualMachineScaleSets").isEmpty())
                    .map(ConfiguredBackends::scaleSet)
                    .forEach(sets::add);
            if (!members.addresses().isEmpty()) {
                network.configurationsInSubnets().stream()
                        .filter(id -> !id.after("virtualMachineScaleSets").isEmpty())
                        .map(ConfiguredBackends::scaleSet)
                        .forEach(sets::add);
            }
            return sets;
        }

        private void instances(CallBatch batch) {
            ResourceReferences.resources(found.array(BackendParts.SCALE_SETS))
                    .filter(set -> !ResourceReferences.isRefused(set) && !BackendParts.isFlexible(set))
                    .limit(MOST_PARTS)
                    .forEach(set -> batch.add(
                            () -> scene.arm()
                                    .list(
                                            ask,
                                            ArmOperation.SCALE_SET_INSTANCES,
                                            ResourceReferences.idOf(set),
                                            WITH_STATE),
                            list -> BackendParts.addInstances(set, instances(set, list))));
        }

        private void flexible(CallBatch batch) {
            Set<String> sets = ResourceReferences.resources(found.array(BackendParts.SCALE_SETS))
                    .filter(BackendParts::isFlexible)
                    .map(set -> ResourceReferences.idOf(set).toString())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!sets.isEmpty()) {
                batch.add(
                        () -> resources.query("machines-of-sets", Map.of("sets", sets), subscriptions()),
                        rows -> found.addAll(BackendParts.MACHINES, rows));
            }
        }

        private static JsonArray instances(JsonObject set, Reading<JsonElement> list) {
            if (list.isPresent()) {
                JsonArray all = new JsonArray();
                list.toOptional().stream().flatMap(ResourceReferences::listed).forEach(all::add);
                return all;
            }
            CompositeDocument refused = new CompositeDocument(Source.BACKENDS);
            refused.add(
                    BackendParts.INSTANCES,
                    ResourceId.of(ResourceReferences.idOf(set) + "/virtualMachines/unread"),
                    list);
            return refused.array(BackendParts.INSTANCES);
        }

        /** Access restrictions stand in a document beside the app. */
        private void configurations(CallBatch batch) {
            ResourceReferences.resources(found.array(BackendParts.SITES))
                    .filter(site -> !ResourceReferences.isRefused(site))
                    .limit(MOST_PARTS)
                    .forEach(site -> batch.add(
                            () -> scene.arm()
                                    .get(ask, ArmOperation.SITE_CONFIG, ResourceReferences.idOf(site), Map.of()),
                            reading -> {
                                reading.toOptional().ifPresent(config -> BackendParts.addConfiguration(site, config));
                                reading.unread()
                                        .map(unread -> ErrorDocument.of(unread.why(), unread.detail()))
                                        .ifPresent(error -> BackendParts.addRefusedConfiguration(site, error));
                            }));
        }

        /** Resource Graph keeps a version of an app that may not say whether it runs; the app itself does. */
        private void apps(CallBatch batch) {
            ResourceReferences.resources(found.array(BackendParts.CONTAINER_APPS))
                    .filter(app -> !ResourceReferences.isRefused(app))
                    .filter(app -> !BackendParts.saysRunningStatus(app))
                    .limit(MOST_PARTS)
                    .forEach(app -> batch.add(
                            () -> scene.arm()
                                    .get(ask, ArmOperation.CONTAINER_APP, ResourceReferences.idOf(app), Map.of()),
                            reading -> reading.toOptional()
                                    .ifPresent(whole -> BackendParts.addRunningStatus(app, whole))));
        }

        /** An app runs as its revisions do, which are a list beside it. */
        private void revisions(CallBatch batch) {
            ResourceReferences.resources(found.array(BackendParts.CONTAINER_APPS))
                    .filter(app -> !ResourceReferences.isRefused(app))
                    .limit(MOST_PARTS)
                    .forEach(app -> batch.add(
                            () -> scene.arm()
                                    .list(
                                            ask,
                                            ArmOperation.CONTAINER_APP_REVISIONS,
                                            ResourceReferences.idOf(app),
                                            Map.of()),
                            list -> list.toOptional().ifPresent(page -> BackendParts.addRevisions(app, page))));
        }

        private Set<String> subscriptions() {
            Set<String> all = new LinkedHashSet<>(List.of(scene.gatewayId().subscription()));
            all.addAll(ResourceFetcher.subscriptions(network.idsIn(NetworkReferences.VIRTUAL_NETWORKS)));
            all.addAll(ResourceFetcher.subscriptions(members.configurations()));
            return all;
        }

        /** A pool may hold an app's address, and the backend setting the name that the platform gave the app. */
        private Set<String> namesOfSites() {
            Set<String> names = new LinkedHashSet<>(members.names());
            members.hosts().stream()
                    .filter(host -> AzureServiceDomains.of(host)
                            .filter(AzureServiceDomains.APP_SERVICE::equals)
                            .isPresent())
                    .forEach(names::add);
            return names;
        }

        /** An app that is internal to its environment is called {@code app.internal.…} there and {@code app.…} here. */
        private Set<String> namesOfApps() {
            Set<String> names = new LinkedHashSet<>(members.names());
            // A pool may hold the environment's address, and the backend setting the app's name.
            names.addAll(members.hosts());
            List.copyOf(names).stream()
                    .filter(name -> name.indexOf('.') > 0)
                    .filter(name -> !name.contains(".internal."))
                    .forEach(name -> names.add(name.replaceFirst("\\.", ".internal.")));
            return names;
        }

        private List<String> subnets() {
            return network.subnets();
        }

        private Set<String> groups() {
            return Stream.of(
                            NetworkReferences.VIRTUAL_NETWORKS,
                            NetworkReferences.INTERFACES,
                            NetworkReferences.LOAD_BALANCERS)
                    .flatMap(array -> network.idsIn(array).stream())
                    .map(id -> id.resourceGroup().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }
}
