package dev.triage502.function;

import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.link.LinkGrant;
import dev.triage502.link.LinkSigner;
import dev.triage502.store.LazyValue;
import dev.triage502.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the tokens of links that open one incident without signing in, and says what a token opens. */
final class SignedLinks {

    private static final String NO_LINK = "The address may be cut off: open the link in the message itself, or copy"
            + " it whole. Otherwise sign in, or ask for a new link.";
    private static final String NO_LONGER = "Links in messages expire, and can be revoked. Sign in to see the incident,"
            + " or ask a colleague who can for a new link.";

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
     * The incident that a token opens.
     *
     * @throws HttpProblem 404 if the token was not made here; 410 if it was, and opens nothing any more. Which of the checks
     *     failed is not said: who has no right to the incident learns nothing of it
     */
    String opened(String token) {
        LinkGrant grant = signer.get().read(token).orElseThrow(SignedLinks::unknown);
        boolean expired = !clock.instant().isBefore(grant.expires());
        if (expired || store.get().links().series(grant.incident()) != grant.series()) {
            throw gone();
        }
        return grant.incident();
    }

    static HttpProblem unknown() {
        return new HttpProblem(HttpStatus.NOT_FOUND, "This link opens nothing", NO_LINK);
    }

    static HttpProblem gone() {
        return new HttpProblem(HttpStatus.GONE, "This link no longer works", NO_LONGER);
    }

    /** The token for an incident; empty where none can be made now, which must keep no message from being sent. */
    Optional<String> tokenIfAny(String incident) {
        try {
            return Optional.of(token(grant(incident)));
        } catch (RuntimeException noneNow) {
            return Optional.empty();
        }
    }
}
