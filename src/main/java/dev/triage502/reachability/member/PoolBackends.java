package dev.triage502.reachability.member;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.server.BackendServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fills a pool as a whole: the scale sets that name it, and the machines whose interfaces it names? Where all of
 * them are known and do alike, it holds for each server of the pool of which nothing better is known.
 */
public final class PoolBackends {

    private final BackendResources members;
    private final boolean setsKnown;
    private final Map<ArmName, List<Member>> sets = new HashMap<>();
    private final Map<ArmName, Member> fillers = new HashMap<>();
    private final Set<ResourceId> filling = new HashSet<>();

    public PoolBackends(Optional<Gateway> gateway, Reading<Backends> backends, BackendResources members) {
        this.members = members;
        this.setsKnown = backends.toOptional().flatMap(Backends::gap).isEmpty();
        for (ScaleSet set : backends.toOptional().map(Backends::scaleSets).orElse(List.of())) {
            for (ResourceId pool : set.pools()) {
                if (gateway.filter(known -> pool.isWithin(known.id())).isPresent()) {
                    members.byId(set.id())
                            .ifPresent(
                                    member -> sets.computeIfAbsent(ArmName.of(pool.name()), name -> new ArrayList<>())
                                            .add(member));
                    filling.add(set.id());
                    set.instances().forEach(instance -> filling.add(instance.id()));
                }
            }
        }
        gateway.map(Gateway::pools).orElse(List.of()).forEach(this::add);
    }

    private void add(Pool pool) {
        ArmName name = ArmName.of(pool.name());
        List<Member> all = new ArrayList<>(sets.getOrDefault(name, List.of()));
        Set<ResourceId> seen = new HashSet<>();
        all.forEach(each -> seen.add(each.id()));
        boolean whole = pool.whole() && setsKnown;
        for (ResourceId joined : pool.interfaces()) {
            Optional<Member> member = members.ofInterface(BackendServers.interfaceOf(joined));
            member.ifPresent(each -> filling.add(each.id()));
            if (member.filter(each -> seen.contains(each.id().parent())).isEmpty()) {
                member.filter(each -> seen.add(each.id())).ifPresent(all::add);
                whole = whole && member.isPresent();
            }
        }
        Set<Power> powers = new HashSet<>();
        all.forEach(each -> powers.add(each.power()));
        if (whole && powers.size() == 1) {
            Member first = all.get(0);
            String what = NameLists.some(all.stream().map(Member::what).toList());
            fillers.put(name, new Member(what, first.id(), first.power(), first.status()));
        }
    }

    public Optional<Member> of(ArmName pool) {
        return Optional.ofNullable(fillers.get(pool));
    }

    /** Whether the thing is known to fill a pool, alone or with others. */
    public boolean isFiller(ResourceId id) {
        return filling.contains(id);
    }
}
