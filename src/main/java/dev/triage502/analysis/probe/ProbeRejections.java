package dev.triage502.analysis.probe;

import dev.triage502.analysis.gateway.AccessRejections;
import dev.triage502.analysis.probe.LiveAnswersDuringProbing.Lately;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server answers, and the probe does not accept the status: why? Each such server has one reason, so that the causes
 * that share the symptom never name it together.
 */
public final class ProbeRejections {

    /** The reasons, in the order in which they are asked. */
    public enum Reason {
        /** The server wants a certificate of the gateway's. */
        CLIENT_CERTIFICATE,
        /** The port speaks another protocol, or another port answers as wanted. */
        PORT_OR_PROTOCOL,
        /** Another host gets the answer that is wanted. */
        HOST,
        /** The server tells its tenants apart by names, and is asked for one that does not look like its own. */
        FOREIGN_HOST,
        /** The server is asked for a name for which no request is served, though some are for others. */
        UNSERVED_HOST,
        /** Plain HTTP is spoken to a port that is TLS's, and the server finds fault with the request. */
        PLAIN_TO_TLS_PORT,
        /** A service of Azure's answers 403, and its rules about who may come in were not read or do not let the gateway in. */
        ACCESS,
        /** The server fails by itself: 5xx, and no request was seen to be served meanwhile. */
        SERVER_ERROR,
        /** No custom probe: the default one asks for what is not there. */
        DEFAULT_PROBE,
        /** A custom probe asks for what answers otherwise. */
        CUSTOM_PROBE,
        /** Which probe asks is not known. */
        UNDECIDED
    }

    /** Reasons that stand where nothing else was seen. */
    private static final Set<Reason> LEFT_AT_THE_PROBE =
            EnumSet.of(Reason.UNSERVED_HOST, Reason.DEFAULT_PROBE, Reason.CUSTOM_PROBE, Reason.UNDECIDED);

    /** Reasons that direct probes of one server show, and that hold for those beside it. */
    private static final Set<Reason> SHOWN_BY_LOOKS =
            EnumSet.of(Reason.CLIENT_CERTIFICATE, Reason.PORT_OR_PROTOCOL, Reason.HOST);

    private static final Set<Integer> TLS_PORTS = Set.of(443, 8443);

    static final Set<Integer> NO_SUCH_HOST = Set.of(400, 404, 421);

    /**
     * One server that answered with a status that the probe does not accept.
     *
     * @param custom whether a custom probe asks; empty where the gateway's document was not read
     * @param quote  who says so
     */
    public record Rejection(Target server, OptionalInt status, Optional<Boolean> custom, Finding quote) {
        boolean isServerError() {
            return status.orElse(0) >= 500;
        }
    }

    /** What servers of one pool have in common that answer the same probe with the same status. */
    private record Alike(BackendPair pair, OptionalInt status) {
        static Alike of(Rejection rejection) {
            return new Alike(BackendPair.of(rejection.server()), rejection.status());
        }
    }

    private final List<Reading<?>> sources;
    private final Optional<BackendHealth> health;
    private @Nullable Map<Alike, Set<Reason>> shownBeside;
    private final Corroboration witnesses;
    private final ContrastingAnswers others;
    private final LiveAnswersDuringProbing live;
    private final NameBasedBackends byName;
    private final UnreadAlternatives open;
    private final AccessRejections access;

    private ProbeRejections(Evidence evidence, Corroboration witnesses) {
        sources = List.of(
                evidence.gateway(),
                evidence.accessLog(),
                evidence.backends(),
                evidence.onDemandHealth(),
                evidence.directProbes());
        health = evidence.probeResults().toOptional();
        this.witnesses = witnesses;
        others = new ContrastingAnswers(witnesses);
        live = LiveAnswersDuringProbing.of(evidence);
        byName = NameBasedBackends.of(evidence);
        open = UnreadAlternatives.of(evidence, witnesses, byName, live);
        access = AccessRejections.of(evidence);
    }

    public static ProbeRejections of(Evidence evidence, Corroboration witnesses) {
        return new ProbeRejections(evidence, witnesses);
    }

    public Corroboration witnesses() {
        return witnesses;
    }

    /** What a reason is told by, beside the probes' own word. */
    public Reading<?>[] sources() {
        return sources.toArray(Reading<?>[]::new);
    }

    public ContrastingAnswers others() {
        return others;
    }

    /** What the periodic probes rejected for this reason. */
    public Stream<Rejection> by(BackendHealth health, Reason reason) {
        return rejections(health).stream().filter(each -> reason(each) == reason);
    }

    private List<Rejection> rejections(BackendHealth health) {
        return health.failingWith(ProbeFailure.STATUS_MISMATCH)
                .map(server -> new Rejection(
                        server.target(),
                        server.received(),
                        server.customProbe(),
                        filled(server.quote(), server.received())))
                .toList();
    }

    /** What the periodic probes say of servers that nothing but this reason explains. */
    public Stream<Finding> settled(BackendHealth health, Reason reason) {
        return by(health, reason)
                .filter(each -> !open.areLeftBy(each, reason) && !open.areUnseenBy(each))
                .map(Rejection::quote);
    }

    /** The same, of servers that nobody asked directly, so that another host or port was not tried. */
    public Stream<Finding> settledUnseen(BackendHealth health, Reason reason) {
        return by(health, reason)
                .filter(each -> !open.areLeftBy(each, reason) && open.areUnseenBy(each))
                .map(Rejection::quote);
    }

    /** Whether a page that a custom probe misses may be there for another host or on another port, which nobody tried. */
    public boolean mayPageBeElsewhere(BackendHealth health) {
        return by(health, Reason.CUSTOM_PROBE).anyMatch(open::mayBeElsewhereUnseen);
    }

    /** What they say of those of which something that nobody looked at could be the reason instead. */
    public Stream<Finding> unsettled(BackendHealth health, Reason reason) {
        return by(health, reason).filter(each -> open.areLeftBy(each, reason)).map(Rejection::quote);
    }

    /**
     * What looks past the gateway would have a probe reject. The same answer to a look is no second witness where something
     * else could be the reason: it could not have contradicted the probe.
     */
    public Stream<Finding> repeated(DirectProbes probes, Reason reason) {
        return by(probes, reason)
                .filter(each -> health.isEmpty() || !open.areLeftBy(each, reason))
                .map(Rejection::quote);
    }

    /** What looks past the gateway would have a probe reject, where no probe's own word says otherwise. */
    public Stream<Rejection> by(DirectProbes probes, Reason reason) {
        return witnesses
                .rehearsals(probes, ProbeFailure.STATUS_MISMATCH)
                .filter(each -> !each.asked().accepts(each.look()))
                .map(each -> new Rejection(
                        each.server(),
                        each.look().status(),
                        Optional.of(each.asked().probe().isPresent()),
                        filled(each.finding(""), each.look().status())))
                .filter(each -> reason(each) == reason);
    }

    /** What servers answered right before none was live, which nothing but this reason explains; where no probe's word is known. */
    public Stream<Finding> settledBeforeMarkedDown(AccessLog log, Reason reason) {
        return beforeMarkedDown(log, reason)
                .filter(each -> !open.areLeftBy(each, reason))
                .map(Rejection::quote);
    }

    /** The same, of those of which something that nobody looked at could be the reason instead. */
    public Stream<Finding> unsettledBeforeMarkedDown(AccessLog log, Reason reason) {
        return beforeMarkedDown(log, reason)
                .filter(each -> open.areLeftBy(each, reason))
                .map(Rejection::quote);
    }

    private Stream<Rejection> beforeMarkedDown(AccessLog log, Reason reason) {
        return health.isPresent()
                ? Stream.empty()
                : AnswersBeforeMarkedDown.rejected(log, witnesses)
                        .map(each -> new Rejection(
                                each.server(), each.status(), each.custom(), filled(each.quote(), each.status())))
                        .filter(each -> reason(each) == reason);
    }

    private Finding filled(Finding finding, OptionalInt status) {
        Finding filled = witnesses.filled(finding);
        return status.isPresent() ? filled.with("status", String.valueOf(status.getAsInt())) : filled;
    }

    /**
     * The reason; where a server's own evidence leaves it at the probe, that of those beside it which answer the same
     * probe with the same status, if direct probes show one of them and nothing speaks against it here.
     */
    private Reason reason(Rejection rejection) {
        Reason own = reasonOfItself(rejection);
        if (!LEFT_AT_THE_PROBE.contains(own)
                || others.forAnotherHostAsWell(rejection).findAny().isPresent()) {
            return own;
        }
        Set<Reason> beside = shownBeside().getOrDefault(Alike.of(rejection), Set.of());
        return beside.size() == 1 ? beside.iterator().next() : own;
    }

    /** What direct probes show of servers that a probe rejects, by the answer that they share. */
    private Map<Alike, Set<Reason>> shownBeside() {
        Map<Alike, Set<Reason>> known = shownBeside;
        if (known == null) {
            known = new HashMap<>();
            for (Rejection each : health.map(this::rejections).orElse(List.of())) {
                Reason reason = reasonOfItself(each);
                if (SHOWN_BY_LOOKS.contains(reason)) {
                    known.computeIfAbsent(Alike.of(each), unused -> EnumSet.noneOf(Reason.class))
                            .add(reason);
                }
            }
            shownBeside = known;
        }
        return known;
    }

    private Reason reasonOfItself(Rejection rejection) {
        Optional<ProbeRequest> asked = witnesses.asked(rejection.server());
        if (others.ofCertificate(rejection).isPresent()) {
            return Reason.CLIENT_CERTIFICATE;
        }
        if (others.ofPort(rejection).isPresent()) {
            return Reason.PORT_OR_PROTOCOL;
        }
        boolean custom = rejection.custom().orElse(false);
        if (custom && others.forAnotherHost(rejection).findAny().isPresent()) {
            return Reason.HOST;
        }
        if (asked.filter(each -> isPlainToTlsPort(rejection, each)).isPresent()) {
            return Reason.PLAIN_TO_TLS_PORT;
        }
        if (isServersOwn(rejection, asked)) {
            return Reason.SERVER_ERROR;
        }
        if (isOfAccess(rejection, asked)) {
            return Reason.ACCESS;
        }
        if (rejection.custom().isEmpty()) {
            return Reason.UNDECIDED;
        }
        if (custom && asked.filter(each -> isForeign(rejection, each)).isPresent()) {
            return byName.knows(rejection.server().name()) ? Reason.HOST : Reason.FOREIGN_HOST;
        }
        if (custom && asked.filter(each -> isUnserved(rejection, each)).isPresent()) {
            return Reason.UNSERVED_HOST;
        }
        return custom ? Reason.CUSTOM_PROBE : Reason.DEFAULT_PROBE;
    }

    /** What the probes rejected of servers that are asked for a name for which no request is served. */
    public Stream<Finding> unserved(BackendHealth health) {
        return by(health, Reason.UNSERVED_HOST)
                .flatMap(each -> witnesses.asked(each.server()).stream()
                        .map(asked -> filled(
                                Finding.of(
                                        Source.BACKEND_HEALTH,
                                        each.server(),
                                        each.server().name() + " returns "
                                                + each.status().orElse(0) + " to the probe, which asks for "
                                                + asked.host() + "; clients are served for other hosts only"),
                                each.status())));
    }

    private boolean isUnserved(Rejection rejection, ProbeRequest asked) {
        return NO_SUCH_HOST.contains(rejection.status().orElse(0))
                && AzureServiceDomains.of(rejection.server().name()).isEmpty()
                && open.isServedForOthersOnly(rejection, asked.host());
    }

    /** The server fails by itself: no request was served meanwhile, nor a look that asked for something else. */
    private boolean isServersOwn(Rejection rejection, Optional<ProbeRequest> asked) {
        Lately lately = live.of(rejection.server(), asked.flatMap(ProbeRequest::probe));
        if (lately != Lately.NONE) {
            return lately == Lately.ERRORS
                    && (rejection.isServerError() || rejection.status().isEmpty());
        }
        return rejection.isServerError()
                && asked.stream()
                        .flatMap(each -> others.atThePort(rejection.server())
                                .filter(look -> !each.isRepeatedBy(look) && each.accepts(look)))
                        .findAny()
                        .isEmpty();
    }

    /**
     * Whether the service may shut the gateway out: it answered nobody well but, where its rules were not read, who asked the
     * same from elsewhere, and no look came privately, where the rules do not count.
     */
    private boolean isOfAccess(Rejection rejection, Optional<ProbeRequest> asked) {
        boolean known = byName.knows(rejection.server().name());
        return rejection.status().orElse(0) == 403
                && access.mayReject(rejection.server(), known)
                && !live.sawWelcome(rejection.server(), asked.flatMap(ProbeRequest::probe))
                && witnesses.looks(rejection.server()).stream()
                        .noneMatch(look -> look.answered() && isPrivate(look)
                                || look.answeredWell()
                                        && (known
                                                || asked.filter(each -> each.isRepeatedBy(look))
                                                        .isEmpty()));
    }

    private static boolean isPrivate(DirectProbe look) {
        return look.dns().stream()
                .flatMap(dns -> dns.addresses().stream())
                .anyMatch(each ->
                        IpAddresses.parse(each).filter(IpAddresses::isPrivate).isPresent());
    }

    private static boolean isPlainToTlsPort(Rejection rejection, ProbeRequest asked) {
        return !asked.tls()
                && TLS_PORTS.contains(asked.port())
                && rejection.status().orElse(0) == 400;
    }

    /** A platform that serves by name knows no such thing, or the answer says so, and the name is not the member's. */
    private boolean isForeign(Rejection rejection, ProbeRequest asked) {
        if (others.sayingNoSuchHost(rejection).findAny().isPresent()) {
            return !asked.host().equalsIgnoreCase(rejection.server().name());
        }
        boolean unknown = rejection.status().isEmpty()
                || NO_SUCH_HOST.contains(rejection.status().getAsInt());
        String member = rejection.server().name();
        return unknown && byName.isForeign(member, asked.host()) && NameBasedBackends.knowsPath(member, asked.path());
    }
}
