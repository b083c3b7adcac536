package dev.triage502.local;

import dev.triage502.incident.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is this an api-version that Azure has? Each list holds the versions known to be in use; the real ones are longer.
 *
 * <p>The longest prefix of a type that stands here decides.
 */
final class ApiVersions {

    private static final List<String> NETWORK = List.of(
            "2022-07-01",
            "2022-09-01",
            "2022-11-01",
            "2023-02-01",
            "2023-04-01",
            "2023-05-01",
            "2023-06-01",
            "2023-09-01",
            "2023-11-01",
            "2024-01-01",
            "2024-03-01",
            "2024-05-01",
            "2024-07-01",
            "2024-10-01",
            "2025-01-01",
            "2025-03-01",
            "2025-05-01",
            "2025-07-01",
            "2025-09-01");

    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            Map.entry("microsoft.network", NETWORK),
            Map.entry(
                    "microsoft.network/privatednszones",
                    List.of("2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01")),
            Map.entry(
                    "microsoft.compute/virtualmachinescalesets/networkinterfaces", List.of("2017-03-30", "2018-10-01")),
            Map.entry(
                    "microsoft.insights/metrics",
                    List.of("2018-01-01", "2019-07-01", "2021-05-01", "2023-10-01", "2024-02-01")),
            Map.entry("microsoft.insights/eventtypes", List.of("2015-04-01")),
            Map.entry("microsoft.insights/diagnosticsettings", List.of("2017-05-01-preview", "2021-05-01-preview")),
            Map.entry(
                    "microsoft.resourcehealth",
                    List.of("2018-01-01", "2022-05-01", "2022-10-01", "2024-02-01", "2025-05-01")),
            Map.entry(
                    "microsoft.operationalinsights/workspaces/tables",
                    List.of("2020-08-01", "2020-10-01", "2022-10-01", "2023-09-01", "2025-02-01")),
            Map.entry("microsoft.resourcegraph", List.of("2021-03-01", "2022-10-01", "2024-04-01")),
            Map.entry(
                    "microsoft.compute", List.of("2023-07-01", "2023-09-01", "2024-03-01", "2024-07-01", "2024-11-01")),
            Map.entry("microsoft.web", List.of("2022-03-01", "2022-09-01", "2023-01-01", "2023-12-01", "2024-04-01")),
            Map.entry("microsoft.app", List.of("2023-05-01", "2024-03-01", "2025-01-01", "2025-07-01")),
            Map.entry("microsoft.storage", List.of("2023-05-01", "2024-01-01", "2025-01-01", "2025-06-01")),
            Map.entry("microsoft.apimanagement", List.of("2021-08-01", "2022-08-01", "2024-05-01")),
            Map.entry("microsoft.containerservice", List.of("2024-02-01", "2024-05-01", "2024-09-01", "2025-01-01")));

    private static final List<String> SUBSCRIPTIONS = List.of("2019-11-01", "2020-01-01", "2022-12-01");

    private ApiVersions() {}

    /** What ARM says to a call whose version it does not know, or nothing. */
    static Optional<PretendAnswer> refusal(ResourceType type, String version) {
        if (version.isEmpty()) {
            return Optional.of(PretendAnswer.badRequest(
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests."));
        }
        List<String> known = of(type.inLowerCase());
        if (known.contains(version)) {
            return Optional.empty();
        }
        return Optional.of(PretendAnswer.badRequest(
                "NoRegisteredProviderFound",
                "No registered resource provider found for location 'global' and API version '" + version
                        + "' for type '"
                        + type.inLowerCase().substring(type.inLowerCase().indexOf('/') + 1)
                        + "'. The supported api-versions are '"
                        + String.join(", ", known) + "'."));
    }

    private static List<String> of(String type) {
        String prefix = type;
        while (!prefix.isEmpty()) {
            List<String> known = KNOWN.get(prefix);
            if (known != null) {
                return known;
            }
            prefix = prefix.contains("/") ? prefix.substring(0, prefix.lastIndexOf('/')) : "";
        }
        return SUBSCRIPTIONS;
    }
}
