package dev.triage502.deliver;

import com.azure.core.http.HttpMethod;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.json.JsonTree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of an OAuth client of a ServiceNow instance, by the client's own credentials. Each is used until shortly before it
 * ends; there is no token to refresh it with.
 */
final class ServicenowTokens implements ServicenowAccess {

    /** A delivery takes less, so that a token does not end in the middle of one. */
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(2);

    private final JsonCalls calls;
    private final String form;
    private final SecretText secret;
    private final Clock clock;
    private Optional<Token> kept = Optional.empty();

    private record Token(SecretText value, Instant end) {}

    ServicenowTokens(SecretUrl base, String client, SecretText secret, ChannelTools tools) {
        this.calls = new JsonCalls(
                base,
                tools.http(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                text -> secret.scrub(encodedSecret(secret).scrub(text)));
        this.form = "grant_type=client_credentials&client_id=" + encoded(client) + "&client_secret="
                + encodedSecret(secret).value();
        this.secret = secret;
        this.clock = tools.clock();
    }

    @Override
    public synchronized Entry enter() {
        Optional<Token> valid = kept.filter(token -> clock.instant().isBefore(token.end()));
        if (valid.isPresent()) {
            return entry(valid.get(), true);
        }
        Said said = calls.call(HttpMethod.POST, "oauth_token.do", Optional.of(form));
        if (!said.isDone()) {
            return new Entry("", false, judged(said));
        }
        String token = JsonTree.text(said.json(), "access_token");
        if (token.isEmpty()) {
            return new Entry("", false, new DeliveryResult.Failed(calls + " returned no token", Optional.empty()));
        }
        Token fresh = new Token(new SecretText(token), clock.instant().plus(lasts(said)));
        kept = Optional.of(fresh);
        return entry(fresh, false);
    }

    private DeliveryResult judged(Said said) {
        return said.result() instanceof DeliveryResult.Refused refused
                ? new DeliveryResult.Refused(refused.why() + " (" + advice() + ")")
                : said.result();
    }

    private static Duration lasts(Said said) {
        String seconds = JsonTree.text(said.json(), "expires_in");
        Duration lasts = Duration.ofSeconds(seconds.matches("[0-9]{1,9}") ? Long.parseLong(seconds) : 0);
        return lasts.minus(BEFORE_ITS_END);
    }

    private static Entry entry(Token token, boolean wasKept) {
        return new Entry("Bearer " + token.value().value(), wasKept, new DeliveryResult.Sent());
    }

    @Override
    public synchronized boolean forget(Entry refused) {
        kept = kept.filter(token -> !entry(token, true).authorization().equals(refused.authorization()));
        return refused.wasKept();
    }

    @Override
    public String advice() {
        return "check client ID and client secret; the instance needs"
                + " glide.oauth.inbound.client.credential.grant_type.enabled, and the client an OAuth application user";
    }

    @Override
    public synchronized String scrub(String text) {
        String clean = secret.scrub(text);
        return kept.map(token -> token.value().scrub(clean)).orElse(clean);
    }

    private static SecretText encodedSecret(SecretText secret) {
        return new SecretText(encoded(secret.value()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
