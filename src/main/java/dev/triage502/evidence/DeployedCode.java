package dev.triage502.evidence;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code that a gateway is deployed from: its next deployment overwrites what somebody changes by hand.
 *
 * @param sign what shows it
 * @param name what to call it in a sentence: {@code Terraform}, {@code azd environment prod}, {@code the deployments of sp-iac}
 */
public record DeployedCode(Sign sign, String name) {

    /** What shows it, the surest first. */
    public enum Sign {
        /** A tag that a tool sets, or that names one. */
        TAG,
        /** The last write came with a deployment of its resource group by the same caller. */
        DEPLOYMENT,
        /** The last write was an application's, or by a name that automation has. */
        WRITER
    }

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String DEPLOYMENT = "Microsoft.Resources/deployments/write";

    private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /** A deployment is logged a little before what it writes, and ends a little after it. */
    private static final Duration NEAR = Duration.ofMinutes(30);

    private static final Map<String, String> TOOLS = Map.of(
            "terraform", "Terraform",
            "opentofu", "OpenTofu",
            "terragrunt", "Terragrunt",
            "bicep", "Bicep",
            "pulumi", "Pulumi",
            "crossplane", "Crossplane",
            "ansible", "Ansible");

    private static final Pattern TOOL =
            Pattern.compile("(?<![a-z])(" + String.join("|", TOOLS.keySet()) + ")(?![a-z])");

    private static final Pattern AUTOMATION = Pattern.compile(
            "(?<![a-z])(iac|terraform|opentofu|bicep|pulumi|pipelines?|devops|github|gitlab|deploy(er|ment|ments)?|ci|cd)(?![a-z])");

    /** The code that writes the gateway of this evidence; empty where nothing that was read shows any. */
    public static Optional<DeployedCode> of(Evidence evidence) {
        Optional<IngressController> controller = IngressController.of(evidence);
        return evidence.gateway()
                .toOptional()
                .flatMap(gateway -> byTag(gateway.tags()))
                .or(() -> evidence.activityLog()
                        .toOptional()
                        .flatMap(log -> byWrites(evidence.incident().gateway(), log, controller)));
    }

    private static Optional<DeployedCode> byTag(Map<String, String> tags) {
        Optional<DeployedCode> azd = tags.entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase("azd-env-name"))
                .map(tag -> new DeployedCode(Sign.TAG, "azd environment " + tag.getValue()))
                .findFirst();
        return azd.or(() -> tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                .map(text -> TOOL.matcher(lower(text)))
                .filter(Matcher::find)
                .map(found -> new DeployedCode(Sign.TAG, TOOLS.getOrDefault(found.group(1), "")))
                .findFirst());
    }

    private static Optional<DeployedCode> byWrites(
            ResourceId gateway, ActivityLog log, Optional<IngressController> controller) {
        List<Operation> deployments = log.operations().stream()
                .filter(each -> each.is(DEPLOYMENT)
                        && each.resource().resourceGroup().equalsIgnoreCase(gateway.resourceGroup()))
                .toList();
        Optional<Operation> last = log.on(gateway)
                .filter(each -> each.is(WRITE) && each.outcome() == Outcome.SUCCEEDED)
                .filter(each -> !IngressController.isBehind(each)
                        && controller.filter(one -> one.made(each)).isEmpty())
                .reduce((earlier, later) -> later);
        return last.flatMap(write -> deployments.stream().anyMatch(each -> brought(each, write))
                ? Optional.of(new DeployedCode(Sign.DEPLOYMENT, "the deployments of " + nameOf(write)))
                : byWriter(write));
    }

    private static boolean brought(Operation deployment, Operation write) {
        return deployment.caller().equalsIgnoreCase(write.caller())
                && !deployment.started().isAfter(write.started())
                && !deployment.started().plus(NEAR).isBefore(write.started());
    }

    /** Of an application, which signs in without an @, or of a name that automation has; Azure's own names hold blanks or dots. */
    private static Optional<DeployedCode> byWriter(Operation write) {
        String name = nameOf(write);
        boolean azure = name.indexOf(' ') >= 0 || lower(name).startsWith("microsoft.");
        boolean application = !name.isEmpty() && name.indexOf('@') < 0 && !azure;
        return application || AUTOMATION.matcher(lower(name)).find()
                ? Optional.of(new DeployedCode(Sign.WRITER, name.matches(ID) ? "application " + name : name))
                : Optional.empty();
    }

    private static String nameOf(Operation write) {
        return write.identity().map(ResourceId::name).orElse(write.caller());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
