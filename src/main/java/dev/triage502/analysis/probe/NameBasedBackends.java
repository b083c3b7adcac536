package dev.triage502.analysis.probe;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Evidence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which members are told apart by the name in the request alone, and which names are a member's own? Many tenants share
 * the addresses and the certificate of such a platform, so a name that it does not know leads nowhere.
 */
public final class NameBasedBackends {

    /** API Management knows no other path without a key. */
    private static final String KEYLESS = "/status-0123456789abcdef";

    private final Map<String, Set<String>> names = new HashMap<>();

    private NameBasedBackends() {}

    public static NameBasedBackends of(Evidence evidence) {
        NameBasedBackends all = new NameBasedBackends();
        evidence.backends().toOptional().stream()
                .flatMap(NameBasedBackends::namesOfEach)
                .forEach(all::learn);
        return all;
    }

    private static Stream<List<String>> namesOfEach(Backends backends) {
        return Stream.concat(
                backends.sites().stream().map(Site::hostNames),
                backends.containerApps().stream().map(ContainerApp::hostNames));
    }

    private void learn(List<String> own) {
        Set<String> all = new HashSet<>();
        own.forEach(name -> all.add(lower(name)));
        own.forEach(name -> names.put(lower(name), all));
    }

    /** Whether the member is known by its name only, and a request for this name is not one for it. */
    public boolean isForeign(String member, String name) {
        return isOne(member)
                && !member.equalsIgnoreCase(name)
                && !names.getOrDefault(lower(member), Set.of()).contains(lower(name));
    }

    /** Whether all names of the member were read. */
    public boolean knows(String member) {
        return names.containsKey(lower(member));
    }

    /** Whether the member would answer well on this path if only the name were right. */
    static boolean knowsPath(String member, String path) {
        return AzureServiceDomains.of(member)
                        .filter(AzureServiceDomains.API_MANAGEMENT::equals)
                        .isEmpty()
                || path.equals(KEYLESS);
    }

    /** Whether the member belongs to a platform that serves by name. */
    static boolean isOne(String member) {
        return AzureServiceDomains.of(member).isPresent();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
