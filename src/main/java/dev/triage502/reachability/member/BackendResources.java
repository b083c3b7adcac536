package dev.triage502.reachability.member;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.member.IpOwners.Holder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands behind an address or a name, and what state is it in? */
public final class BackendResources {

    /**
     * Something that serves.
     *
     * @param what   what it is, for a sentence: {@code VM vm-web1}
     * @param power  whether it runs; unsaid where only its place is known
     * @param status Azure's word for its state
     * @param all    every machine behind a load balancer, where several stand for one; else the one itself
     */
    public record Member(String what, ResourceId id, Power power, String status, List<ResourceId> all) {

        /** One by itself. */
        public Member(String what, ResourceId id, Power power, String status) {
            this(what, id, power, status, List.of(id));
        }
    }

    private final IpOwners holders;
    private final NodeResourceGroups nodeGroups;
    private final Map<HostName, Member> machines = new HashMap<>();
    private final Map<ResourceId, Member> byId = new HashMap<>();
    private final Map<HostName, Member> named = new HashMap<>();
    private final Map<ResourceId, List<HostName>> names = new HashMap<>();
    private final Set<ResourceId> placed = new HashSet<>();
    private final List<Cluster> clusters = new ArrayList<>();

    public BackendResources(Reading<Network> network, Reading<Backends> backends, IpOwners holders) {
        this.holders = holders;
        this.nodeGroups = new NodeResourceGroups(backends);
        backends.toOptional().ifPresent(this::add);
        network.toOptional().flatMap(read -> read.interfaces().toOptional()).orElse(List.of()).stream()
                .flatMap(card -> card.machine().stream())
                .forEach(placed::add);
    }

    private void add(Backends backends) {
        for (Machine machine : backends.machines()) {
            add("VM " + machine.id().name(), machine);
        }
        for (ScaleSet set : backends.scaleSets()) {
            Power power = power(set);
            byId.put(set.id(), new Member("scale set " + set.id().name(), set.id(), power, word(power)));
            for (Machine instance : set.instances()) {
                add(
                        "instance " + instance.id().parent().name() + "/"
                                + instance.id().name(),
                        instance);
            }
        }
        for (Site site : backends.sites()) {
            Member member = new Member("App Service app " + site.id().name(), site.id(), site.power(), site.state());
            site.hostNames().forEach(host -> name(host, member));
            AzureServiceDomains.APP_SERVICE
                    .endings()
                    .forEach(ending -> name(site.id().name() + ending, member));
        }
        for (ContainerApp app : backends.containerApps()) {
            Member member = new Member("container app " + app.id().name(), app.id(), app.power(), app.status());
            place(member);
            app.hostNames().forEach(host -> name(host, member));
        }
        for (Cluster cluster : backends.clusters()) {
            clusters.add(cluster);
            place(new Member("cluster " + cluster.id().name(), cluster.id(), cluster.power(), word(cluster.power())));
        }
    }

    /** A set is stopped when every one of its instances is; of those that are not listed nobody knows. */
    private static Power power(ScaleSet set) {
        List<Machine> known = set.instances();
        if (known.stream().anyMatch(instance -> instance.power() == Power.RUNNING)) {
            return Power.RUNNING;
        }
        boolean stopped = known.stream().allMatch(instance -> instance.power() == Power.STOPPED);
        if (known.isEmpty() || !stopped) {
            return set.power();
        }
        return known.size() < set.capacity().orElse(0) ? Power.UNSAID : Power.STOPPED;
    }

    private void add(String what, Machine machine) {
        Member member = new Member(what, machine.id(), machine.power(), machine.status());
        byId.put(machine.id(), member);
        for (String address : machine.addresses()) {
            placed.add(machine.id());
            if (machine.interfaces().stream().noneMatch(card -> holders.isElsewhere(card, address))) {
                machines.putIfAbsent(HostName.of(address), member);
            }
        }
        machine.interfaces().forEach(card -> byId.putIfAbsent(card, member));
    }

    private void name(String host, Member member) {
        place(member);
        HostName name = HostName.of(host);
        if (named.putIfAbsent(name, member) == null) {
            names.computeIfAbsent(member.id(), id -> new ArrayList<>()).add(name);
        }
    }

    private void place(Member member) {
        byId.put(member.id(), member);
        placed.add(member.id());
    }

    /** What serves at an address. */
    public Optional<Member> at(String address) {
        Optional<Holder> holder = holders.cardAt(address);
        Optional<ResourceId> machine = holder.flatMap(each -> each.card().machine());
        Optional<Member> known = machine.map(byId::get)
                .or(() -> holder.map(each -> byId.get(each.card().id())))
                .or(() -> Optional.ofNullable(machines.get(HostName.of(address))));
        return known.or(() -> machine.map(id -> new Member("VM " + id.name(), id, Power.UNSAID, "")))
                .or(() -> holders.endpointAt(address).map(this::behind))
                .or(() -> clusterOf(holders.frontAt(address)))
                .or(() -> holders.frontAt(address).flatMap(each -> behind(each, address)));
    }

    /**
     * The machines to which a load balancer passes what reaches a front of it: stopped where all of them are, running
     * where one of them is.
     */
    private Optional<Member> behind(LoadBalancer balancer, String front) {
        List<Member> machines = balancer.rules().stream()
                .filter(rule -> HostName.of(rule.address()).equals(HostName.of(front)))
                .flatMap(rule -> holders.behind(rule).stream())
                .map(each -> each.card().machine().map(byId::get))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        Optional<Member> running =
                machines.stream().filter(each -> each.power() == Power.RUNNING).findFirst();
        if (machines.isEmpty() || running.isPresent()) {
            return running.map(each -> new Member(
                    each.what() + " behind load balancer " + balancer.id().name(),
                    each.id(),
                    each.power(),
                    each.status()));
        }
        boolean all = machines.stream().allMatch(each -> each.power() == Power.STOPPED);
        Member first = machines.get(0);
        return Optional.of(new Member(
                machines.size() == 1
                        ? first.what() + " behind load balancer "
                                + balancer.id().name()
                        : "every backend of load balancer " + balancer.id().name() + " ("
                                + NameLists.some(
                                        machines.stream().map(Member::what).toList()) + ")",
                first.id(),
                all ? Power.STOPPED : Power.UNSAID,
                all ? first.status() : "",
                machines.stream().map(Member::id).toList()));
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

    /** The cluster whose service a load balancer in its node resource group carries. */
    private Optional<Member> clusterOf(Optional<LoadBalancer> balancer) {
        return balancer.flatMap(each -> clusters.stream()
                .filter(cluster -> nodeGroups.isOf(each.id(), cluster.id()))
                .flatMap(cluster -> Stream.ofNullable(byId.get(cluster.id())))
                .findFirst());
    }

    /** What serves a name. */
    public Optional<Member> named(String name) {
        return Optional.ofNullable(named.get(HostName.of(name)));
    }

    /** The names that a thing serves. */
    List<HostName> namesOf(ResourceId id) {
        return names.getOrDefault(id, List.of());
    }

    /** The machine of an interface, a scale set's instance too. */
    Optional<Member> ofInterface(ResourceId card) {
        int at = card.key().indexOf("/networkinterfaces/");
        boolean inSet = card.key().contains("/virtualmachinescalesets/") && at > 0;
        ResourceId owner = inSet ? ResourceId.of(card.toString().substring(0, at)) : card;
        return Optional.ofNullable(byId.get(owner))
                .or(() -> holders.card(card).flatMap(Interface::machine).map(byId::get));
    }

    /** Things that are stopped, in the order of their ids. */
    public List<Member> stopped() {
        return byId.values().stream()
                .filter(member -> member.power() == Power.STOPPED)
                .distinct()
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Whether an address or a name is known that the thing stands behind. */
    public boolean isPlaced(ResourceId id) {
        return placed.contains(id);
    }

    /** A thing by its id: a machine, an interface's machine, a set, an app, a cluster. */
    public Optional<Member> byId(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The resource groups in which clusters keep their nodes and load balancers. */
    public NodeResourceGroups nodeGroups() {
        return nodeGroups;
    }

    public List<Cluster> clusters() {
        return clusters;
    }

    /** Whether anything that was read holds an address. */
    public boolean isHeld(String address) {
        return holders.isHeld(address) || machines.containsKey(HostName.of(address));
    }

    private static String word(Power power) {
        return power == Power.STOPPED ? "Stopped" : power == Power.RUNNING ? "Running" : "";
    }
}
