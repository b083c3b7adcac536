package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What stands behind an address or a name, and what state is it in? */
final class Members {

    /**
     * Something that serves.
     *
     * @param what   what it is, for a sentence: {@code VM vm-web1}
     * @param power  whether it runs; unsaid where only its place is known
     * @param status Azure's word for its state
     */
    record Member(String what, ResourceId id, Power power, String status) {}

    /** An interface and the address of it that was asked for. */
    record Holder(Interface card, InterfaceAddress address) {}

    private final Optional<Gateway> gateway;
    private final Map<String, Holder> cards = new HashMap<>();
    private final Map<ResourceId, Interface> cardsById = new HashMap<>();
    private final Map<String, PrivateEndpoint> endpoints = new HashMap<>();
    private final Map<String, List<PrivateEndpoint>> endpointsByName = new HashMap<>();
    private final Map<String, LoadBalancer> fronts = new HashMap<>();
    private final Map<String, Member> machines = new HashMap<>();
    private final Map<ResourceId, Member> byId = new HashMap<>();
    private final Map<String, Member> named = new HashMap<>();
    private final Map<String, Member> fillers = new HashMap<>();
    private final Set<ResourceId> placed = new HashSet<>();
    private final List<Cluster> clusters = new ArrayList<>();

    Members(Optional<Gateway> gateway, Reading<Network> network, Reading<Backends> backends) {
        this.gateway = gateway;
        backends.toOptional().ifPresent(this::addBackends);
        network.toOptional().ifPresent(this::addNetwork);
        gateway.map(Gateway::pools).orElse(List.of()).forEach(this::addFiller);
    }

    private void addBackends(Backends backends) {
        for (Machine machine : backends.machines()) {
            add("VM ", machine);
        }
        for (ScaleSet set : backends.scaleSets()) {
            Power power = power(set);
            Member member = new Member("scale set " + set.id().name(), set.id(), power, word(power));
            byId.put(set.id(), member);
            set.pools().stream()
                    .filter(pool ->
                            gateway.filter(known -> pool.isWithin(known.id())).isPresent())
                    .forEach(pool -> {
                        fillers.put(lower(pool.name()), member);
                        placed.add(set.id());
                        set.instances().forEach(instance -> placed.add(instance.id()));
                    });
            set.instances().forEach(instance -> add("instance ", instance));
        }
        for (Site site : backends.sites()) {
            Member member = new Member("App Service app " + site.id().name(), site.id(), site.power(), site.state());
            byId.put(site.id(), member);
            site.hostNames().forEach(host -> named.putIfAbsent(lower(host), member));
            named.putIfAbsent(lower(site.id().name()) + ".azurewebsites.net", member);
            placed.add(site.id());
        }
        for (ContainerApp app : backends.containerApps()) {
            Member member = new Member("container app " + app.id().name(), app.id(), app.power(), app.status());
            byId.put(app.id(), member);
            app.hostNames().forEach(host -> named.putIfAbsent(lower(host), member));
            placed.add(app.id());
        }
        for (Cluster cluster : backends.clusters()) {
            clusters.add(cluster);
            placed.add(cluster.id());
            byId.put(
                    cluster.id(),
                    new Member("cluster " + cluster.id().name(), cluster.id(), cluster.power(), word(cluster.power())));
        }
    }

    /** A set is stopped when every one of its instances is. */
    private static Power power(ScaleSet set) {
        boolean all = !set.instances().isEmpty()
                && set.instances().stream().allMatch(instance -> instance.power() == Power.STOPPED);
        boolean some = set.instances().stream().anyMatch(instance -> instance.power() == Power.RUNNING);
        return all ? Power.STOPPED : some ? Power.RUNNING : set.power();
    }

    private void add(String kind, Machine machine) {
        String name = kind.equals("instance ")
                ? machine.id().parent().name() + "/" + machine.id().name()
                : machine.id().name();
        Member member = new Member(kind + name, machine.id(), machine.power(), machine.status());
        byId.put(machine.id(), member);
        machine.addresses().forEach(address -> {
            machines.putIfAbsent(lower(address), member);
            placed.add(machine.id());
        });
        machine.interfaces().forEach(card -> byId.putIfAbsent(card, member));
    }

    private void addNetwork(Network network) {
        Map<ResourceId, List<String>> namesOf = new HashMap<>();
        named.forEach((name, member) ->
                namesOf.computeIfAbsent(member.id(), id -> new ArrayList<>()).add(name));
        for (Interface card : network.interfaces().toOptional().orElse(List.of())) {
            cardsById.put(card.id(), card);
            card.machine().ifPresent(placed::add);
            card.addresses().forEach(address -> cards.putIfAbsent(lower(address.address()), new Holder(card, address)));
        }
        for (PrivateEndpoint endpoint : network.endpoints().toOptional().orElse(List.of())) {
            endpoint.addresses().forEach(address -> endpoints.putIfAbsent(lower(address), endpoint));
            TreeSet<String> names = new TreeSet<>(namesOf.getOrDefault(endpoint.service(), List.of()));
            endpoint.names().forEach(name -> names.add(lower(name)));
            names.forEach(name -> endpointsByName
                    .computeIfAbsent(name, each -> new ArrayList<>())
                    .add(endpoint));
        }
        for (LoadBalancer balancer : network.loadBalancers().toOptional().orElse(List.of())) {
            balancer.frontAddresses().forEach(address -> fronts.putIfAbsent(lower(address), balancer));
        }
    }

    Optional<Holder> cardAt(String address) {
        return Optional.ofNullable(cards.get(lower(address)));
    }

    Optional<Interface> card(ResourceId id) {
        return Optional.ofNullable(cardsById.get(id));
    }

    Optional<PrivateEndpoint> endpointAt(String address) {
        return Optional.ofNullable(endpoints.get(lower(address)));
    }

    Optional<LoadBalancer> frontAt(String address) {
        return Optional.ofNullable(fronts.get(lower(address)));
    }

    /** The private endpoints that lead to the service which a name stands for. */
    List<PrivateEndpoint> endpointsOf(String name) {
        List<PrivateEndpoint> known = endpointsByName.get(lower(name));
        if (known != null) {
            return known;
        }
        String first = lower(name).split("\\.", 2)[0];
        return endpoints.values().stream()
                .filter(each ->
                        isOfService(name) && lower(each.service().name()).equals(first))
                .distinct()
                .sorted(java.util.Comparator.comparing(PrivateEndpoint::id))
                .toList();
    }

    /** Whether the first label of a name is the name of the resource that serves it. */
    private static boolean isOfService(String name) {
        String lower = lower(name);
        return List.of(".azurewebsites.net", ".windows.net", ".azure.net", ".azure-api.net", ".azurestaticapps.net")
                .stream()
                .anyMatch(lower::endsWith);
    }

    /** What serves at an address. */
    Optional<Member> at(String address) {
        Optional<Holder> holder = cardAt(address);
        Optional<ResourceId> machine = holder.flatMap(each -> each.card().machine());
        Optional<Member> known = machine.map(byId::get)
                .or(() -> holder.map(each -> byId.get(each.card().id())))
                .or(() -> Optional.ofNullable(machines.get(lower(address))));
        return known.or(() -> machine.map(id -> new Member("VM " + id.name(), id, Power.UNSAID, "")))
                .or(() -> endpointAt(address).map(this::behind))
                .or(() -> clusterOf(frontAt(address)));
    }

    private Member behind(PrivateEndpoint endpoint) {
        Member known = byId.get(endpoint.service());
        return known != null
                ? known
                : new Member(
                        endpoint.service().name() + " (by private endpoint "
                                + endpoint.id().name() + ")",
                        endpoint.service(),
                        Power.UNSAID,
                        "");
    }

    /** The cluster whose service a load balancer in its node group carries: such a group is named after the cluster. */
    private Optional<Member> clusterOf(Optional<LoadBalancer> balancer) {
        String group = balancer.map(each -> lower(each.id().resourceGroup())).orElse("");
        return clusters.stream()
                .filter(cluster -> group.startsWith("mc_")
                        && group.contains("_" + lower(cluster.id().name()) + "_"))
                .map(cluster -> byId.get(cluster.id()))
                .findFirst();
    }

    /** What serves a name. */
    Optional<Member> named(String name) {
        return Optional.ofNullable(named.get(lower(name)));
    }

    /** What fills a pool as a whole: the scale set that names it, or the machines whose interfaces it names. */
    Optional<Member> fillerOf(String pool) {
        return Optional.ofNullable(fillers.get(lower(pool)));
    }

    /** The machine of an interface that a pool names, a scale set's instance too. */
    private Optional<Member> ofJoined(ResourceId joined) {
        ResourceId card = Servers.interfaceOf(joined);
        int at = card.key().indexOf("/networkinterfaces/");
        boolean inSet = card.key().contains("/virtualmachinescalesets/") && at > 0;
        ResourceId owner = inSet ? ResourceId.of(card.toString().substring(0, at)) : card;
        return Optional.ofNullable(byId.get(owner))
                .or(() -> card(card).flatMap(each -> each.machine()).map(byId::get));
    }

    /** Takes in the interfaces that a pool names: where all their machines do alike, it holds for each of its servers. */
    private void addFiller(Pool pool) {
        List<Member> joined = pool.interfaces().stream()
                .flatMap(each -> ofJoined(each).stream())
                .distinct()
                .toList();
        pool.interfaces().forEach(each -> ofJoined(each).ifPresent(member -> placed.add(member.id())));
        boolean alike = joined.stream().map(Member::power).distinct().count() == 1;
        if (alike
                && joined.size() <= pool.interfaces().size()
                && !pool.interfaces().isEmpty()) {
            Member first = joined.get(0);
            String what = Words.some(joined.stream().map(Member::what).toList());
            fillers.putIfAbsent(lower(pool.name()), new Member(what, first.id(), first.power(), first.status()));
        }
    }

    /** Things that are stopped and of which it is not known what they stand behind. */
    List<Member> strayStopped() {
        return byId.values().stream()
                .filter(member -> member.power() == Power.STOPPED && !placed.contains(member.id()))
                .distinct()
                .sorted(java.util.Comparator.comparing(Member::id))
                .toList();
    }

    /** Whether it is known what the thing stands behind. */
    boolean isPlaced(ResourceId id) {
        return placed.contains(id);
    }

    /** A thing by its id: a machine, an interface's machine, a set, an app, a cluster. */
    Optional<Member> byId(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The stopped cluster that an address belongs to: by its pod range, or as the one that owns the gateway. */
    Optional<Member> stoppedClusterOf(String address) {
        String tags =
                gateway.map(known -> lower(known.tags().values().toString())).orElse("");
        return clusters.stream()
                .filter(cluster -> cluster.power() == Power.STOPPED)
                .filter(cluster -> tags.contains(cluster.id().key()) || holds(cluster.podRange(), address))
                .map(cluster -> byId.get(cluster.id()))
                .findFirst();
    }

    private static boolean holds(String prefix, String address) {
        return Addresses.parse(prefix)
                .flatMap(range -> Addresses.parse(address).filter(range::contains))
                .isPresent();
    }

    List<Cluster> clusters() {
        return clusters;
    }

    /** Whether anything that was read holds an address. */
    boolean isHeld(String address) {
        String key = lower(address);
        return cards.containsKey(key)
                || endpoints.containsKey(key)
                || fronts.containsKey(key)
                || machines.containsKey(key);
    }

    /** What the page's commands need to start a thing. */
    static Map<String, String> values(ResourceId id) {
        Map<String, String> values = new HashMap<>();
        values.put("backend-resource-group", id.resourceGroup());
        Map.of(
                        "virtualMachineScaleSets", "scale-set",
                        "sites", "site",
                        "containerApps", "container-app",
                        "managedClusters", "cluster")
                .forEach((type, name) -> {
                    if (!id.after(type).isEmpty()) {
                        values.put(name, id.after(type));
                    }
                });
        if (id.hasType("Microsoft.Compute/virtualMachines")) {
            values.put("vm", id.name());
        }
        return values;
    }

    private static String word(Power power) {
        return power == Power.STOPPED ? "Stopped" : power == Power.RUNNING ? "Running" : "";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
