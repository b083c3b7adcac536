package dev.triage502.reachability;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What asking one step about one server came to. */
public sealed interface CheckResult {

    /** The evidence shows that the step stops the server's traffic. */
    public record Shown(List<Claim> claims) implements CheckResult {}

    /** Something hints at it. */
    public record Hinted(List<Claim> claims) implements CheckResult {}

    /** The step was looked at and lets the traffic through; {@code text} says what was seen. */
    public record Clear(Source source, String text) implements CheckResult {}

    /** The step could not be looked at. */
    public record Unread(CouldNotRead<?> why) implements CheckResult {}

    /** The step has no meaning for the server: a name cannot be wrong where there is none. */
    public record Moot() implements CheckResult {}

    /** One claim, shown. */
    public static CheckResult shown(Claim claim) {
        return new Shown(List.of(claim));
    }

    /** One claim, hinted at. */
    public static CheckResult hinted(Claim claim) {
        return new Hinted(List.of(claim));
    }

    /**
     * What a source shows of one server.
     *
     * @param object   the server as the sentence names it: {@code 10.0.2.4:443}
     * @param says     what is said of it; servers of which the same is said share one sentence
     * @param obstacle what is in the way, where that is the thing to change and not the server itself
     */
    public record Claim(
            Source source,
            String object,
            String says,
            Optional<Instant> at,
            Map<String, String> values,
            Optional<Obstacle> obstacle,
            boolean ofServer) {

        public static Claim of(Source source, String object, String says) {
            return new Claim(source, object, says, Optional.empty(), Map.of(), Optional.empty(), false);
        }

        /** A claim about a rule or a route: {@code says} follows the servers that it hits. */
        public static Claim about(Obstacle obstacle, String object, Source source) {
            return new Claim(source, object, "", Optional.empty(), Map.of(), Optional.of(obstacle), false);
        }

        public Claim at(Instant when) {
            return new Claim(source, object, says, Optional.of(when), values, obstacle, ofServer);
        }

        public Claim with(String name, String value) {
            return with(Map.of(name, value));
        }

        public Claim with(Map<String, String> further) {
            TreeMap<String, String> more = new TreeMap<>(values);
            more.putAll(further);
            return new Claim(source, object, says, at, more, obstacle, ofServer);
        }

        /** The same, to be said of each server and never of its pool: a wrong name is one server's. */
        public Claim ofEachServer() {
            return new Claim(source, object, says, at, values, obstacle, true);
        }

        /** What stops the server, said shortly. */
        public String shortly() {
            return obstacle.map(each -> "explained by " + each.name()).orElse(says + ", which explains the failures");
        }
    }

    /**
     * A rule or a route in the way.
     *
     * @param name   what it is called in a sentence: {@code rule deny-all of nsg-app}
     * @param before what the sentence says before the servers, the name first
     * @param after  what it says after them
     */
    public record Obstacle(Target target, String name, String before, String after) {}
}
