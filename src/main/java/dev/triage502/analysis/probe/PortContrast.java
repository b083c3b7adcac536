package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.HostName;
import dev.triage502.incident.Wording;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Probes that ask another port than live requests go to: which of the two ports does not do? */
public final class PortContrast {

    /** Fewer requests than these can end by chance in one moment. */
    private static final long ENOUGH = 3;

    private static final Set<ClientErrorKind> WRONG =
            EnumSet.of(ClientErrorKind.TLS_TO_PLAIN, ClientErrorKind.PLAIN_TO_TLS, ClientErrorKind.OTHER_PROTOCOL);

    private static final Set<ProbeFailure> ANSWERED =
            EnumSet.of(ProbeFailure.NONE, ProbeFailure.STATUS_MISMATCH, ProbeFailure.BODY_MISMATCH);

    private final Evidence evidence;
    private final Corroboration witnesses;

    private PortContrast(Evidence evidence, Corroboration witnesses) {
        this.evidence = evidence;
        this.witnesses = witnesses;
    }

    public static PortContrast of(Evidence evidence, Corroboration witnesses) {
        return new PortContrast(evidence, witnesses);
    }

    /**
     * Live requests of which none is answered, where the probe passes on another port. Where they are closed and the setting
     * speaks TLS, its handshake may be what fails; then it takes a client's look to tell.
     */
    public Stream<Finding> unanswered(AccessLog log, Gateway gateway) {
        return silent(log)
                .filter(failures -> evidence.directProbes().isPresent() || !mayFailInHandshake(failures, gateway))
                .filter(failures -> passes(failures, gateway))
                .flatMap(failures -> gateway.setting(failures.setting()).stream()
                        .map(setting -> failures.finding(failures.all() + " to port " + setting.port() + " of "
                                        + failures.pool() + " got no response")
                                .with("port", String.valueOf(setting.port()))));
    }

    /** Requests through a setting of which none has been answered since. */
    private static Stream<LiveFailures> silent(AccessLog log) {
        return LiveFailures.bySetting(log, row -> row.maker() == Maker.GATEWAY)
                .filter(failures -> failures.requests() >= ENOUGH)
                .filter(failures -> failures.servedSince(log).findAny().isEmpty());
    }

    private static boolean mayFailInHandshake(LiveFailures failures, Gateway gateway) {
        return gateway.setting(failures.setting()).filter(Setting::isTls).isPresent()
                && failures.rows().stream().anyMatch(row -> row.errorInfo() == ErrorInfo.CLOSED_CONNECTION);
    }

    /** The probes that pass on another port than the one whose requests are not answered. */
    public Stream<Finding> passed(BackendHealth health, Gateway gateway) {
        return evidence.accessLog().toOptional().stream()
                .flatMap(log -> unanswered(log, gateway))
                .map(Finding::target)
                .flatMap(target -> gateway.setting(target.name()).stream()
                        .map(setting -> Finding.of(
                                Source.BACKEND_HEALTH,
                                target,
                                "the probe of " + setting.name() + " succeeds on port " + gateway.probedPort(setting)
                                        + ", but requests go to port " + setting.port())));
    }

    private boolean passes(LiveFailures failures, Gateway gateway) {
        boolean differs = gateway.setting(failures.setting())
                .filter(setting -> gateway.probedPort(setting) != setting.port())
                .isPresent();
        return differs
                && evidence.probeResults().toOptional().stream()
                        .flatMap(BackendHealth::healthy)
                        .anyMatch(server -> server.pool().equalsIgnoreCase(failures.pool())
                                && server.setting().equalsIgnoreCase(failures.setting()));
    }

    /** Looks at the probed port whose client or server says that the other one speaks something else. */
    public Stream<Finding> anotherProtocol(DirectProbes probes) {
        return Stream.concat(complained(probes), onlyTls(probes));
    }

    /** Servers that close plain connections on the port that the gateway asks in plain, and speak TLS with those who do. */
    private Stream<Finding> onlyTls(DirectProbes probes) {
        return probes.stream()
                .filter(PortContrast::isClosed)
                .flatMap(look -> look.targets().stream())
                .distinct()
                .filter(this::isNotAnswered)
                .flatMap(server -> witnesses.asked(server).filter(asked -> !asked.tls()).stream()
                        .flatMap(asked -> onlyTls(server, asked.port())));
    }

    private static boolean isClosed(DirectProbe look) {
        return !look.overTls()
                && !look.answered()
                && (look.connect() == Connect.RESET
                        || look.connect() == Connect.OK && !look.error().isEmpty());
    }

    private Stream<Finding> onlyTls(Target server, int port) {
        List<DirectProbe> there = witnesses.looksAtAddress(server).stream()
                .filter(each -> each.port().orElse(port) == port)
                .toList();
        boolean answeredInPlain = there.stream().anyMatch(each -> !each.overTls() && each.answered());
        return there.stream()
                .filter(each -> !answeredInPlain && each.overTls())
                .filter(each ->
                        each.tls().filter(tls -> !tls.protocol().isEmpty()).isPresent())
                .limit(1)
                .map(each -> open(each, spokeTls(each, server)));
    }

    private static Finding spokeTls(DirectProbe look, Target server) {
        Finding finding = look.finding(
                server,
                server.name() + " closes plain connections on this port and speaks TLS there"
                        + (look.words().isEmpty() ? "" : ": \"" + look.words() + "\""));
        return look.complaint() == ClientErrorKind.CLIENT_CERTIFICATE ? finding.with("mutual-tls", "yes") : finding;
    }

    private Stream<Finding> complained(DirectProbes probes) {
        return probes.stream()
                .filter(look -> WRONG.contains(look.complaint()) || look.answerSays(ClientErrorKind.PLAIN_TO_TLS))
                .flatMap(look -> look.targets().stream()
                        .filter(this::isNotAnswered)
                        .filter(server -> witnesses
                                .asked(server)
                                .filter(asked -> look.port().orElse(asked.port()) == asked.port())
                                .isPresent())
                        .map(server -> open(
                                look,
                                look.finding(
                                        server,
                                        server.name() + " uses another protocol on this port: \"" + look.words()
                                                + "\""))));
    }

    /** The finding with the port and the protocol that the server speaks by this look, as far as it tells. */
    static Finding open(DirectProbe look, Finding finding) {
        boolean plain = look.complaint() == ClientErrorKind.TLS_TO_PLAIN;
        boolean tls = look.complaint() == ClientErrorKind.PLAIN_TO_TLS || look.answerSays(ClientErrorKind.PLAIN_TO_TLS);
        boolean spoken = look.overTls() ? !plain : tls;
        Finding told = look.complaint() == ClientErrorKind.OTHER_PROTOCOL
                ? finding.with("http2-only", Wording.of(look.words()).has("http/2", "http2") ? "yes" : "")
                : finding.with("open-protocol", spoken ? "Https" : "Http");
        return look.port().isPresent()
                ? told.with("open-port", String.valueOf(look.port().getAsInt()))
                : told;
    }

    /** A port whose live requests are not answered: it answers looks in the other protocol, and none in the setting's own. */
    public Stream<Finding> answersOtherwise(DirectProbes probes, AccessLog log, Gateway gateway) {
        return silent(log)
                .flatMap(failures -> gateway.setting(failures.setting()).stream()
                        .flatMap(setting -> otherwise(probes, failures, setting).stream()));
    }

    private static Optional<Finding> otherwise(DirectProbes probes, LiveFailures failures, Setting setting) {
        // A look in another protocol than the setting's speaks of no server by itself.
        Set<HostName> asked = failures.rows().stream()
                .map(row -> HostName.of(row.serverAddress()))
                .collect(Collectors.toSet());
        List<DirectProbe> answers = probes.stream()
                .filter(look -> look.answered() && look.port().orElse(-1) == setting.port())
                .filter(look -> asked.contains(HostName.of(look.address())))
                .toList();
        boolean asUsual = answers.stream().anyMatch(look -> look.overTls() == setting.isTls());
        return answers.stream()
                .filter(look -> !asUsual)
                .findFirst()
                .map(look -> open(
                                look,
                                Finding.of(
                                        Source.DIRECT_PROBE,
                                        failures.target(),
                                        look.address() + " returns "
                                                + look.status().getAsInt() + " for " + look.path()
                                                + (look.overTls() ? " over TLS" : " without TLS") + " on port "
                                                + setting.port() + ", where " + setting.name() + " uses "
                                                + (setting.isTls() ? "TLS" : "plain HTTP")))
                        .with("server", look.address()));
    }

    /** Whether no probe got an answer from the server. */
    private boolean isNotAnswered(Target server) {
        return witnesses
                .probed(server)
                .map(each -> each.isFailing() && !ANSWERED.contains(each.failure()))
                .orElse(true);
    }

    /** The probe's word about a server, and the answer that shows where it is to be asked. */
    public static Stream<Finding> shown(Rejection rejection, ProbeRejections rejections) {
        return Stream.concat(
                Stream.of(rejection.quote()),
                rejections.others().ofPort(rejection).stream()
                        .map(look -> open(look, look.finding(rejection.server(), told(rejection, look)))));
    }

    private static String told(Rejection rejection, DirectProbe look) {
        String port = look.port().isPresent() ? " on port " + look.port().getAsInt() : "";
        String words = look.error().isEmpty() ? look.body().orElse("") : look.error();
        return rejection.server().name()
                + (look.answered() ? " returns " + look.status().getAsInt() + " for " + look.path() : "")
                + port
                + (words.isEmpty() ? "" : ": \"" + words + "\"");
    }

    /** What is odd about a setting that speaks plain HTTP to a port that is TLS's as a rule. */
    public Finding plainToTlsPort(Rejection rejection) {
        String port = witnesses
                .asked(rejection.server())
                .map(asked -> asked.setting().name() + " uses HTTP on port " + asked.port())
                .orElse("");
        return Finding.of(Source.GATEWAY, rejection.server(), port).with("open-protocol", "Https");
    }

    /** The finding about a server, told of what holds the port: a probe with a port of its own, else the setting. */
    public Finding atItsHolder(Finding finding) {
        Target server = finding.target();
        if (server.kind() != Kind.SERVER) {
            return atTheirProbe(finding);
        }
        Optional<Target> holder = witnesses
                .asked(server)
                .map(asked -> asked.probe()
                        .filter(probe -> asked.port() != asked.setting().port())
                        .map(probe ->
                                probe.target().on(Place.SETTING, asked.setting().name()))
                        .orElseGet(() -> setting(asked.setting()))
                        .on(Place.POOL, server.at(Place.POOL).orElse("")));
        return holder.map(target -> new Finding(
                        finding.source(),
                        target,
                        finding.text(),
                        finding.at(),
                        finding.values(),
                        finding.affects().isEmpty() ? List.of(server) : finding.affects()))
                .orElse(finding);
    }

    /** A finding about several servers, told of the one probe that asks all of them on a port of its own and fails. */
    private Finding atTheirProbe(Finding finding) {
        List<ProbeRequest> asked = finding.affects().stream()
                .flatMap(each -> witnesses.asked(each).stream())
                .toList();
        List<Target> probes = asked.stream()
                .filter(each -> each.port() != each.setting().port())
                .flatMap(each -> each.probe().stream()
                        .map(probe ->
                                probe.target().on(Place.SETTING, each.setting().name())))
                .distinct()
                .toList();
        boolean one = probes.size() == 1
                && asked.size() == finding.affects().size()
                && asked.stream().allMatch(each -> each.port() != each.setting().port())
                && finding.affects().stream()
                        .allMatch(each ->
                                witnesses.probed(each).filter(Server::isFailing).isPresent());
        return one
                ? new Finding(
                        finding.source(),
                        probes.get(0)
                                .on(Place.POOL, finding.target().at(Place.POOL).orElse("")),
                        finding.text(),
                        finding.at(),
                        finding.values(),
                        finding.affects())
                : finding;
    }

    private static Target setting(Setting setting) {
        return setting.target().on(Place.PROBE, setting.probe());
    }
}
