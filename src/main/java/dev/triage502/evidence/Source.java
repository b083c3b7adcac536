package dev.triage502.evidence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a piece of evidence came from: one source is one document that Azure, or a look past it, gives.
 *
 * <p>Its constant is all that is said of a source in one place. The names of its document and its setting, the lines of
 * the doctor and of the command line, and what the schema and the documents list follow from it; its reader and its
 * collector are looked up by it, and the compiler misses them where they are forgotten.
 */
public enum Source {
    GATEWAY("gateway", Gateway.class, 170),
    BACKEND_HEALTH("backendHealth", BackendHealth.class, 170),
    ACCESS_LOG("accessLog", AccessLog.class, 120),
    METRICS("metrics", Metrics.class, 60),
    ACTIVITY_LOG("activityLog", ActivityLog.class, 120),
    RESOURCE_HEALTH("resourceHealth", ResourceHealth.class, 30),
    NETWORK("network", Network.class, 60),
    DIAGNOSTIC_SETTINGS("diagnosticSettings", DiagnosticSettings.class, 30),
    BACKENDS("backends", Backends.class, 90),
    ON_DEMAND_HEALTH(
            "onDemandHealth",
            OnDemandHealth.class,
            120,
            new Switch(
                    "TRIAGE502_ON_DEMAND_PROBES",
                    "Whether to run an on-demand health probe from the gateway, which shows more than its last probe:"
                            + " on or off.")),
    DIRECT_PROBE(
            "directProbe",
            DirectProbes.class,
            60,
            new Switch(
                    "TRIAGE502_DIRECT_PROBES",
                    "Whether the app may connect to the backends directly, bypassing the gateway: on or off."));

    /**
     * The operator's setting that keeps a source from being asked. Sources have one if asking them does more than read.
     *
     * @param setting the name of the setting; it is on unless it says off
     * @param meaning what it decides, for the table of settings
     */
    public record Switch(String setting, String meaning) {}

    private static final Map<Class<?>, Source> BY_FACTS = new HashMap<>();

    static {
        for (Source source : values()) {
            BY_FACTS.put(source.facts, source);
        }
    }

    private final String id;
    private final Class<?> facts;
    private final Duration longest;
    private final Optional<Switch> operatorSwitch;

    Source(String id, Class<?> facts, int seconds) {
        this(id, facts, seconds, Optional.empty());
    }

    Source(String id, Class<?> facts, int seconds, Switch operatorSwitch) {
        this(id, facts, seconds, Optional.of(operatorSwitch));
    }

    Source(String id, Class<?> facts, int seconds, Optional<Switch> operatorSwitch) {
        this.id = id;
        this.facts = facts;
        this.longest = Duration.ofSeconds(seconds);
        this.operatorSwitch = operatorSwitch;
    }

    /** The name in documents and on pages: {@code backendHealth}. */
    public String id() {
        return id;
    }

    /** The type of the facts that are read from its document; no two sources share one. */
    public Class<?> facts() {
        return facts;
    }

    /** How long it may be asked at most, however much time there is. */
    public Duration longest() {
        return longest;
    }

    /** The operator's setting that decides whether it is asked, if one does; the others are always asked. */
    public Optional<Switch> operatorSwitch() {
        return operatorSwitch;
    }

    /** The file of a case folder that holds it: {@code backend-health.json}. */
    public String fileName() {
        return hyphenated() + ".json";
    }

    /** The name in paths: {@code backend-health}. */
    public String hyphenated() {
        return id.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The words a person uses: {@code backend health}. */
    public String words() {
        String words = id.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return words.replace("on demand", "on-demand");
    }

    /** The source whose {@link #id()} this is. */
    public static Optional<Source> withId(String id) {
        return first(source -> source.id.equals(id));
    }

    /** The source whose {@link #hyphenated()} name this is. */
    public static Optional<Source> withHyphenatedName(String name) {
        return first(source -> source.hyphenated().equals(name));
    }

    /**
     * The source from which facts of this type are read.
     *
     * @throws IllegalArgumentException if none is
     */
    public static Source of(Class<?> facts) {
        return Optional.ofNullable(BY_FACTS.get(facts))
                .orElseThrow(() -> new IllegalArgumentException("no source has " + facts.getName()));
    }

    private static Optional<Source> first(Predicate<Source> wanted) {
        return Stream.of(values()).filter(wanted).findFirst();
    }
}
