package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Kind;
import dev.triage502.evidence.ServiceAccess.Rest;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whom services let in: access restrictions of App Service, ingress of container apps, network rules of storage
 * accounts, public network access of the rest. What was refused, or does not say its rules, is left out: no rule is not
 * the same as a rule that was not read.
 */
final class ServiceAccessReader {

    private static final String INTERNAL = ".internal.";

    private final ArmObject document;
    private final Losses losses;

    private ServiceAccessReader(ArmObject document, Losses losses) {
        this.document = document;
        this.losses = losses;
    }

    static List<ServiceAccess> read(ArmObject document, Losses losses) {
        return new ServiceAccessReader(document, losses).read();
    }

    private List<ServiceAccess> read() {
        Map<ResourceId, ArmObject> environments = new HashMap<>();
        each("managedEnvironments", environment -> {
            environments.put(MachineReader.idOf(environment), environment);
            return Optional.empty();
        });
        return Stream.of(
                        each("sites", this::site),
                        each("containerApps", app -> containerApp(app, environments)),
                        each("storageAccounts", ServiceAccessReader::storageAccount),
                        each("apiManagementServices", ServiceAccessReader::apiManagement),
                        each("staticSites", ServiceAccessReader::staticSite))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(ServiceAccess::service).thenComparing(ServiceAccess::toString))
                .toList();
    }

    private List<ServiceAccess> each(String name, Function<ArmObject, Optional<ServiceAccess>> reader) {
        // What is wrong with an app is already said where its state is read.
        Losses own = name.equals("sites") || name.equals("containerApps") ? new Losses() : losses;
        return own
                .each(
                        document,
                        name,
                        each -> ElementError.inPlaceOf(each).isPresent()
                                ? Optional.<ServiceAccess>empty()
                                : reader.apply(each))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ServiceAccess> site(ArmObject site) {
        ArmObject config = site.object("siteConfig");
        Optional<ElementError> refused = ElementError.inPlaceOf(config);
        if (refused.isPresent()) {
            return Optional.of(unread(site, refused.get()));
        }
        boolean closed = isClosed(site) || (site.text("publicNetworkAccess").isEmpty() && isClosed(config));
        if (!closed && !config.has("ipSecurityRestrictions")) {
            return Optional.empty();
        }
        List<ArmObject> written = config.objects("ipSecurityRestrictions").stream()
                .sorted(Comparator.comparingInt(rule -> rule.integer("priority").orElse(Integer.MAX_VALUE)))
                .toList();
        List<AccessRule> rules =
                written.stream().map(ServiceAccessReader::siteRule).toList();
        return Optional.of(new ServiceAccess(
                MachineReader.idOf(site),
                Kind.APP_SERVICE,
                names(site.texts("hostNames"), site.texts("defaultHostName")),
                closed ? Exposure.PRIVATE_ENDPOINTS_ONLY : Exposure.BY_RULES,
                false,
                rules,
                rest(config.text("ipSecurityRestrictionsDefaultAction"), rules)));
    }

    /** An app whose configuration was refused: it may have any rule. */
    private ServiceAccess unread(ArmObject site, ElementError refused) {
        ResourceId id = MachineReader.idOf(site);
        String words = "access restrictions of " + id.name() + " (config/web): " + refused.words();
        losses.add(words);
        return new ServiceAccess(
                id,
                Kind.APP_SERVICE,
                names(site.texts("hostNames"), site.texts("defaultHostName")),
                isClosed(site) ? Exposure.PRIVATE_ENDPOINTS_ONLY : Exposure.BY_RULES,
                false,
                List.of(),
                Rest.UNSAID,
                Optional.of(new CouldNotRead<>(Source.BACKENDS, refused.why(), words)));
    }

    /** Before the default action was a setting, one admitting rule was enough to reject everybody else. */
    private static Rest rest(String action, List<AccessRule> rules) {
        if (!action.isEmpty()) {
            return action.equalsIgnoreCase("Deny") ? Rest.REJECTED : Rest.ADMITTED;
        }
        if (rules.isEmpty()) {
            return Rest.ADMITTED;
        }
        return rules.stream().anyMatch(AccessRule::admits) ? Rest.REJECTED : Rest.UNSAID;
    }

    private static AccessRule siteRule(ArmObject rule) {
        String from = rule.text("ipAddress");
        String tag = rule.text("tag").equalsIgnoreCase("ServiceTag") ? from : "";
        boolean everyone = from.equalsIgnoreCase("Any") || from.equals("0.0.0.0/0");
        Optional<ResourceId> subnet = rule.reference("vnetSubnetResourceId");
        return new AccessRule(
                named(rule, from.isEmpty() ? subnet.map(ResourceId::name).orElse("") : from),
                !rule.text("action").equalsIgnoreCase("Deny"),
                everyone,
                tag.isEmpty() && !everyone && !from.isEmpty() ? ranges(from) : List.of(),
                subnet,
                tag,
                rule.has("headers") && rule.object("headers").json().size() > 0,
                rule.integer("priority"));
    }

    private static Optional<ServiceAccess> containerApp(ArmObject app, Map<ResourceId, ArmObject> environments) {
        ArmObject ingress = app.object("configuration").object("ingress");
        Optional<Boolean> external = ingress.flag("external");
        if (external.isEmpty()) {
            return Optional.empty();
        }
        Optional<ArmObject> environment = app.reference("environmentId")
                .or(() -> app.reference("managedEnvironmentId"))
                .map(environments::get);
        List<AccessRule> rules = ingress.objects("ipSecurityRestrictions").stream()
                .map(rule -> new AccessRule(
                        named(rule, rule.text("ipAddressRange")),
                        !rule.text("action").equalsIgnoreCase("Deny"),
                        rule.text("ipAddressRange").equals("0.0.0.0/0"),
                        ranges(rule.text("ipAddressRange")),
                        Optional.empty(),
                        "",
                        false))
                .toList();
        Stream<String> known = Stream.of(ingress.text("fqdn"), app.text("latestRevisionFqdn"))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Stream.of(name, name.replace(INTERNAL, ".")));
        Exposure open = environment.filter(ServiceAccessReader::isClosed).isPresent()
                ? Exposure.PRIVATE_ENDPOINTS_ONLY
                : Exposure.BY_RULES;
        return Optional.of(new ServiceAccess(
                MachineReader.idOf(app),
                Kind.CONTAINER_APP,
                names(
                        known.toList(),
                        ingress.objects("customDomains").stream()
                                .map(ArmObject::name)
                                .toList()),
                external.get() ? open : Exposure.ENVIRONMENT_ONLY,
                environment
                        .flatMap(each -> each.object("vnetConfiguration").flag("internal"))
                        .orElse(false),
                rules,
                // All rules of an app are of one action: a list of the admitted, or of the rejected.
                rules.stream().anyMatch(AccessRule::admits) ? Rest.REJECTED : Rest.ADMITTED));
    }

    private static Optional<ServiceAccess> storageAccount(ArmObject account) {
        ArmObject network = account.object("networkAcls");
        boolean closed = isClosed(account);
        if (!closed && !network.has("defaultAction")) {
            return Optional.empty();
        }
        List<AccessRule> rules = new ArrayList<>();
        for (ArmObject rule : network.members("ipRules")) {
            String value = rule.text("value");
            rules.add(new AccessRule(value, true, false, ranges(value), Optional.empty(), "", false));
        }
        for (ArmObject rule : network.members("virtualNetworkRules")) {
            Optional<ResourceId> subnet = rule.id();
            rules.add(
                    new AccessRule(subnet.map(ResourceId::name).orElse(""), true, false, List.of(), subnet, "", false));
        }
        ArmObject ends = account.object("primaryEndpoints");
        return Optional.of(new ServiceAccess(
                MachineReader.idOf(account),
                Kind.STORAGE_ACCOUNT,
                names(
                        ends.asTexts().values().stream()
                                .map(ServiceAccessReader::host)
                                .toList(),
                        account.object("customDomain").texts("name")),
                closed ? Exposure.PRIVATE_ENDPOINTS_ONLY : Exposure.BY_RULES,
                false,
                rules,
                network.text("defaultAction").equalsIgnoreCase("Deny") ? Rest.REJECTED : Rest.ADMITTED));
    }

    /** Its address lists stand in policies, which Azure gives by themselves; here is only whether it is public at all. */
    private static Optional<ServiceAccess> apiManagement(ArmObject service) {
        if (!isClosed(service)) {
            return Optional.empty();
        }
        return Optional.of(closed(
                service,
                Kind.API_MANAGEMENT,
                names(
                        List.of(host(service.text("gatewayUrl"))),
                        service.objects("hostnameConfigurations").stream()
                                .map(each -> each.text("hostName"))
                                .toList())));
    }

    /** The list of addresses of a static web app is in the app's own configuration file, which Azure does not give. */
    private static Optional<ServiceAccess> staticSite(ArmObject site) {
        return isClosed(site)
                ? Optional.of(closed(
                        site, Kind.STATIC_WEB_APP, names(site.texts("defaultHostname"), site.texts("customDomains"))))
                : Optional.empty();
    }

    private static ServiceAccess closed(ArmObject service, Kind kind, List<String> names) {
        return new ServiceAccess(
                MachineReader.idOf(service),
                kind,
                names,
                Exposure.PRIVATE_ENDPOINTS_ONLY,
                false,
                List.of(),
                Rest.ADMITTED);
    }

    private static boolean isClosed(ArmObject service) {
        return service.text("publicNetworkAccess").equalsIgnoreCase("Disabled");
    }

    private static String named(ArmObject rule, String otherwise) {
        return rule.name().isEmpty() ? otherwise : rule.name();
    }

    /** One range, or several with commas between them; a text that is none matches nobody that is known. */
    private static List<Range> ranges(String text) {
        return Stream.of(text.split(","))
                .flatMap(each -> IpAddresses.parse(each).stream())
                .toList();
    }

    private static String host(String url) {
        String rest = url.substring(url.indexOf("//") < 0 ? 0 : url.indexOf("//") + 2);
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private static List<String> names(List<String>... lists) {
        return Arrays.stream(lists)
                .flatMap(List::stream)
                .filter(name -> !name.isEmpty())
                .map(name -> HostName.of(name).inLowerCase())
                .distinct()
                .sorted()
                .toList();
    }
}
