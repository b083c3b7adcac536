package dev.triage502.function;

import dev.triage502.link.LinkGrant;
import dev.triage502.link.LinkSigner;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.LazyValue;
import dev.triage502.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Makes the tokens of links that open one incident without signing in, and says what a token opens. */
final class SignedLinks {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(SignedLinks.class.getName()));

    private final Supplier<LinkSettings> settings;
    private final Supplier<Store> store;
    private final Clock clock;
    private final LazyValue<LinkSigner> signer;

    SignedLinks(Supplier<LinkSettings> settings, Supplier<Store> store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.signer = new LazyValue<>(() -> new LinkSigner(secrets()));
    }

    private List<String> secrets() {
        List<String> given = settings.get().secrets();
        return given.isEmpty() ? List.of(store.get().links().secret()) : given;
    }

    /** A grant for an incident, from now on for as long as it is set. */
    LinkGrant grant(String incident) {
        return new LinkGrant(
                incident,
                clock.instant().plus(settings.get().lifetime()),
                store.get().links().series(incident));
    }

    String token(LinkGrant grant) {
        return signer.get().sign(grant);
    }

    /**
     * What a token says that was made here.
     *
     * @param isOpen whether it opens the incident: it does not once it has expired, or its links were revoked
     */
    record Read(String incident, boolean isOpen) {}

    /** What a token says; empty if it was not made here. */
    Optional<Read> read(String token) {
        return signer.get().read(token).map(grant -> new Read(grant.incident(), isOpen(grant)));
    }

    private boolean isOpen(LinkGrant grant) {
        return clock.instant().isBefore(grant.expires())
                && store.get().links().series(grant.incident()) == grant.series();
    }

    /** The token for an incident; empty where none can be made now, which must keep no message from being sent. */
    Optional<String> tokenIfAny(String incident) {
        try {
            return Optional.of(token(grant(incident)));
        } catch (RuntimeException noneNow) {
            LOG.warning(incident + ": no link could be made: " + noneNow.getMessage());
            return Optional.empty();
        }
    }
}
