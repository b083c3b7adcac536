package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What do TLS handshakes past the gateway show of the servers whose handshake the gateway may give up? */
public final class TlsDirectProbes {

    /** What a probe can say of a server whose TLS is at fault; after any other text a session had come about. */
    private static final Set<ProbeFailure> MAY_BE_TLS = EnumSet.of(
            ProbeFailure.CERTIFICATE_NAME,
            ProbeFailure.CERTIFICATE_EXPIRED,
            ProbeFailure.CERTIFICATE_REVOKED,
            ProbeFailure.CERTIFICATE_CHAIN,
            ProbeFailure.CERTIFICATE_UNTRUSTED,
            ProbeFailure.CERTIFICATE_ROOT_MISMATCH,
            ProbeFailure.CERTIFICATE_ISSUER_NOT_FOUND,
            ProbeFailure.CERTIFICATE_INVALID,
            ProbeFailure.TLS_ERROR,
            ProbeFailure.CANNOT_CONNECT,
            ProbeFailure.OTHER);

    /** What was seen of TLS where the handshake left nothing but an error. */
    private static final Tls NOTHING = Tls.builder()
            .protocol("")
            .subject("")
            .names(List.of())
            .issuer("")
            .notBefore(Optional.empty())
            .notAfter(Optional.empty())
            .chain(List.of())
            .verified(Optional.empty())
            .error("")
            .build();

    /** What a probe of the gateway's said of a server that fails, periodically or on demand. */
    public record Told(Server server, Finding quote) {
        public Target target() {
            return server.target();
        }
    }

    private final Evidence evidence;
    private final Corroboration witnesses;

    private TlsDirectProbes(Evidence evidence, Corroboration witnesses) {
        this.evidence = evidence;
        this.witnesses = witnesses;
    }

    public static TlsDirectProbes of(Evidence evidence, Corroboration witnesses) {
        return new TlsDirectProbes(evidence, witnesses);
    }

    public Corroboration witnesses() {
        return witnesses;
    }

    /** What the periodic probes say of the servers that fail. */
    Stream<Told> told(BackendHealth health) {
        return health.failing()
                .filter(server -> MAY_BE_TLS.contains(server.failure()))
                .map(server -> new Told(server, witnesses.filled(server.quote())));
    }

    /** What test probes say, where they asked for the host that the periodic one asks for. */
    Stream<Told> told(OnDemandHealth onDemand) {
        return onDemand.answers().stream()
                .filter(answer -> answer.server().isFailing())
                .filter(answer -> answer.host().isEmpty()
                        || witnesses
                                .asked(answer.server().target())
                                .map(asked -> asked.host().equalsIgnoreCase(answer.host()))
                                .orElse(true))
                .map(answer -> new Told(answer.server(), witnesses.filled(answer.quote())));
    }

    /** The handshakes with a server at the gateway's port; those for the gateway's name, where there are any. */
    public Stream<TlsDirectProbe> at(Target server) {
        Optional<ProbeRequest> asked = witnesses.asked(server);
        List<TlsDirectProbe> all = witnesses.looks(server).stream()
                .filter(look -> isAtThePort(look, asked))
                .map(look -> new TlsDirectProbe(server, look, look.tls().orElse(NOTHING), asked, evidence.at()))
                .toList();
        List<TlsDirectProbe> same = all.stream()
                .filter(look -> asked.filter(
                                each -> each.sni().equalsIgnoreCase(look.probe().serverName()))
                        .isPresent())
                .toList();
        return (same.isEmpty() ? all : same).stream();
    }

    /** The handshakes with servers of which no probe says that it got through TLS. */
    public Stream<TlsDirectProbe> whereTlsMayFail(DirectProbes probes) {
        return probes.stream()
                .flatMap(look -> look.targets().stream())
                .distinct()
                .filter(this::mayFail)
                .flatMap(this::at);
    }

    /** Whether this is what the gateway's own probe says of the server looked at. */
    public boolean says(TlsDirectProbe look, ProbeFailure failure) {
        return witnesses
                .probed(look.server())
                .filter(server -> server.failure() == failure)
                .isPresent();
    }

    private boolean mayFail(Target server) {
        Optional<Server> probed = witnesses.probed(server);
        return probed.isEmpty()
                || probed.get().state() == State.UNKNOWN
                || (probed.get().isFailing() && MAY_BE_TLS.contains(probed.get().failure()));
    }

    private static boolean isAtThePort(DirectProbe look, Optional<ProbeRequest> asked) {
        boolean spoken = look.tls().isPresent() || look.connect() == Connect.OK || look.connect() == Connect.RESET;
        return look.overTls()
                && spoken
                && asked.map(each -> each.tls() && look.port().orElse(each.port()) == each.port())
                        .orElse(true);
    }
}
