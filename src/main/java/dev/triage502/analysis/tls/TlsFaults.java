package dev.triage502.analysis.tls;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.tls.TlsDirectProbes.Told;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wrong with a server's TLS? The gateway's texts overlap, and a look at the certificate tells them apart: so what
 * a text shows is decided once, for the five causes that share them.
 */
public final class TlsFaults {

    /** What can be wrong. */
    public enum Fault {
        DATES,
        NAME,
        CHAIN,
        TRUST,
        HANDSHAKE
    }

    private final Evidence evidence;
    private final TlsDirectProbes looks;

    private TlsFaults(Evidence evidence, TlsDirectProbes looks) {
        this.evidence = evidence;
        this.looks = looks;
    }

    public static TlsFaults of(Evidence evidence, Corroboration witnesses) {
        return new TlsFaults(evidence, TlsDirectProbes.of(evidence, witnesses));
    }

    public TlsDirectProbes looks() {
        return looks;
    }

    /** The periodic probes' texts that state this fault. */
    public Stream<Finding> measured(BackendHealth health, Fault fault) {
        return looks.told(health).filter(told -> states(told, fault)).map(told -> quote(told, fault));
    }

    /** The test probes' texts that state this fault. */
    public Stream<Finding> measured(OnDemandHealth onDemand, Fault fault) {
        return looks.told(onDemand).filter(told -> states(told, fault)).map(told -> quote(told, fault));
    }

    private Finding quote(Told told, Fault fault) {
        return looks.witnesses()
                .asked(told.target())
                .filter(asked -> fault == Fault.NAME && !asked.sni().isEmpty())
                .map(asked -> told.quote().with("uncovered-name", asked.sni()))
                .orElse(told.quote());
    }

    /** The servers whose periodic probe's text has this fault among the things that it can mean. */
    public Stream<Told> hinted(BackendHealth health, Fault fault) {
        return looks.told(health)
                .filter(told -> isChecked(told.target(), fault) && mayMean(told).contains(fault));
    }

    /** What looks add to texts that only hint at the handshake: good dates, and sessions for another name. */
    public Stream<Finding> borneOut(BackendHealth health) {
        return hinted(health, Fault.HANDSHAKE)
                .flatMap(told -> told.server().failure() == ProbeFailure.CERTIFICATE_EXPIRED
                        ? seen(told).map(TlsDirectProbe::validity)
                        : seen(told)
                                .filter(TlsDirectProbe::completesForAnotherName)
                                .map(TlsDirectProbe::otherName));
    }

    /** The handshakes past the gateway that show this fault, or hint at it. */
    public Stream<TlsDirectProbe> seen(DirectProbes probes, Fault fault) {
        return looks.whereTlsMayFail(probes)
                .filter(look -> isChecked(look.server(), fault))
                .filter(look -> shows(look, fault));
    }

    /** Whether a handshake with a server shows what is wrong with its certificate, so that one that fails needs no other reason. */
    public boolean hasFaultyCertificate(DirectProbes probes, Target setting) {
        return Stream.of(Fault.DATES, Fault.NAME, Fault.CHAIN, Fault.TRUST)
                .flatMap(fault -> seen(probes, fault))
                .anyMatch(look -> setting.covers(look.server()));
    }

    private boolean states(Told told, Fault fault) {
        return isChecked(told.target(), fault)
                && stated(told).filter(each -> each == fault).isPresent();
    }

    private Optional<Fault> stated(Told told) {
        switch (told.server().failure()) {
            case CERTIFICATE_EXPIRED:
                return isDoubtful(told) ? Optional.empty() : Optional.of(Fault.DATES);
            case CERTIFICATE_REVOKED:
                return Optional.of(Fault.DATES);
            case CERTIFICATE_NAME:
                // The text has been printed where the name was right and the authority was the matter.
                return Optional.of(
                        seen(told).anyMatch(look -> look.isForTheName() && look.isNotKnown())
                                ? Fault.TRUST
                                : Fault.NAME);
            case CERTIFICATE_CHAIN:
                return Optional.of(seen(told).anyMatch(TlsDirectProbe::isSelfSigned) ? Fault.TRUST : Fault.CHAIN);
            case CERTIFICATE_UNTRUSTED:
                return isComparedUnderAnotherName(told) || mayBeComparedUnderAnotherName(told)
                        ? Optional.empty()
                        : Optional.of(Fault.TRUST);
            case CERTIFICATE_ROOT_MISMATCH:
            case CERTIFICATE_ISSUER_NOT_FOUND:
                return ofRoot(told);
            default:
                return Optional.empty();
        }
    }

    /** The text is printed for a broken chain as well, so that the chain comes first. */
    private Optional<Fault> ofRoot(Told told) {
        if (seen(told).anyMatch(TlsDirectProbe::hasBrokenChain)) {
            return Optional.of(Fault.CHAIN);
        }
        return seen(told).anyMatch(TlsDirectProbe::hasWholeChain) ? Optional.of(Fault.TRUST) : Optional.empty();
    }

    private List<Fault> mayMean(Told told) {
        switch (told.server().failure()) {
            case CERTIFICATE_EXPIRED:
                return !isDoubtful(told)
                        ? List.of()
                        : List.of(seen(told).anyMatch(TlsDirectProbe::hasGoodDates) ? Fault.HANDSHAKE : Fault.DATES);
            case CERTIFICATE_INVALID:
                return List.of(Fault.DATES, Fault.CHAIN);
            case CERTIFICATE_ROOT_MISMATCH:
                return seen(told).anyMatch(TlsDirectProbe::hasBrokenChain) ? List.of() : List.of(Fault.TRUST);
            case CERTIFICATE_ISSUER_NOT_FOUND:
                return seen(told).anyMatch(TlsDirectProbe::hasBrokenChain)
                        ? List.of()
                        : List.of(Fault.TRUST, Fault.CHAIN);
            case CERTIFICATE_UNTRUSTED:
                if (isComparedUnderAnotherName(told)) {
                    return List.of(Fault.NAME);
                }
                return mayBeComparedUnderAnotherName(told) ? List.of(Fault.TRUST) : List.of();
            case TLS_ERROR:
                return List.of(Fault.HANDSHAKE);
            default:
                return List.of();
        }
    }

    /**
     * Whether a v1 gateway compares the uploaded certificate with another one than it was made for: it asks by the pool's
     * name, and the certificate that a client is shown does not cover that. What the gateway itself is shown was not seen.
     */
    private boolean isComparedUnderAnotherName(Told told) {
        return looks.witnesses().mayBeV1() && seen(told).anyMatch(TlsDirectProbe::lacksTheGatewaysName);
    }

    /** The same, where it asks by a name and no client was seen to be shown a certificate that covers it. */
    private boolean mayBeComparedUnderAnotherName(Told told) {
        String member = told.target().name();
        return looks.witnesses().mayBeV1()
                && !IpAddresses.isAddress(member)
                && seen(told).noneMatch(look -> look.covers(member));
    }

    /** What was not read and would tell whether a certificate that the gateway does not trust has the name that it asks for. */
    public Optional<CouldNotRead<?>> undecidedNames() {
        boolean open = evidence.probeResults().toOptional().stream()
                .flatMap(looks::told)
                .filter(told -> told.server().failure() == ProbeFailure.CERTIFICATE_UNTRUSTED)
                .anyMatch(told -> !isComparedUnderAnotherName(told) && mayBeComparedUnderAnotherName(told));
        return Stream.<Reading<?>>of(evidence.gateway(), evidence.directProbes())
                .flatMap(each -> each.unread().<CouldNotRead<?>>map(unread -> unread).stream())
                .filter(unread -> open)
                .findFirst();
    }

    /** What client handshakes add to texts that only hint at the name: certificates that do not cover it. */
    public Stream<Finding> namesLacking(BackendHealth health) {
        return hinted(health, Fault.NAME)
                .flatMap(told -> seen(told).filter(TlsDirectProbe::lacksTheGatewaysName))
                .map(TlsDirectProbe::lackingName);
    }

    /**
     * Whether a text about the dates may mean something else: a v1 gateway is known to print it where no cipher was
     * shared, and one whose configuration was not read may be such; any gateway prints it of a certificate that is seen to
     * be good and was not just renewed.
     */
    private boolean isDoubtful(Told told) {
        boolean borneOut = seen(told).anyMatch(look -> look.hasBadDates() || look.isRenewed());
        return !borneOut && (looks.witnesses().mayBeV1() || seen(told).anyMatch(TlsDirectProbe::hasGoodDates));
    }

    private Stream<TlsDirectProbe> seen(Told told) {
        return looks.at(told.target());
    }

    private boolean shows(TlsDirectProbe look, Fault fault) {
        switch (fault) {
            case DATES:
                return look.hasBadDates();
            case NAME:
                return look.isForAnotherName();
            case CHAIN:
                return look.hasBrokenChain();
            case TRUST:
                return look.isNotKnown() && !look.hasBrokenChain() && !hasTrustOfItsOwn(look.server());
            default:
                return look.hasNoSession() && !looks.says(look, ProbeFailure.CANNOT_CONNECT);
        }
    }

    /** A client's store says nothing of a certificate that was uploaded to the setting. */
    private boolean hasTrustOfItsOwn(Target server) {
        return looks.witnesses().setting(server).stream()
                .anyMatch(setting -> !setting.trustedRoots().isEmpty()
                        || !setting.authenticationCertificates().isEmpty());
    }

    /** What a setting does not check cannot make its requests fail. */
    private boolean isChecked(Target server, Fault fault) {
        Optional<Setting> setting = looks.witnesses().setting(server);
        switch (fault) {
            case HANDSHAKE:
                return true;
            case NAME:
                return setting.map(Setting::checksName).orElse(true);
            default:
                return setting.map(Setting::checksChain).orElse(true);
        }
    }
}
