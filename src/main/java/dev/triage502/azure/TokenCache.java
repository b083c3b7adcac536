package dev.triage502.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps tokens, so that ten sources that begin at once ask for one token once, be it to get it or to be refused: each
 * answer of the Azure CLI costs a second.
 */
final class TokenCache implements TokenCredential {

    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
    private static final Duration KEEP_REFUSAL = Duration.ofSeconds(10);

    private final TokenCredential credential;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    TokenCache(TokenCredential credential) {
        this.credential = credential;
    }

    /** One scope's token, or the refusal that came in its place. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable AccessToken token;
        private @Nullable ClientAuthenticationException refusal;
        private @Nullable Deadline refusalKept;
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        if (request.getClaims() != null) {
            return credential.getTokenSync(request);
        }
        Slot slot = slots.computeIfAbsent(String.join(" ", request.getScopes()), scopes -> new Slot());
        try {
            slot.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        try {
            return kept(slot, request);
        } finally {
            slot.lock.unlock();
        }
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request)).subscribeOn(Schedulers.boundedElastic());
    }

    private AccessToken kept(Slot slot, TokenRequestContext request) {
        AccessToken token = slot.token;
        if (token != null
                && token.getExpiresAt()
                        .isAfter(OffsetDateTime.now(ZoneOffset.UTC).plus(BEFORE_EXPIRY))) {
            return token;
        }
        if (slot.refusal != null && slot.refusalKept != null && !slot.refusalKept.isOver()) {
            throw slot.refusal;
        }
        try {
            AccessToken fresh = credential.getTokenSync(request);
            slot.token = fresh;
            slot.refusal = null;
            return fresh;
        } catch (ClientAuthenticationException e) {
            slot.refusal = e;
            slot.refusalKept = Deadline.in(KEEP_REFUSAL);
            throw e;
        }
    }
}
