package dev.triage502.evidence;

import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the gateway's probes last saw, a server for each pair of pool and setting. It has no history.
 *
 * @param servers      in the order of pool, setting, address
 * @param associations the pairs that Azure lists, those without servers too
 */
public record BackendHealth(List<Server> servers, List<Association> associations) {

    /** A pair of pool and setting, and how many servers it has. */
    public record Association(String pool, String setting, int servers) {}

    /** The state that Azure gives a server. */
    public enum State {
        HEALTHY,
        UNHEALTHY,
        UNKNOWN,
        DRAINING
    }

    /**
     * One server as one pair of pool and setting sees it.
     *
     * @param target    the server, with pool, setting and probe
     * @param state     the flag, which waits for several failures before it turns
     * @param failure   what the text says
     * @param log       Azure's own words, or an empty string
     * @param received  the status code that the probe received, where the text states it
     * @param customProbe whether a custom probe was at work; empty where the gateway's document was not read
     */
    public record Server(
            Target target,
            State state,
            ProbeFailure failure,
            String log,
            OptionalInt received,
            Optional<Boolean> customProbe) {

        public String address() {
            return target.name();
        }

        public String pool() {
            return target.at(Place.POOL).orElse("");
        }

        public String setting() {
            return target.at(Place.SETTING).orElse("");
        }

        /** Whether the probe fails: by the flag, or by the text beside a flag that has not turned yet. */
        public boolean isFailing() {
            return state == State.UNHEALTHY
                    || (state != State.UNKNOWN
                            && failure != ProbeFailure.NONE
                            && failure != ProbeFailure.NOT_RETRIEVED);
        }

        /** What the probe says of this server, in Azure's words. */
        public Finding finding(String text) {
            return Finding.of(Source.BACKEND_HEALTH, target, text);
        }

        /** The probe's own words about this server. */
        public Finding quote() {
            String words = log.isEmpty() ? " (no reason given)" : ": \"" + log + "\"";
            return finding(address() + " is " + word(state) + words);
        }

        private static String word(State state) {
            switch (state) {
                case HEALTHY:
                    return "Healthy";
                case UNHEALTHY:
                    return "Unhealthy";
                case DRAINING:
                    return "Draining";
                default:
                    return "Unknown";
            }
        }
    }

    public Stream<Server> failing() {
        return servers.stream().filter(Server::isFailing);
    }

    public Stream<Server> failingWith(ProbeFailure failure) {
        return failing().filter(server -> server.failure() == failure);
    }

    public Stream<Server> healthy() {
        return servers.stream().filter(server -> server.state() == State.HEALTHY && !server.isFailing());
    }

    public Stream<Server> unknown() {
        return servers.stream().filter(server -> server.state() == State.UNKNOWN);
    }

    /** Whether nothing is known of any server: what the probes saw could not be read. */
    public boolean isAllUnknown() {
        return !servers.isEmpty() && servers.stream().allMatch(server -> server.state() == State.UNKNOWN);
    }

    /** What is said of a server in a pool, through whichever setting. */
    public Stream<Server> of(String pool, String address) {
        return servers.stream()
                .filter(server ->
                        server.pool().equalsIgnoreCase(pool) && server.address().equalsIgnoreCase(address));
    }
}
