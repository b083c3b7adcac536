package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RequiredPermissionsTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Path DOCUMENT = Path.of("docs/permissions.md");

    /** Cases that between them have every kind of resource. */
    private static List<Path> telling() throws IOException {
        Set<String> kinds = new TreeSet<>();
        List<Path> cases = new ArrayList<>();
        try (Stream<Path> all = Files.list(CASES)) {
            for (Path each : all.filter(Files::isDirectory).sorted().toList()) {
                Set<String> had = new TreeSet<>();
                for (String file : List.of("network.json", "backends.json")) {
                    if (Files.exists(each.resolve(file)) && Files.exists(each.resolve("gateway.json"))) {
                        Matcher type = Pattern.compile("\"type\": \"(Microsoft[^\"]+)\"")
                                .matcher(Files.readString(each.resolve(file)));
                        while (type.find()) {
                            had.add(type.group(1).toLowerCase(Locale.ROOT));
                        }
                    }
                }
                if (kinds.addAll(had)) {
                    cases.add(each);
                }
            }
        }
        return cases;
    }

    @Test
    void nothingIsAskedThatTheListDoesNotGrant() throws IOException {
        Set<String> granted = lower(RequiredPermissions.actions().keySet());
        Set<String> needed = new TreeSet<>();
        for (Path each : telling()) {
            RecordedCase recorded = CaseFolder.read(each);
            try (PretendAzure azure = PretendAzure.start(
                            recorded.documents(),
                            recorded.gateway(),
                            PretendAzure.Options.usual().operations(1, Duration.ZERO));
                    AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
                new Investigation(access, Investigation.Options.allowing(source -> source == Source.ON_DEMAND_HEALTH))
                        .run(recorded.incident(), Duration.ofSeconds(30), CollectionProgress.none());
                azure.requests().forEach(request -> needed.addAll(actionsOf(request)));
            }
        }

        assertThat(needed).hasSizeGreaterThan(15);
        assertThat(granted).containsAll(needed);
    }

    @Test
    void noKindOfResourceIsQueriedThatTheListDoesNotGrant() throws IOException {
        Set<String> granted = lower(RequiredPermissions.actions().keySet());
        try (Stream<Path> queries = Files.list(Path.of("src/main/resources/kql"))) {
            // A subscription is shown to whoever has any role in it; only the command line asks for its name.
            for (Path query : queries.filter(each -> !each.endsWith("all-subscriptions.kql"))
                    .toList()) {
                Matcher type = Pattern.compile("'(microsoft\\.[a-z]+/[a-z/]+)'").matcher(Files.readString(query));
                while (type.find()) {
                    assertThat(granted).as(query.toString()).contains(type.group(1) + "/read");
                }
            }
        }
    }

    /** Azure refuses a whole role for one action that it does not know. */
    @Test
    void everyActionIsPublished() {
        Set<String> published = PublishedFacts.actions();

        assertThat(RequiredPermissions.actions().keySet())
                .allSatisfy(action -> assertThat(published).anyMatch(name -> covers(action, name)));
    }

    @Test
    void thereIsOneWildcardAndItIsTheDocumentedOne() {
        assertThat(RequiredPermissions.actions().keySet())
                .filteredOn(action -> action.contains("*"))
                .containsExactly("Microsoft.Insights/logs/*/read");
    }

    @Test
    void readerGrantsAllButThePostActions() {
        Set<String> lacking = new TreeSet<>(RequiredPermissions.actions().keySet());
        lacking.removeIf(action -> PublishedFacts.builtIn("Reader").stream().anyMatch(held -> covers(held, action)));

        assertThat(lacking)
                .containsExactlyElementsOf(RequiredPermissions.postActions())
                .containsExactly(
                        "Microsoft.Network/applicationGateways/backendhealth/action",
                        "Microsoft.Network/applicationGateways/getBackendHealthOnDemand/action",
                        "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
                        "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveConnectivityConfigurations/action",
                        "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action");
    }

    private static boolean covers(String pattern, String action) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.+\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches();
    }

    @Test
    void noActionChangesAnything() {
        assertThat(RequiredPermissions.actions().keySet())
                .allMatch(action -> action.endsWith("/read")
                        || action.endsWith("/backendhealth/action")
                        || action.endsWith("/getBackendHealthOnDemand/action")
                        || action.endsWith("/effectiveRouteTable/action")
                        || action.contains("/listNetworkManagerEffective"));
    }

    @Test
    void theDocumentSaysWhatTheListSays() throws IOException {
        String said = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        String right = PermissionsDocument.text();
        if (!said.equals(right)) {
            Path made =
                    Files.writeString(Files.createDirectories(Path.of("target")).resolve("permissions.md"), right);
            assertThat(said)
                    .as("%s is out of date; %s is as it should be", DOCUMENT, made)
                    .isEqualTo(right);
        }
    }

    @Test
    void everySourceThatIsAzuresHasItsActions() {
        for (Source source : Source.values()) {
            assertThat(RequiredPermissions.actionsFor(source).isEmpty())
                    .as(source.id())
                    .isEqualTo(source == Source.DIRECT_PROBE);
        }
    }

    /** By Azure's own rule: the types in a path, then read for a GET and the action's name for a POST. */
    private static Set<String> actionsOf(String request) {
        String method = request.substring(0, request.indexOf(' '));
        String path = request.substring(request.indexOf(' ') + 1);
        if (path.startsWith("/v1/")) {
            return lower(Set.copyOf(ArmOperation.LOG_ACTIONS));
        }
        int providers = path.lastIndexOf("/providers/");
        String[] parts = path.substring(providers + "/providers/".length()).split("/");
        if (parts[0].equalsIgnoreCase("Microsoft.ResourceGraph")) {
            return Set.of();
        }
        StringBuilder action = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            action.append('/').append(parts[i]);
        }
        String verb = method.equals("GET") ? "/read" : "/action";
        return Set.of((action + verb).toLowerCase(Locale.ROOT));
    }

    private static Set<String> lower(Set<String> actions) {
        return actions.stream()
                .map(action -> action.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What {@code docs/permissions.md} has to be. */
    private static final class PermissionsDocument {

        static String text() {
            StringBuilder text = new StringBuilder("""
                # Permissions

                What an identity needs so that a diagnosis can read everything. Generated from the calls that the program
                makes (`azure.ArmOperation`); a test fails when the two differ.

                No action changes anything. `getBackendHealthOnDemand` makes the gateway send one request to each of its
                backends; it is used only if `TRIAGE502_ON_DEMAND_PROBES` is on.

                If a source cannot be read, the report names it, quotes Azure's refusal, and lists the causes that could not
                be checked.

                | action | needed for |
                |---|---|
                """);
            RequiredPermissions.actions()
                    .forEach((action, sources) -> text.append("| `")
                            .append(action)
                            .append("` | ")
                            .append(sources.stream().map(Source::words).collect(Collectors.joining(", ")))
                            .append(" |\n"));
            text.append("""

                The network and the resources behind the addresses are also found through Resource Graph, which needs no
                extra action and returns what the identity may read. A resource that it does not return is never assumed
                to be missing.

                Logs are read through the gateway: read access to it is enough if the workspace's access control mode is
                "use resource or workspace permissions". If a workspace requires its own permissions, Azure omits its rows; the
                report then names the workspace or table. Tables on the Basic or Auxiliary plan cannot be read
                through a resource at all.

                ## A role with exactly these actions

                Save as `triage502-role.json`, with the subscriptions that hold gateways, their networks and their backends:

                ```json
                """);
            text.append(new GsonBuilder()
                            .setPrettyPrinting()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(RequiredPermissions.role("/subscriptions/<subscription>")))
                    .append("""

                        ```

                        ```sh
                        az role definition create --role-definition @triage502-role.json
                        az role assignment create --role "Application Gateway 502 Triage" \\
                          --assignee-object-id "$(az functionapp identity show -g <resource-group> -n <function-app> --query principalId -o tsv)" \\
                          --assignee-principal-type ServicePrincipal --scope /subscriptions/<subscription>
                        ```

                        An assignment takes up to ten minutes to take effect. Azure refuses a whole role for one action that it does
                        not know, so a test compares every action with the published lists
                        ([compatibility.md](compatibility.md)). `Microsoft.Insights/logs/*/read` is the only wildcard: the actions of
                        single log tables are not published.

                        ## Without a custom role

                        If you may assign roles but not create them, deploy `infra/built-in-roles.bicep`. It assigns the built-in
                        `Reader`, which grants everything above except these POST actions:

                        """);
            RequiredPermissions.postActions()
                    .forEach(action -> text.append("- `").append(action).append("`\n"));
            text.append("""

                Without them there is no backend health, no on-demand probe and no learned route; the report says so, and many
                causes cannot be diagnosed. Ask an owner to create this small role once, and pass its ID as
                `postActionsRoleId` to `infra/built-in-roles.bicep`:

                ```json
                """);
            text.append(new GsonBuilder()
                            .setPrettyPrinting()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(RequiredPermissions.postActionsRole("/subscriptions/<subscription>")))
                    .append("""

                        ```

                        `Network Contributor` includes these actions too, but can change the network: do not use it for this.
                        """);
            return text.toString();
        }
    }
}
