package dev.triage502.deliver;

import dev.triage502.deliver.AzureDevopsItems.Mapping;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.ledger.MessageReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One work item for each incident in a project of Azure DevOps, with a comment for each event. */
final class AzureDevopsChannel implements Channel {

    static final ChannelSetting<String> ORGANIZATION = ChannelSetting.text(
            "organization", "no Azure DevOps", "Name of the organization.", "contoso", "[A-Za-z0-9][A-Za-z0-9-]{0,49}");

    static final ChannelSetting<String> PROJECT = ChannelSetting.text(
            "project",
            "no Azure DevOps",
            "Name of the project that gets the work items.",
            "Network",
            "[^\\s/\\\\?#][^/\\\\?#]{0,63}");

    static final ChannelSetting<SecretText> TOKEN = ChannelSetting.secret(
            "token",
            "by the managed identity",
            "Personal access token with the scope Work Items (read and write), to do without a managed identity."
                    + " Secret: use a Key Vault reference.",
            "00000000000000000000000000000000000000000000000000ab",
            "[A-Za-z0-9]{40,200}");

    static final ChannelSetting<String> TYPE_NAME = ChannelSetting.text(
            "workItemType", "Issue", "Name of the work item type.", "Bug", "[^\\s/\\\\?#$][^/\\\\?#$]{0,63}");

    static final ChannelSetting<List<String>> TAGS = ChannelSetting.texts(
                    "tags", "only triage502", "Tags of each work item, beside triage502.", "[\"gateway\", \"502\"]")
            .accepting(
                    tags -> tags.stream().allMatch(tag -> tag.matches("[^,;]{1,400}")),
                    "a list of tags without commas and semicolons, such as [\"gateway\", \"502\"]");

    static final ChannelSetting<String> AREA_PATH = ChannelSetting.text(
            "areaPath", "the project's own", "Area path of the work items.", "Network\\Edge", "\\S.{0,254}");

    static final ChannelSetting<Map<String, String>> SEVERITIES = ChannelSetting.table(
                    "severities",
                    "the default of the work item type",
                    "Value of the field Severity for each severity of an alert.",
                    "{\"0\": \"1 - Critical\", \"1\": \"2 - High\"}")
            .accepting(
                    table -> table.keySet().stream().allMatch(number -> number.matches("[0-4]")),
                    "an object that gives 0 to 4 a severity, e.g. {\"1\": \"2 - High\"}");

    static final ChannelSetting<String> CLOSED_STATE = ChannelSetting.text(
            "closedState",
            "the type's state of the category Completed",
            "Name of the state of a work item that is over.",
            "Closed",
            "\\S.{0,99}");

    static final ChannelSetting<String> OPEN_STATE = ChannelSetting.text(
            "openState",
            "the type's first state of the category Proposed, or InProgress",
            "Name of the state of a work item that is opened again.",
            "Active",
            "\\S.{0,99}");

    static final ChannelType TYPE = new ChannelType(
            "azure-devops",
            List.of(ORGANIZATION, PROJECT),
            List.of(TOKEN, TYPE_NAME, TAGS, AREA_PATH, SEVERITIES, CLOSED_STATE, OPEN_STATE),
            EnumSet.allOf(MessageReason.class),
            Map.of(
                    "azuredevops",
                    notice -> AzureDevopsItems.item(notice.ticket(), mapping("Network", new ChannelValues(Map.of())))
                            .toString()),
            AzureDevopsChannel::of);

    /** The id of Azure DevOps in Microsoft Entra. */
    private static final String SCOPE = "499b84ac-1321-427f-aa17-267ca6975798/.default";

    private final SecretUrl base;
    private final Optional<SecretText> token;
    private final Mapping mapping;
    private final ChannelTools tools;

    AzureDevopsChannel(SecretUrl base, Optional<SecretText> token, Mapping mapping, ChannelTools tools) {
        this.base = base;
        this.token = token;
        this.mapping = mapping;
        this.tools = tools;
    }

    private static AzureDevopsChannel of(ChannelValues values, ChannelTools tools) {
        SecretUrl base = SecretUrl.parse("https://dev.azure.com/" + values.needed(ORGANIZATION) + "/")
                .orElseThrow();
        return new AzureDevopsChannel(base, values.get(TOKEN), mapping(values.needed(PROJECT), values), tools);
    }

    private static Mapping mapping(String project, ChannelValues values) {
        return new Mapping(
                project,
                values.get(TYPE_NAME).orElse("Issue"),
                values.get(TAGS).orElse(List.of()),
                values.get(AREA_PATH),
                values.get(SEVERITIES).orElse(Map.of()),
                values.get(CLOSED_STATE),
                values.get(OPEN_STATE));
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        try {
            return new TicketLife(new AzureDevopsItems(project(), mapping), tools.clock(), notice, memory).say();
        } catch (NoAnswer e) {
            return new DeliveryResult.Failed(e.words(), Optional.empty());
        }
    }

    @Override
    public ChannelCheck check() {
        try {
            return new AzureDevopsCheck(project(), mapping).check();
        } catch (NoAnswer e) {
            return ChannelCheck.warning("could not be checked: " + e.words());
        }
    }

    /** With a token that is valid now. */
    private AzureDevopsProject project() throws NoAnswer {
        if (token.isPresent()) {
            SecretText basic = new SecretText(
                    Base64.getEncoder().encodeToString((":" + token.get().value()).getBytes(StandardCharsets.UTF_8)));
            return project("Basic " + basic.value(), text -> token.get().scrub(basic.scrub(text)));
        }
        SecretText bearer = tools.tokens().forChannel(SCOPE);
        return project("Bearer " + bearer.value(), bearer::scrub);
    }

    private AzureDevopsProject project(String authorization, UnaryOperator<String> scrub) {
        return new AzureDevopsProject(base, mapping.project(), authorization, scrub, tools.http());
    }
}
