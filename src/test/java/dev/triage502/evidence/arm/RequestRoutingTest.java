package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRoutingTest {

    /** {@code /api/*} goes to one pool, all else to the other; a second listener takes the host shop.example.com alone. */
    private static List<String> pools(String host, String path) {
        Scene scene = Scene.v2()
                .pool("pool-api", "10.0.2.4")
                .pool("pool-rest", "10.0.2.5")
                .pool("pool-shop", "10.0.2.6")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .pathRule("all", "/api/*", "pool-api", "pool-rest", "set")
                .rule("shop", "pool-shop", "set");
        return new RequestRouting(scene.evidence().gateway().toOptional().orElseThrow())
                .of(host, path).stream().map(each -> each.pool()).sorted().toList();
    }

    @Test
    void thePathDecidesWhateverItsCase() {
        assertThat(pools("www.example.com", "/API/list")).containsExactly("pool-api");
        assertThat(pools("www.example.com", "/apis")).containsExactly("pool-rest");
        assertThat(pools("www.example.com", "/")).containsExactly("pool-rest");
    }

    @Test
    void aListenerForTheVeryHostComesBeforeOneForAll() {
        assertThat(pools("SHOP.example.com", "/api/list")).containsExactly("pool-shop");
    }

    @Test
    void aMaskedPathMayHaveGoneAnyWayOfItsListener() {
        assertThat(pools("www.example.com", "/*")).containsExactly("pool-api", "pool-rest");
    }

    @Test
    void withoutAHostEveryListenerMayHaveTakenIt() {
        assertThat(pools("", "/api/list")).containsExactly("pool-api", "pool-shop");
    }
}
