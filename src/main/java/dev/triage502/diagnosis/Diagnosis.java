package dev.triage502.diagnosis;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, how we know, what else was considered, and what could not be read.
 *
 * @param incident     what was asked
 * @param gateway      values about the gateway for the pages' commands: {@code gateway}, {@code resource-group} …
 * @param gatewayTags  the tags of the gateway; empty if it could not be read
 * @param root         the root cause, or a conclusion
 * @param against      what contradicts the root cause, where that is why it is only likely
 * @param contributing further causes, those that hurt more first
 * @param ruledOut     causes that something speaks against, in the order of the list
 * @param couldNotTell causes that nothing could be said of, in the order of the list
 * @param notChecked   causes and analyses that failed by a defect of this program, and causes that rest on such an analysis
 * @param notModelled  what failing requests pass and whose rules are not read
 * @param next         what would decide between those that are left
 * @param impact       whom it hurts; empty when nothing that counts requests was read
 * @param poolHealth   how many servers of the pool at fault are healthy; empty where no pool is, or health was not read
 * @param recovery     what shows that requests are served again; empty where a fault persists or nothing shows it
 * @param differences  what sets failed requests apart from served ones, the most telling first
 * @param path         the way of the requests that fail; empty where it is not known
 * @param timeline     requests and healthy servers, minute by minute; empty where they were not counted so
 * @param changes      what was changed around the onset, the most telling first
 * @param evidenceRead one entry a source, in the order of {@link Source}
 */
public record Diagnosis(
        Incident incident,
        Map<String, String> gateway,
        Map<String, String> gatewayTags,
        NamedCause root,
        List<Finding> against,
        List<NamedCause> contributing,
        List<RuledOut> ruledOut,
        List<Undecided> couldNotTell,
        List<NotChecked> notChecked,
        List<NotModelled> notModelled,
        List<Next> next,
        Optional<Impact> impact,
        Optional<PoolHealth> poolHealth,
        Optional<RecoveryFacts> recovery,
        List<Difference> differences,
        Optional<RequestPath> path,
        Optional<RequestTimeline> timeline,
        List<Change> changes,
        List<SourceRead> evidenceRead) {

    /** For each unread source without which a cause could not be checked: how to get it, and those causes. */
    public List<Next> toCheck() {
        return NextEvidence.allowing(couldNotTell, evidenceRead);
    }

    /**
     * A cause that is named, or a conclusion.
     *
     * @param id         the cause's or the conclusion's id
     * @param confidence how sure; empty for a conclusion
     * @param reason     why it is as sure as that; empty for a conclusion
     * @param target     what one would change; empty for a conclusion
     * @param alsoAt     further targets of the same fault
     * @param findings   what shows it
     * @param share      how many failing requests went through it; empty where they could not be counted
     * @param values     values for its page's commands besides those of its findings: {@code port}, {@code host} …
     */
    public record NamedCause(
            String id,
            Optional<Confidence> confidence,
            Optional<ConfidenceReason> reason,
            Optional<Target> target,
            List<Target> alsoAt,
            List<Finding> findings,
            Optional<Long> share,
            Map<String, String> values) {

        /** Whether it is one of the three conclusions. */
        public boolean isConclusion() {
            return confidence.isEmpty();
        }
    }

    /** A cause that something speaks against. */
    public record RuledOut(String id, String because, List<Finding> findings) {}

    /**
     * A cause of which nothing can be said, because these sources could not be read.
     *
     * @param couldExplainRoot whether it would account for what points to the root cause: the root may be its symptom
     */
    public record Undecided(String id, List<Source> missing, boolean couldExplainRoot) {

        public Undecided(String id, List<Source> missing) {
            this(id, missing, false);
        }
    }

    /**
     * A cause or an analysis that could not be checked, since something in this program is broken.
     *
     * @param because what failed: the kind of the error, or the analysis that the cause rests on
     */
    public record NotChecked(String id, Kind kind, String because) {

        /** What could not be checked. */
        public enum Kind {
            CAUSE("cause"),
            ANALYSIS("analysis"),
            /** A part of the report, which could not be written. */
            REPORT("report");

            private final String id;

            Kind(String id) {
                this.id = id;
            }

            public String id() {
                return id;
            }
        }
    }

    /**
     * Something on the way to failing servers that may drop traffic by rules which are not read.
     *
     * @param kind   {@code azure-firewall}, {@code network-policies} …; the page {@code unchecked-<kind>} has the command that shows
     *               its rules
     * @param what   what is not read: {@code the rules of the Azure Firewall at 10.0.9.4}
     * @param text   what is passed and what of it is not read, as a sentence
     * @param values values for that page's command
     * @param source what showed that it is there
     */
    public record NotModelled(String kind, String what, String text, Map<String, String> values, Source source) {}

    /**
     * What to fetch next, and between which causes it decides.
     *
     * @param page the id of the source page with the command that fetches it, or an empty string
     */
    public record Next(String text, String page, List<String> decides) {}

    /**
     * Whom it hurts, as far as requests were counted.
     *
     * @param count       how many requests failed, of how many
     * @param since       the first failing one
     * @param until       the last failing one
     * @param byHost      the hosts with failed requests, the one with most first
     * @param notAffected hosts with requests of which none failed, the one with most requests first
     */
    public record Impact(
            Count count,
            Optional<Instant> since,
            Optional<Instant> until,
            List<String> listeners,
            List<String> hosts,
            List<String> servers,
            List<HostImpact> byHost,
            List<String> notAffected) {

        /**
         * @param failed  requests that failed: 502, 503, 504, and any other 5xx that a backend returned itself
         * @param total   all requests counted
         * @param by      who counted them: the access log or the metrics
         * @param logEnds where the access log ends, if requests were answered after it
         * @param quietSince when the last request was counted, if that is long before the end of the window
         */
        public record Count(
                long failed, long total, Source by, Optional<Instant> logEnds, Optional<Instant> quietSince) {}

        /**
         * The requests for one host, by the access log.
         *
         * @param since start of the first minute with a failed request
         * @param until end of the last one
         * @param totalSince all requests from {@code since} on, where they were counted minute by minute
         */
        public record HostImpact(
                String host, long failed, long total, Instant since, Instant until, OptionalLong totalSince) {}
    }

    /**
     * What shows that requests are served again, and what may have ended the failures.
     *
     * @param during  the host that was hit most, from its first failed request to its last
     * @param pools   the pools of which the health of every server is known
     * @param changes what succeeded about the end of the failures, the latest first
     */
    public record RecoveryFacts(Optional<Impact.HostImpact> during, List<PoolHealth> pools, List<Change> changes) {}

    /** How many servers of a pool the gateway's probes find healthy. */
    public record PoolHealth(String pool, long healthy, long servers) {}

    /**
     * All requests within one step of time.
     *
     * @param at              when it begins
     * @param requests        all requests
     * @param failedByGateway answered with 5xx by the gateway
     * @param failedByBackend answered with 5xx by the backend
     * @param p95Seconds      the longest of the hosts' 95th percentiles of the response time
     */
    public record Minute(
            Instant at, long requests, long failedByGateway, long failedByBackend, OptionalDouble p95Seconds) {}

    /**
     * Nearly all failed requests of a pool have one of these values, and requests with other values hardly ever fail; a
     * stated test shows that this is no chance.
     *
     * @param pool      the pool; empty where the log names none
     * @param failed    all failed requests of the pool
     * @param with      the requests with one of the values
     * @param elsewhere the requests with another value
     * @param text      the same as a sentence
     */
    public record Difference(
            String pool,
            RequestDimension dimension,
            List<String> values,
            long failed,
            Share with,
            Share elsewhere,
            String text) {

        /** How many of some requests failed. */
        public record Share(long failed, long requests) {}
    }

    /**
     * Something that somebody changed.
     *
     * @param text a sentence in the portal's words, without its time and full stop
     * @param what Azure's name of the operation, and how it ended if it did not succeed
     */
    public record Change(Instant at, String text, String what, String who, String resource, boolean failed) {}

    /** What came of asking one source. */
    public record SourceRead(Source source, State state, Optional<Why> why, String detail) {

        /** The three kinds of {@link dev.triage502.evidence.Reading}. */
        public enum State {
            PRESENT("present"),
            ABSENT("absent"),
            COULD_NOT_READ("could-not-read");

            private final String id;

            State(String id) {
                this.id = id;
            }

            public String id() {
                return id;
            }
        }
    }

    /** Begins one without any of its parts. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link Diagnosis} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
    public static final class Builder {
        private @Nullable Incident incident;
        private Map<String, String> gateway = Map.of();
        private Map<String, String> gatewayTags = Map.of();
        private @Nullable NamedCause root;
        private List<Finding> against = List.of();
        private List<NamedCause> contributing = List.of();
        private List<RuledOut> ruledOut = List.of();
        private List<Undecided> couldNotTell = List.of();
        private List<NotChecked> notChecked = List.of();
        private List<NotModelled> notModelled = List.of();
        private List<Next> next = List.of();
        private Optional<Impact> impact = Optional.empty();
        private Optional<PoolHealth> poolHealth = Optional.empty();
        private Optional<RecoveryFacts> recovery = Optional.empty();
        private List<Difference> differences = List.of();
        private Optional<RequestPath> path = Optional.empty();
        private Optional<RequestTimeline> timeline = Optional.empty();
        private List<Change> changes = List.of();
        private List<SourceRead> evidenceRead = List.of();

        private Builder() {}

        public Builder incident(Incident incident) {
            this.incident = incident;
            return this;
        }

        public Builder gateway(Map<String, String> gateway) {
            this.gateway = gateway;
            return this;
        }

        public Builder gatewayTags(Map<String, String> gatewayTags) {
            this.gatewayTags = gatewayTags;
            return this;
        }

        public Builder root(NamedCause root) {
            this.root = root;
            return this;
        }

        public Builder against(List<Finding> against) {
            this.against = against;
            return this;
        }

        public Builder contributing(List<NamedCause> contributing) {
            this.contributing = contributing;
            return this;
        }

        public Builder ruledOut(List<RuledOut> ruledOut) {
            this.ruledOut = ruledOut;
            return this;
        }

        public Builder couldNotTell(List<Undecided> couldNotTell) {
            this.couldNotTell = couldNotTell;
            return this;
        }

        public Builder notChecked(List<NotChecked> notChecked) {
            this.notChecked = notChecked;
            return this;
        }

        public Builder notModelled(List<NotModelled> notModelled) {
            this.notModelled = notModelled;
            return this;
        }

        public Builder next(List<Next> next) {
            this.next = next;
            return this;
        }

        public Builder impact(Optional<Impact> impact) {
            this.impact = impact;
            return this;
        }

        public Builder poolHealth(Optional<PoolHealth> poolHealth) {
            this.poolHealth = poolHealth;
            return this;
        }

        public Builder recovery(Optional<RecoveryFacts> recovery) {
            this.recovery = recovery;
            return this;
        }

        public Builder differences(List<Difference> differences) {
            this.differences = differences;
            return this;
        }

        public Builder path(Optional<RequestPath> path) {
            this.path = path;
            return this;
        }

        public Builder timeline(Optional<RequestTimeline> timeline) {
            this.timeline = timeline;
            return this;
        }

        public Builder changes(List<Change> changes) {
            this.changes = changes;
            return this;
        }

        public Builder evidenceRead(List<SourceRead> evidenceRead) {
            this.evidenceRead = evidenceRead;
            return this;
        }

        /** @throws NullPointerException if a part that has to be given is missing; it names the part */
        public Diagnosis build() {
            return new Diagnosis(
                    Objects.requireNonNull(incident, "incident"),
                    gateway,
                    gatewayTags,
                    Objects.requireNonNull(root, "root"),
                    against,
                    contributing,
                    ruledOut,
                    couldNotTell,
                    notChecked,
                    notModelled,
                    next,
                    impact,
                    poolHealth,
                    recovery,
                    differences,
                    path,
                    timeline,
                    changes,
                    evidenceRead);
        }
    }
}
