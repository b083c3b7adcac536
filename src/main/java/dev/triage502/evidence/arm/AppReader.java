package dev.triage502.evidence.arm;

import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** App Service apps and container apps. */
final class AppReader {

    private static final AzureWords<Power> APP_POWER = AzureWords.of(Power.RUNNING, "Running", "Ready", "Succeeded")
            .and(Power.STOPPED, "Stopped", "Suspended")
            .and(Power.IN_TRANSITION, "Progressing", "Starting", "Stopping", "InProgress");

    /** Plans that have no number of instances to set: they share machines, or scale by themselves. */
    private static final Set<String> UNSCALED =
            Set.of("Free", "Shared", "Dynamic", "FlexConsumption", "ElasticPremium");

    private AppReader() {}

    static Site site(ArmObject site, Optional<ElementError> refused) {
        Map<String, String> properties = new TreeMap<>(site.object("properties").asTexts());
        properties.putAll(site.object("siteConfig").asTexts());
        properties.put(Site.INBOUND, site.text("inboundIpAddress"));
        String access = site.text("publicNetworkAccess");
        return new Site(
                MachineReader.idOf(site),
                refused.isPresent() ? Power.UNSAID : power(site),
                refused.map(ElementError::words).orElseGet(() -> site.text("state")),
                Stream.of("hostNames", "enabledHostNames", "defaultHostName")
                        .flatMap(field -> site.texts(field).stream())
                        .map(name -> HostName.of(name).inLowerCase())
                        .distinct()
                        .sorted()
                        .toList(),
                access.isEmpty() ? Optional.empty() : Optional.of(access.equalsIgnoreCase("Enabled")),
                restrictions(site.object("siteConfig")),
                plan(site),
                Collections.unmodifiableMap(properties));
    }

    private static Optional<ResourceId> plan(ArmObject site) {
        return Optional.of(site.text("serverFarmId"))
                .filter(id -> !id.isEmpty() && !UNSCALED.contains(site.text("sku")))
                .map(ResourceId::of);
    }

    private static Power power(ArmObject site) {
        String state = site.text("state");
        if (isOff(state) || !site.flag("enabled").orElse(true)) {
            return Power.STOPPED;
        }
        return state.equalsIgnoreCase("Running") ? Power.RUNNING : Power.UNSAID;
    }

    /** An app of a free or shared plan is stopped by the platform for the rest of the day when it has used its quota. */
    private static boolean isOff(String state) {
        return state.equalsIgnoreCase("Stopped") || state.equalsIgnoreCase("QuotaExceeded");
    }

    /** The rules in their order, unless all that they say is that everybody may come. */
    private static List<String> restrictions(ArmObject config) {
        List<ArmObject> rules = config.objects("ipSecurityRestrictions").stream()
                .filter(rule -> !isOpen(rule))
                .sorted(Comparator.<ArmObject>comparingInt(
                                rule -> rule.integer("priority").orElse(Integer.MAX_VALUE))
                        .thenComparing(rule -> rule.json().toString()))
                .toList();
        Stream<String> texts = rules.stream().map(AppReader::restriction);
        Stream<String> rest = config.text("ipSecurityRestrictionsDefaultAction").equalsIgnoreCase("Deny")
                ? Stream.of("all else: Deny")
                : Stream.empty();
        return Stream.concat(texts, rest).toList();
    }

    private static boolean isOpen(ArmObject rule) {
        return rule.text("action").equalsIgnoreCase("Allow")
                && (rule.text("ipAddress").equalsIgnoreCase("Any")
                        || rule.text("ipAddress").equals("0.0.0.0/0"));
    }

    private static String restriction(ArmObject rule) {
        String from = rule.text("ipAddress", "vnetSubnetResourceId");
        String action = rule.text("action");
        return rule.text("priority") + " " + (action.isEmpty() ? "Allow" : action) + " "
                + (from.isEmpty() ? rule.text("tag") : from)
                + (rule.name().isEmpty() ? "" : " (" + rule.name() + ")");
    }

    static ContainerApp containerApp(ArmObject app, Optional<ElementError> refused) {
        ArmObject ingress = app.object("configuration").object("ingress");
        boolean deactivated = isDeactivated(app);
        String running = app.text("runningStatus", "provisioningState");
        return new ContainerApp(
                MachineReader.idOf(app),
                refused.isPresent() ? Power.UNSAID : deactivated ? Power.STOPPED : appPower(running),
                refused.map(ElementError::words).orElse(deactivated ? "no active revision" : running),
                Stream.concat(
                                Stream.of(ingress.text("fqdn"), app.text("latestRevisionFqdn")),
                                ingress.objects("customDomains").stream().map(ArmObject::name))
                        .filter(name -> !name.isEmpty())
                        .map(name -> HostName.of(name).inLowerCase())
                        .distinct()
                        .sorted()
                        .toList(),
                ingress.integer("targetPort"),
                minReplicas(app));
    }

    /** None where the template says nothing of it: that is Azure's default. */
    private static OptionalInt minReplicas(ArmObject app) {
        if (!app.has("template")) {
            return OptionalInt.empty();
        }
        OptionalInt least = app.object("template").object("scale").integer("minReplicas");
        return least.isPresent() ? least : OptionalInt.of(0);
    }

    /** An app scaled to zero wakes on a request; one whose revisions are all deactivated does not. */
    private static boolean isDeactivated(ArmObject app) {
        List<ArmObject> revisions = app.objects("revisions");
        return !revisions.isEmpty()
                && revisions.stream().noneMatch(each -> each.flag("active").orElse(true));
    }

    private static Power appPower(String status) {
        return APP_POWER.valueOf(status).orElse(Power.UNSAID);
    }
}
