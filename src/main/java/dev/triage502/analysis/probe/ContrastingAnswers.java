package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.ClientErrorKind;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What does a server whose answer the probe rejects answer to others, and on other ports? */
public final class ContrastingAnswers {

    /** Bad request, upgrade required, version not supported. */
    private static final Set<Integer> VERSION_REJECTED = Set.of(400, 426, 505);

    private final Corroboration witnesses;

    ContrastingAnswers(Corroboration witnesses) {
        this.witnesses = witnesses;
    }

    /** A look at the probed port whose answer, or whose client, says that a certificate is wanted. */
    Optional<DirectProbe> ofCertificate(Rejection rejection) {
        return atThePort(rejection.server())
                .filter(look -> look.answerSays(ClientErrorKind.CLIENT_CERTIFICATE)
                        || look.complaint() == ClientErrorKind.CLIENT_CERTIFICATE)
                .findFirst();
    }

    /** The probe's word and the answer that says that a certificate is wanted. */
    public Stream<Finding> certificateWanted(Rejection rejection) {
        return Stream.concat(
                Stream.of(rejection.quote()),
                ofCertificate(rejection).stream()
                        .map(look -> look.finding(
                                        rejection.server(),
                                        rejection.server().name() + " requires a client certificate: \""
                                                + look.body().orElse(look.error()) + "\"")
                                .with("handshake", "client-certificate")));
    }

    /** A look that shows another protocol on the probed port, or the answer wanted on another port. */
    Optional<DirectProbe> ofPort(Rejection rejection) {
        Set<ClientErrorKind> wrong =
                EnumSet.of(ClientErrorKind.TLS_TO_PLAIN, ClientErrorKind.PLAIN_TO_TLS, ClientErrorKind.OTHER_PROTOCOL);
        return Stream.concat(
                        atThePort(rejection.server())
                                .filter(look -> wrong.contains(look.complaint())
                                        || look.answerSays(ClientErrorKind.PLAIN_TO_TLS)
                                        || rejectsTheVersion(look)),
                        witnesses.asked(rejection.server()).stream()
                                .flatMap(asked -> witnesses.looksAtAddress(rejection.server()).stream()
                                        .filter(look -> isAnotherPort(look, asked, rejection.server()))))
                .findFirst();
    }

    /** A server that takes another version of HTTP only says so: the gateway speaks HTTP/1.1 to backends. */
    private static boolean rejectsTheVersion(DirectProbe look) {
        return VERSION_REJECTED.contains(look.status().orElse(0)) && look.answerSays(ClientErrorKind.OTHER_PROTOCOL);
    }

    /**
     * The same path is as wanted on another port, or in the other protocol, and is not as it is probed. A look for another
     * host counts too, such as one for the address, unless some host gets the wanted answer on the probed port: then the
     * host is what differs.
     */
    private boolean isAnotherPort(DirectProbe look, ProbeRequest asked, Target server) {
        return (look.port().orElse(asked.port()) != asked.port() || look.overTls() != asked.tls())
                && asked.isThePathOf(look)
                && asked.accepts(look)
                && (look.host().equalsIgnoreCase(asked.host())
                        || atThePort(server).noneMatch(each -> asked.isThePathOf(each) && asked.accepts(each)));
    }

    /** What got the wanted answer for the same path by another host; none, where the probe's own host got it too. */
    public Stream<Finding> forAnotherHost(Rejection rejection) {
        Optional<ProbeRequest> known = witnesses.asked(rejection.server());
        if (known.isEmpty()) {
            return Stream.empty();
        }
        ProbeRequest asked = known.get();
        boolean own = witnesses.looks(rejection.server()).stream()
                .anyMatch(look -> asked.isRepeatedBy(look) && asked.accepts(look));
        return own
                ? Stream.empty()
                : Stream.concat(
                        witnesses.looks(rejection.server()).stream()
                                .filter(look -> asked.isRepeatedForSomeHostBy(look) && asked.accepts(look))
                                .map(look -> told(rejection, look).with("served-host", look.host())),
                        witnesses
                                .answers(rejection.server())
                                .filter(answer -> answer.path().equals(asked.path())
                                        && !answer.host().isEmpty()
                                        && !answer.host().equalsIgnoreCase(asked.host())
                                        && answer.server().state() == State.HEALTHY)
                                .map(answer -> answer.quote().with("served-host", answer.host())));
    }

    /** Looks that asked what the probe asks, and whose answer says that there is no such host. */
    public Stream<Finding> sayingNoSuchHost(Rejection rejection) {
        return witnesses.asked(rejection.server()).stream()
                .flatMap(asked -> witnesses.looks(rejection.server()).stream()
                        .filter(look -> asked.isRepeatedBy(look) && look.answerSays(ClientErrorKind.HOST_UNKNOWN)))
                .map(look -> look.finding(
                        rejection.server(),
                        rejection.server().name() + " returns this for " + look.host() + look.path() + ": \""
                                + look.words() + "\""));
    }

    /** What another host got for the same path, and was as little wanted. */
    public Stream<Finding> forAnotherHostAsWell(Rejection rejection) {
        return witnesses.asked(rejection.server()).stream()
                .flatMap(asked -> witnesses.looks(rejection.server()).stream()
                        .filter(look -> asked.isRepeatedForSomeHostBy(look)
                                && !asked.isRepeatedBy(look)
                                && look.answered()
                                && !asked.accepts(look)))
                .map(look -> told(rejection, look));
    }

    private static Finding told(Rejection rejection, DirectProbe look) {
        return look.finding(
                rejection.server(),
                rejection.server().name() + " returns " + look.status().getAsInt() + " for " + look.host()
                        + look.path());
    }

    /** Which probe asks, in the gateway's words. */
    public Stream<Finding> whichProbe(Rejection rejection) {
        return witnesses.asked(rejection.server()).stream()
                .map(asked -> Finding.of(
                        Source.GATEWAY,
                        rejection.server(),
                        asked.setting().name()
                                + asked.probe()
                                        .map(probe -> " uses the custom probe " + probe.name())
                                        .orElse(" has no custom probe")));
    }

    /** The looks at the probed port, in the probe's protocol. */
    Stream<DirectProbe> atThePort(Target server) {
        return witnesses.asked(server).stream()
                .flatMap(asked -> witnesses.looks(server).stream()
                        .filter(look ->
                                look.overTls() == asked.tls() && look.port().orElse(asked.port()) == asked.port()));
    }
}
