package dev.triage502.reachability.name;

import dev.triage502.evidence.Network.Zone;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The name of a private DNS zone, which tells whose names the zone answers. */
public record ZoneName(HostName name) {

    private static final String PRIVATE_LINK = "privatelink.";

    /** The name of a zone that was read. */
    public static ZoneName of(Zone zone) {
        return of(zone.name());
    }

    /** The name as it is written, with or without the dot at its end. */
    public static ZoneName of(String text) {
        return new ZoneName(withoutRoot(text));
    }

    /** Whether it is a private-link zone, to which public DNS leads the names of a service with a private endpoint. */
    public boolean isPrivateLink() {
        return name.inLowerCase().startsWith(PRIVATE_LINK);
    }

    /** The domain whose names the zone answers: of a private-link zone its own name without the first label. */
    public HostName domain() {
        return isPrivateLink() ? HostName.of(name.toString().substring(PRIVATE_LINK.length())) : name;
    }

    /** What a record for the name is called in the zone: {@code @} where that is the zone's own name. */
    public String recordOf(HostName of) {
        return Stream.of(name, domain())
                .flatMap(each -> of.before(each).stream())
                .findFirst()
                .orElse("@");
    }

    /** The private-link zone of a domain. */
    static ZoneName privateLinkOf(HostName domain) {
        return new ZoneName(HostName.of(PRIVATE_LINK + domain));
    }

    /** A name and every domain that it lies in, the longest first. */
    public static List<HostName> domainsOf(HostName name) {
        String text = name.toString();
        List<HostName> domains = new ArrayList<>(List.of(name));
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            domains.add(HostName.of(text.substring(dot + 1)));
        }
        return domains;
    }

    /** A name without the dot by which DNS marks its end. */
    static HostName withoutRoot(String text) {
        return HostName.of(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
    }
}
