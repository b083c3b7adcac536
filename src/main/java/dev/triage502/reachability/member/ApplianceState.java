package dev.triage502.reachability.member;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.server.Observations;
import java.util.Optional;

/** Does the machine at an address on the way run, and does it get what it is to pass on: a firewall's, a DNS server's? */
public final class ApplianceState {

    /**
     * A machine that is stopped.
     *
     * @param says what shows it: {@code VM vm-fw is stopped ("VM deallocated")}
     */
    public record Halt(Member member, Source source, String says) {}

    private final BackendResources members;
    private final IpOwners owners;
    private final ResourceOperations changes;
    private final Incident incident;

    public ApplianceState(BackendResources members, IpOwners owners, Observations observed) {
        this.members = members;
        this.owners = owners;
        this.changes = observed.changes();
        this.incident = observed.incident();
    }

    public Optional<Halt> at(String address) {
        return members.at(address)
                .filter(each -> each.id().hasType("Microsoft.Compute"))
                .flatMap(each -> each.power() == Power.STOPPED ? Optional.of(byState(each)) : byLog(each));
    }

    /**
     * The interface of a machine, where Azure drops every packet that is not for the machine itself: one that a route leads
     * to has to have IP forwarding on.
     */
    public Optional<Interface> withoutForwarding(String address) {
        return owners.cardAt(address)
                .map(IpOwners.Holder::card)
                .filter(card -> card.machine().isPresent()
                        && card.forwards().filter(on -> !on).isPresent());
    }

    /** Whether it is a cluster's node, whose pods are stopped with it. */
    public boolean isNode(Halt halt) {
        return halt.member().id().hasType("Microsoft.Compute/virtualMachineScaleSets")
                || members.nodeGroups().holds(halt.member().id());
    }

    private static Halt byState(Member member) {
        String status = member.status().isEmpty() ? "" : " (\"" + member.status() + "\")";
        return new Halt(member, Source.BACKENDS, member.what() + " is stopped" + status);
    }

    /** The log counts where the machine's own state was not read. */
    private Optional<Halt> byLog(Member member) {
        return changes.lastOf(member.id())
                .filter(each -> member.power() == Power.UNSAID && ResourceOperations.kind(each) == OperationKind.STOP)
                .filter(each -> each.started().isBefore(incident.to()))
                .map(each -> new Halt(
                        member,
                        Source.ACTIVITY_LOG,
                        member.what() + " was stopped" + OperationPhrase.by(each.caller())
                                + " and has not been started since"));
    }
}
