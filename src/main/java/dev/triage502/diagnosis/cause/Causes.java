package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import java.util.List;

/** All causes, in the order of their rank among equals: the particular before the general. */
public final class Causes {

    /** A cause's place is a decision: it is named before those below it when nothing else tells them apart. */
    public static final List<Cause> IN_ORDER = List.of(
            new PlatformEvent(),
            new GatewayNotRunning(),
            new ConfigurationNotApplied(),
            new ConfigurationOverwritten(),
            new BackendPoolEmpty(),
            new NsgBlocksGatewayManager(),
            new RouteDivertsGatewayManagement(),
            new BackendsStopped(),
            new BackendRefusesGateway(),
            new StaleBackendAddresses(),
            new BackendNameResolvesElsewhere(),
            new BackendNameUnresolvable(),
            new BackendAddressUnreachable(),
            new RouteDivertsBackendTraffic(),
            new NsgBlocksBackend(),
            new BackendCertificateExpired(),
            new BackendCertificateNameMismatch(),
            new BackendCertificateChainIncomplete(),
            new BackendCertificateUntrusted(),
            new BackendTlsHandshakeFailed(),
            new ProbePortOrProtocolMismatch(),
            new BackendNotListening(),
            new ProbeHostMismatch(),
            new DefaultProbeRejected(),
            new ProbeBodyMismatch(),
            new ProbeStatusMismatch(),
            new GatewayCapacityExhausted(),
            new BackendOverloaded(),
            new ProbeTimeout(),
            new RequestTimeout(),
            new BackendSendsInvalidResponse(),
            new BackendClosesConnection(),
            new BackendReturnsError());

    private Causes() {}
}
