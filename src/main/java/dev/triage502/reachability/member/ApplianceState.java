package dev.triage502.reachability.member;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.server.Observations;
import java.util.Optional;

/** Is the machine at an address on the way stopped: a firewall's, a DNS server's? */
public final class ApplianceState {

    /**
     * A machine that is stopped.
     *
     * @param says what shows it: {@code VM vm-fw is stopped ("VM deallocated")}
     */
    public record Halt(Member member, Source source, String says) {}

    private final BackendResources members;
    private final ResourceOperations changes;
    private final Incident incident;

    public ApplianceState(BackendResources members, Observations observed) {
        this.members = members;
        this.changes = observed.changes();
        this.incident = observed.incident();
    }

    public Optional<Halt> at(String address) {
        return members.at(address)
                .filter(each -> each.id().hasType("Microsoft.Compute"))
                .flatMap(each -> each.power() == Power.STOPPED ? Optional.of(byState(each)) : byLog(each));
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
