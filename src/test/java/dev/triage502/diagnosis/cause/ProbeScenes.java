package dev.triage502.diagnosis.cause;

import dev.triage502.evidence.Scene;

/** Azure's texts about what a probe was answered, and the scenes they belong to, for tests. */
final class ProbeScenes {

    static final String BODY =
            "Body of the backend's HTTP response did not match the probe setting. Received response body"
                    + " doesn't contain ready.";
    static final String SUCCESS = "Success. Received 200 status code";
    static final String NO_LIVE = "ERRORINFO_UPSTREAM_NO_LIVE";

    private ProbeScenes() {}

    static String received(int status) {
        return "Received invalid status code: " + status + " in the backend server's HTTP response. As per the health"
                + " probe configuration, 200-399 is the acceptable status code. Either modify probe configuration or"
                + " resolve backend issues. To learn more visit - https://aka.ms/StatusCodeMismatch.";
    }

    /** {@code pool-web} through {@code set-web} without a custom probe. */
    static Scene defaultProbe() {
        return Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web");
    }

    /** A look past the gateway at 10.0.2.4 by plain HTTP. */
    static String look(String host, String path, int status) {
        return "{'target':'10.0.2.4','scheme':'http','host':'" + host + "','path':'" + path + "','status':" + status
                + ",'elapsedMs':20}";
    }
}
