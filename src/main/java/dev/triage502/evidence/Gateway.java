package dev.triage502.evidence;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's configuration as it was last accepted, which is not always the one that serves: a refused write leaves
 * the older one running.
 *
 * @param operationalState  {@code Running}, {@code Stopped} …, or an empty string
 * @param provisioningState {@code Succeeded}, {@code Updating}, {@code Failed} …, or an empty string
 * @param subnets           the subnets its instances have addresses in; one, as a rule
 * @param privateFrontends  the private addresses at which clients reach it
 * @param isolated          whether it needs no management traffic through its subnet (network isolation)
 * @param reroutes          rewrite rules that have the path map evaluated again, with the path that they made
 * @param gap               why not all of its parts are known: one or more could not be understood
 */
public record Gateway(
        ResourceId id,
        String location,
        Sku sku,
        String operationalState,
        String provisioningState,
        Scale scale,
        List<ResourceId> subnets,
        boolean publicFrontend,
        List<String> privateFrontends,
        boolean isolated,
        List<Listener> listeners,
        List<Rule> rules,
        List<Pool> pools,
        List<Setting> settings,
        List<Probe> probes,
        List<Root> roots,
        List<Reroute> reroutes,
        Map<String, String> tags,
        Optional<CouldNotRead<?>> gap) {

    /** A rewrite rule of a path map: the map is evaluated again with the new path, which another path of it may match, or none. */
    public record Reroute(String pathMap, String rewriteSet, String rewriteRule) {}

    /** Size and generation, such as {@code Standard_v2}. */
    public record Sku(String name, String tier) {
        /** The second generation: other time-outs, other management ports, other logs; so too where no size is given. */
        public boolean isV2() {
            return Wording.of(name + " " + tier).has("_v2", "basic") || (name + tier).isBlank();
        }
    }

    /** How many instances: fixed, or between a minimum and a maximum. */
    public record Scale(OptionalInt capacity, OptionalInt minimum, OptionalInt maximum) {
        /** The most instances it may have; an autoscaling gateway without a maximum has 20. */
        public OptionalInt most() {
            if (maximum.isPresent()) {
                return maximum;
            }
            return minimum.isPresent() ? OptionalInt.of(20) : capacity;
        }
    }

    /** Where clients arrive. {@code hosts} is empty for a basic listener, which takes every host. */
    public record Listener(String name, String protocol, OptionalInt port, List<String> hosts) {}

    /**
     * One way from a listener to a pool: a basic rule, or one path of a path-based rule.
     *
     * @param paths    the path patterns; empty for a basic rule and for a path map's default
     * @param pool     the pool's name; empty for a redirect
     * @param setting  the setting's name; empty for a redirect
     * @param priority lower is matched first; empty on v1, where the order of the list counts
     * @param pathMap  the path map's name; empty for a basic rule
     * @param pathRule the place among the path map's rules, from 0; empty for a basic rule and for a path map's default
     */
    public record Rule(
            String name,
            String listener,
            List<String> paths,
            String pool,
            String setting,
            OptionalInt priority,
            String pathMap,
            OptionalInt pathRule) {

        /** A basic rule. */
        public Rule(
                String name, String listener, List<String> paths, String pool, String setting, OptionalInt priority) {
            this(name, listener, paths, pool, setting, priority, "", OptionalInt.empty());
        }

        public boolean routes() {
            return !pool.isEmpty();
        }

        /** Whether one of its path patterns is for this path, without regard to case and to a query. */
        boolean isFor(String path) {
            String asked = path.split("\\?", 2)[0].toLowerCase(Locale.ROOT);
            return paths.stream()
                    .map(each -> each.toLowerCase(Locale.ROOT))
                    .anyMatch(pattern -> pattern.endsWith("*")
                            ? asked.startsWith(pattern.substring(0, pattern.length() - 1))
                            : asked.equals(pattern));
        }
    }

    /**
     * A pool and its members: addresses or names, and network interfaces that joined it.
     *
     * @param whole whether these are all of its members; false where one could not be understood
     */
    public record Pool(String name, ResourceId id, List<String> members, List<ResourceId> interfaces, boolean whole) {

        /** A pool whose members are all known. */
        public Pool(String name, ResourceId id, List<String> members, List<ResourceId> interfaces) {
            this(name, id, members, interfaces, true);
        }

        /** Whether it is known to have no members. */
        public boolean isEmpty() {
            return whole && members.isEmpty() && interfaces.isEmpty();
        }
    }

    /**
     * An HTTP (or layer-4) setting: how the gateway speaks to the members of a pool.
     *
     * @param drainingSeconds for how long requests to a server that leaves the pool may go on; 0 where none is waited for
     */
    public record Setting(
            String name,
            ResourceId id,
            int port,
            String protocol,
            String hostName,
            boolean pickHostFromAddress,
            int requestTimeoutSeconds,
            String probe,
            List<String> trustedRoots,
            List<String> authenticationCertificates,
            boolean checksChain,
            boolean checksName,
            String sniName,
            boolean dedicatedConnection,
            int drainingSeconds) {
        public boolean isTls() {
            return protocol.equalsIgnoreCase("Https") || protocol.equalsIgnoreCase("Tls");
        }

        /** Of layer 4: it passes TCP or TLS on, and is written by other commands. */
        public boolean isLayerFour() {
            return protocol.equalsIgnoreCase("Tcp") || protocol.equalsIgnoreCase("Tls");
        }

        public Target target() {
            return Target.of(Kind.SETTING, name, id.toString());
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link Setting} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable String name;
            private @Nullable ResourceId id;
            private int port;
            private @Nullable String protocol;
            private @Nullable String hostName;
            private boolean pickHostFromAddress;
            private int requestTimeoutSeconds;
            private @Nullable String probe;
            private List<String> trustedRoots = List.of();
            private List<String> authenticationCertificates = List.of();
            private boolean checksChain;
            private boolean checksName;
            private @Nullable String sniName;
            private boolean dedicatedConnection;
            private int drainingSeconds;

            private Builder() {}

            public Builder name(String name) {
                this.name = name;
                return this;
            }

            public Builder id(ResourceId id) {
                this.id = id;
                return this;
            }

            public Builder port(int port) {
                this.port = port;
                return this;
            }

            public Builder protocol(String protocol) {
                this.protocol = protocol;
                return this;
            }

            public Builder hostName(String hostName) {
                this.hostName = hostName;
                return this;
            }

            public Builder pickHostFromAddress(boolean pickHostFromAddress) {
                this.pickHostFromAddress = pickHostFromAddress;
                return this;
            }

            public Builder requestTimeoutSeconds(int requestTimeoutSeconds) {
                this.requestTimeoutSeconds = requestTimeoutSeconds;
                return this;
            }

            public Builder probe(String probe) {
                this.probe = probe;
                return this;
            }

            public Builder trustedRoots(List<String> trustedRoots) {
                this.trustedRoots = trustedRoots;
                return this;
            }

            public Builder authenticationCertificates(List<String> authenticationCertificates) {
                this.authenticationCertificates = authenticationCertificates;
                return this;
            }

            public Builder checksChain(boolean checksChain) {
                this.checksChain = checksChain;
                return this;
            }

            public Builder checksName(boolean checksName) {
                this.checksName = checksName;
                return this;
            }

            public Builder sniName(String sniName) {
                this.sniName = sniName;
                return this;
            }

            public Builder dedicatedConnection(boolean dedicatedConnection) {
                this.dedicatedConnection = dedicatedConnection;
                return this;
            }

            public Builder drainingSeconds(int drainingSeconds) {
                this.drainingSeconds = drainingSeconds;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public Setting build() {
                return new Setting(
                        Objects.requireNonNull(name, "name"),
                        Objects.requireNonNull(id, "id"),
                        port,
                        Objects.requireNonNull(protocol, "protocol"),
                        Objects.requireNonNull(hostName, "hostName"),
                        pickHostFromAddress,
                        requestTimeoutSeconds,
                        Objects.requireNonNull(probe, "probe"),
                        trustedRoots,
                        authenticationCertificates,
                        checksChain,
                        checksName,
                        Objects.requireNonNull(sniName, "sniName"),
                        dedicatedConnection,
                        drainingSeconds);
            }
        }
    }

    /**
     * A custom probe.
     *
     * @param port             empty where the setting's counts
     * @param statesStatusCodes whether it says which statuses it accepts; where it does not, these are 200-399
     */
    public record Probe(
            String name,
            ResourceId id,
            String protocol,
            String host,
            boolean pickHostFromSetting,
            String path,
            OptionalInt port,
            int intervalSeconds,
            int timeoutSeconds,
            int unhealthyThreshold,
            int minServers,
            List<String> statusCodes,
            boolean statesStatusCodes,
            String body) {
        public boolean isTls() {
            return protocol.equalsIgnoreCase("Https") || protocol.equalsIgnoreCase("Tls");
        }

        /** Whether a server that answers with this status counts as healthy. */
        public boolean accepts(int status) {
            return new StatusRanges(statusCodes).include(status);
        }

        public Target target() {
            return Target.of(Kind.PROBE, name, id.toString());
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link Probe} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable String name;
            private @Nullable ResourceId id;
            private @Nullable String protocol;
            private @Nullable String host;
            private boolean pickHostFromSetting;
            private @Nullable String path;
            private OptionalInt port = OptionalInt.empty();
            private int intervalSeconds;
            private int timeoutSeconds;
            private int unhealthyThreshold;
            private int minServers;
            private List<String> statusCodes = List.of();
            private boolean statesStatusCodes;
            private @Nullable String body;

            private Builder() {}

            public Builder name(String name) {
                this.name = name;
                return this;
            }

            public Builder id(ResourceId id) {
                this.id = id;
                return this;
            }

            public Builder protocol(String protocol) {
                this.protocol = protocol;
                return this;
            }

            public Builder host(String host) {
                this.host = host;
                return this;
            }

            public Builder pickHostFromSetting(boolean pickHostFromSetting) {
                this.pickHostFromSetting = pickHostFromSetting;
                return this;
            }

            public Builder path(String path) {
                this.path = path;
                return this;
            }

            public Builder port(OptionalInt port) {
                this.port = port;
                return this;
            }

            public Builder intervalSeconds(int intervalSeconds) {
                this.intervalSeconds = intervalSeconds;
                return this;
            }

            public Builder timeoutSeconds(int timeoutSeconds) {
                this.timeoutSeconds = timeoutSeconds;
                return this;
            }

            public Builder unhealthyThreshold(int unhealthyThreshold) {
                this.unhealthyThreshold = unhealthyThreshold;
                return this;
            }

            public Builder minServers(int minServers) {
                this.minServers = minServers;
                return this;
            }

            public Builder statusCodes(List<String> statusCodes) {
                this.statusCodes = statusCodes;
                return this;
            }

            public Builder statesStatusCodes(boolean statesStatusCodes) {
                this.statesStatusCodes = statesStatusCodes;
                return this;
            }

            public Builder body(String body) {
                this.body = body;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public Probe build() {
                return new Probe(
                        Objects.requireNonNull(name, "name"),
                        Objects.requireNonNull(id, "id"),
                        Objects.requireNonNull(protocol, "protocol"),
                        Objects.requireNonNull(host, "host"),
                        pickHostFromSetting,
                        Objects.requireNonNull(path, "path"),
                        port,
                        intervalSeconds,
                        timeoutSeconds,
                        unhealthyThreshold,
                        minServers,
                        statusCodes,
                        statesStatusCodes,
                        Objects.requireNonNull(body, "body"));
            }
        }
    }

    /**
     * A root certificate that was uploaded for backends; it counts only where a setting names it.
     *
     * @param subject its subject, or an empty string where the document does not show it
     */
    public record Root(String name, String subject) {}

    /** A pool reached through a setting by at least one rule: the unit that is probed. */
    public record Association(Pool pool, Setting setting) {}

    public Target target() {
        return Target.of(Kind.GATEWAY, id.name(), id.toString());
    }

    /** The rules that send requests to a pool. */
    public List<Rule> routes() {
        return rules.stream().filter(Rule::routes).toList();
    }

    /**
     * Whether a client's request for this path may go to a pool through a setting: by a rule for all paths, by a path of a map, or by
     * the default of a map that has no such path. Also where no rule is known to lead there at all.
     */
    public boolean mayLead(String path, String pool, String setting) {
        List<Rule> ways = rules.stream()
                .filter(rule ->
                        rule.pool().equalsIgnoreCase(pool) && rule.setting().equalsIgnoreCase(setting))
                .toList();
        return ways.isEmpty()
                || ways.stream()
                        .anyMatch(way -> way.paths().isEmpty()
                                ? rules.stream()
                                        .filter(other -> other.name().equals(way.name()))
                                        .noneMatch(other -> other.isFor(path))
                                : way.isFor(path));
    }

    /** The pairs of pool and setting that some rule uses, each once, in the order of the pools, then of the settings. */
    public List<Association> associations() {
        Map<ArmName, Set<ArmName>> used = new HashMap<>();
        for (Rule rule : rules) {
            used.computeIfAbsent(ArmName.of(rule.pool()), unused -> new HashSet<>())
                    .add(ArmName.of(rule.setting()));
        }
        List<Association> pairs = new ArrayList<>();
        for (Pool pool : pools) {
            Set<ArmName> names = used.getOrDefault(ArmName.of(pool.name()), Set.of());
            if (!names.isEmpty()) {
                settings.stream()
                        .filter(setting -> names.contains(ArmName.of(setting.name())))
                        .forEach(setting -> pairs.add(new Association(pool, setting)));
            }
        }
        return pairs;
    }

    public Optional<Pool> pool(String name) {
        return pools.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
    }

    public Optional<Setting> setting(String name) {
        return settings.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    public Optional<Probe> probe(String name) {
        return probes.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The custom probe of a setting; empty where the default probe is in use. */
    public Optional<Probe> probeOf(Setting setting) {
        return setting.probe().isEmpty() ? Optional.empty() : probe(setting.probe());
    }

    /** The port that is probed: the probe's own, else the setting's. */
    public int probedPort(Setting setting) {
        return probeOf(setting).map(Probe::port).orElse(OptionalInt.empty()).orElse(setting.port());
    }

    /** The host that the probe sends to a member, {@code 127.0.0.1} by default (probe overview, section on defaults). */
    public String probedHost(Setting setting, String member) {
        Optional<Probe> probe = probeOf(setting);
        if (probe.isPresent()
                && !probe.get().pickHostFromSetting()
                && !probe.get().host().isEmpty()) {
            return probe.get().host();
        }
        if (!setting.hostName().isEmpty()) {
            return setting.hostName();
        }
        boolean named = !IpAddresses.isAddress(member);
        return setting.pickHostFromAddress() && named ? member : "127.0.0.1";
    }

    /** The host that a live request carries to a member; empty where it is the client's own. */
    public String liveHost(Setting setting, String member) {
        if (!setting.hostName().isEmpty()) {
            return setting.hostName();
        }
        return setting.pickHostFromAddress() && !IpAddresses.isAddress(member) ? member : "";
    }

    /** The path that is probed: {@code /} by default. */
    public String probedPath(Setting setting) {
        return probeOf(setting).map(Probe::path).filter(path -> !path.isEmpty()).orElse("/");
    }

    /** A member of a pool as seen through a setting, named as all sources name it. */
    public Target server(Pool pool, Setting setting, String address) {
        return Target.server(address, pool.name())
                .on(Place.SETTING, setting.name())
                .on(Place.PROBE, setting.probe());
    }

    /**
     * The server that another document means, in the gateway's own spelling: what it says of pool and setting is kept
     * where the gateway does not know them.
     */
    public Target server(String pool, String setting, String address) {
        String poolName = pool(pool).map(Pool::name).orElse(pool);
        Optional<Setting> known = setting(setting);
        return Target.server(address, poolName)
                .on(Place.SETTING, known.map(Setting::name).orElse(setting))
                .on(Place.PROBE, known.map(Setting::probe).orElse(""));
    }

    /** Whether its tags say that an ingress controller manages it. */
    public boolean isTaggedByIngressController() {
        return tags.keySet().stream()
                .map(Wording::of)
                .anyMatch(key -> key.startWith("ingress-for-aks-cluster-id") || key.is("managed-by-k8s-ingress"));
    }

    /** Begins one without any of its parts. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link Gateway} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
    public static final class Builder {
        private @Nullable ResourceId id;
        private @Nullable String location;
        private @Nullable Sku sku;
        private @Nullable String operationalState;
        private @Nullable String provisioningState;
        private @Nullable Scale scale;
        private List<ResourceId> subnets = List.of();
        private boolean publicFrontend;
        private List<String> privateFrontends = List.of();
        private boolean isolated;
        private List<Listener> listeners = List.of();
        private List<Rule> rules = List.of();
        private List<Pool> pools = List.of();
        private List<Setting> settings = List.of();
        private List<Probe> probes = List.of();
        private List<Root> roots = List.of();
        private List<Reroute> reroutes = List.of();
        private Map<String, String> tags = Map.of();

        private Optional<CouldNotRead<?>> gap = Optional.empty();

        private Builder() {}

        public Builder id(ResourceId id) {
            this.id = id;
            return this;
        }

        public Builder location(String location) {
            this.location = location;
            return this;
        }

        public Builder sku(Sku sku) {
            this.sku = sku;
            return this;
        }

        public Builder operationalState(String operationalState) {
            this.operationalState = operationalState;
            return this;
        }

        public Builder provisioningState(String provisioningState) {
            this.provisioningState = provisioningState;
            return this;
        }

        public Builder scale(Scale scale) {
            this.scale = scale;
            return this;
        }

        public Builder subnets(List<ResourceId> subnets) {
            this.subnets = subnets;
            return this;
        }

        public Builder publicFrontend(boolean publicFrontend) {
            this.publicFrontend = publicFrontend;
            return this;
        }

        public Builder privateFrontends(List<String> privateFrontends) {
            this.privateFrontends = privateFrontends;
            return this;
        }

        public Builder isolated(boolean isolated) {
            this.isolated = isolated;
            return this;
        }

        public Builder listeners(List<Listener> listeners) {
            this.listeners = listeners;
            return this;
        }

        public Builder rules(List<Rule> rules) {
            this.rules = rules;
            return this;
        }

        public Builder pools(List<Pool> pools) {
            this.pools = pools;
            return this;
        }

        public Builder settings(List<Setting> settings) {
            this.settings = settings;
            return this;
        }

        public Builder probes(List<Probe> probes) {
            this.probes = probes;
            return this;
        }

        public Builder roots(List<Root> roots) {
            this.roots = roots;
            return this;
        }

        public Builder reroutes(List<Reroute> reroutes) {
            this.reroutes = reroutes;
            return this;
        }

        public Builder tags(Map<String, String> tags) {
            this.tags = tags;
            return this;
        }

        public Builder gap(Optional<CouldNotRead<?>> gap) {
            this.gap = gap;
            return this;
        }

        /** @throws NullPointerException if a part that has to be given is missing; it names the part */
        public Gateway build() {
            return new Gateway(
                    Objects.requireNonNull(id, "id"),
                    Objects.requireNonNull(location, "location"),
                    Objects.requireNonNull(sku, "sku"),
                    Objects.requireNonNull(operationalState, "operationalState"),
                    Objects.requireNonNull(provisioningState, "provisioningState"),
                    Objects.requireNonNull(scale, "scale"),
                    subnets,
                    publicFrontend,
                    privateFrontends,
                    isolated,
                    listeners,
                    rules,
                    pools,
                    settings,
                    probes,
                    roots,
                    reroutes,
                    tags,
                    gap);
        }
    }
}
