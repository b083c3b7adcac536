package dev.triage502.evidence.reach;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private final Map<String, Holder> cards = new HashMap<>();
    private final Map<ResourceId, Interface> cardsById = new HashMap<>();
    private final Map<String, PrivateEndpoint> endpoints = new HashMap<>();
    private final Map<String, List<PrivateEndpoint>> endpointsByName = new HashMap<>();
    private final Map<String, LoadBalancer> fronts = new HashMap<>();
    private final Map<String, Member> machines = new HashMap<>();
    private final Map<ResourceId, Member> byId = new HashMap<>();
    private final Map<String, Member> named = new HashMap<>();
    private final List<Cluster> clusters = new ArrayList<>();

    Members(Reading<Network> network, Reading<Backends> backends) {
        backends.toOptional().ifPresent(this::addBackends);
        network.toOptional().ifPresent(this::addNetwork);
    }

    private void addBackends(Backends backends) {
        for (Machine machine : backends.machines()) {
            add("VM ", machine);
        }
        for (ScaleSet set : backends.scaleSets()) {
            byId.put(set.id(), new Member("scale set " + set.id().name(), set.id(), set.power(), word(set.power())));
            set.instances().forEach(instance -> add("instance ", instance));
        }
        for (Site site : backends.sites()) {
            Member member = new Member("App Service app " + site.id().name(), site.id(), site.power(), site.state());
            byId.put(site.id(), member);
            site.hostNames().forEach(host -> named.putIfAbsent(lower(host), member));
            named.putIfAbsent(lower(site.id().name()) + ".azurewebsites.net", member);
        }
        for (ContainerApp app : backends.containerApps()) {
            Member member = new Member("container app " + app.id().name(), app.id(), app.power(), app.status());
            byId.put(app.id(), member);
            app.hostNames().forEach(host -> named.putIfAbsent(lower(host), member));
        }
        for (Cluster cluster : backends.clusters()) {
            clusters.add(cluster);
            byId.put(
                    cluster.id(),
                    new Member("cluster " + cluster.id().name(), cluster.id(), cluster.power(), word(cluster.power())));
        }
    }

    private void add(String kind, Machine machine) {
        String name = kind.equals("instance ")
                ? machine.id().parent().name() + "/" + machine.id().name()
                : machine.id().name();
        Member member = new Member(kind + name, machine.id(), machine.power(), machine.status());
        byId.put(machine.id(), member);
        machine.addresses().forEach(address -> machines.putIfAbsent(lower(address), member));
        machine.interfaces().forEach(card -> byId.putIfAbsent(card, member));
    }

    private void addNetwork(Network network) {
        Map<ResourceId, List<String>> namesOf = new HashMap<>();
        named.forEach((name, member) ->
                namesOf.computeIfAbsent(member.id(), id -> new ArrayList<>()).add(name));
        for (Interface card : network.interfaces().toOptional().orElse(List.of())) {
            cardsById.put(card.id(), card);
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

    /** A thing by its id: a machine, an interface's machine, a set, an app, a cluster. */
    Optional<Member> byId(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
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

    private static String word(Power power) {
        return power == Power.STOPPED ? "Stopped" : power == Power.RUNNING ? "Running" : "";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
