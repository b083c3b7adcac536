package dev.triage502.evidence;

import java.util.List;

/**
 * What the gateway's test probe saw when it was asked to look with a host, path or port of our choosing.
 *
 * @param answers one for each request and server
 */
public record OnDemandHealth(List<Answer> answers) {

    /**
     * @param host   the host that was asked for; empty where the setting's was taken
     * @param path   the path that was asked for
     * @param server what was seen; the text differs a little from the periodic probe's
     */
    public record Answer(String host, String path, BackendHealth.Server server) {

        /** The test probe's own words about the server. */
        public Finding quote() {
            String asked = host.isEmpty() ? "" : " for " + host + path;
            return Finding.of(
                    Source.ON_DEMAND_HEALTH,
                    server.target(),
                    "test probe of " + server.address() + asked + ": \"" + server.log() + "\"");
        }
    }
}
