package dev.triage502.reachability;

/**
 * Something that packets pass between the gateway and a server, and what it does with them.
 *
 * @param name   its own name: {@code nsg-waf}
 * @param detail what decides there, in a few words: {@code out-https (200) allows}; may be empty
 * @param place  the subnet whose packets it decides of: {@code subnet snet-app 10.126.4.0/24}; empty between subnets
 */
public record NetworkHop(Kind kind, String name, String detail, Verdict verdict, String place) {

    /** The same at another place. */
    public NetworkHop at(String where) {
        return new NetworkHop(kind, name, detail, verdict, where);
    }

    /** What can be passed, in the order in which packets meet it. */
    public enum Kind {
        ADMIN_RULES_OUT("Security admin rules"),
        NSG_OUT("NSG, outbound"),
        ROUTE("Route"),
        PEERING("Peering"),
        LOAD_BALANCER("Load balancer"),
        PRIVATE_ENDPOINT("Private endpoint"),
        ADMIN_RULES_IN("Security admin rules"),
        NSG_IN("NSG, inbound");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As the portal names it. */
        public String words() {
            return words;
        }

        public boolean isNsg() {
            return this == NSG_OUT || this == NSG_IN;
        }

        public boolean isAdminRules() {
            return this == ADMIN_RULES_OUT || this == ADMIN_RULES_IN;
        }
    }

    /** What it does with the packets. */
    public enum Verdict {
        ALLOWS,
        DENIES,
        /** What decides there was not read, or not all of it. */
        UNREAD
    }

    /** Whether packets meet it as they leave the gateway, and not where they arrive. */
    public boolean isOfGateway() {
        return kind.compareTo(Kind.LOAD_BALANCER) < 0;
    }
}
