package dev.triage502.evidence;

import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whom a service lets in, by its own rules. A service whose rules were not read has none of these.
 *
 * @param service  the app or account that has the rules
 * @param kind     what it is
 * @param names    the host names by which it is reached, in lower case
 * @param exposure from where it can be reached at all
 * @param inside   whether it has a private address in a virtual network, so that callers there keep their own addresses
 * @param rules    its rules, in the order in which they are tried
 * @param rest     what happens to a caller whom no rule matches
 * @param unread   why its rules are not known, where they were asked for and refused
 */
public record ServiceAccess(
        ResourceId service,
        Kind kind,
        List<String> names,
        Exposure exposure,
        boolean inside,
        List<AccessRule> rules,
        Rest rest,
        Optional<CouldNotRead<?>> unread) {

    /** A service whose rules are known. */
    public ServiceAccess(
            ResourceId service,
            Kind kind,
            List<String> names,
            Exposure exposure,
            boolean inside,
            List<AccessRule> rules,
            Rest rest) {
        this(service, kind, names, exposure, inside, rules, rest, Optional.empty());
    }

    /** The services whose rules are known. */
    public enum Kind {
        APP_SERVICE("Microsoft.Web"),
        CONTAINER_APP(""),
        STORAGE_ACCOUNT("Microsoft.Storage"),
        API_MANAGEMENT("Microsoft.ApiManagement"),
        STATIC_WEB_APP("");

        private final String endpoint;

        Kind(String endpoint) {
            this.endpoint = endpoint;
        }

        /** Whether a service endpoint of this name brings a subnet's callers to the service with their own addresses. */
        public boolean isReachedBy(String serviceEndpoint) {
            return !endpoint.isEmpty()
                    && (serviceEndpoint.equalsIgnoreCase(endpoint)
                            || serviceEndpoint.equalsIgnoreCase(endpoint + ".Global"));
        }

        /** Whether the rules count for callers that come by a private endpoint. */
        public boolean judgesPrivateCallers() {
            return this == CONTAINER_APP;
        }
    }

    /** From where a service can be reached at all. */
    public enum Exposure {
        /** From wherever its rules allow. */
        BY_RULES,
        /** By private endpoints only: public network access is off. */
        PRIVATE_ENDPOINTS_ONLY,
        /** From the apps of its own environment only. */
        ENVIRONMENT_ONLY
    }

    /** What happens to a caller whom no rule matches. */
    public enum Rest {
        ADMITTED,
        REJECTED,
        /** The document does not say, and the rules leave it open. */
        UNSAID
    }

    /**
     * One rule.
     *
     * @param name       its name, or what it matches where it has none
     * @param admits     whether it lets in whom it matches
     * @param everyone   whether it matches every caller
     * @param addresses  the addresses that it matches
     * @param subnet     the subnet that it matches, by a service endpoint
     * @param serviceTag the service tag that it matches, or an empty string
     * @param onHeaders  whether it also asks for request headers
     * @param priority   its number; empty where the service gives none
     */
    public record AccessRule(
            String name,
            boolean admits,
            boolean everyone,
            List<Range> addresses,
            Optional<ResourceId> subnet,
            String serviceTag,
            boolean onHeaders,
            OptionalInt priority) {

        /** A rule of a service whose rules have no numbers. */
        public AccessRule(
                String name,
                boolean admits,
                boolean everyone,
                List<Range> addresses,
                Optional<ResourceId> subnet,
                String serviceTag,
                boolean onHeaders) {
            this(name, admits, everyone, addresses, subnet, serviceTag, onHeaders, OptionalInt.empty());
        }
    }
}
