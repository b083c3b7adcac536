package dev.triage502.deliver;

import dev.triage502.deliver.JiraIssues.Mapping;
import dev.triage502.ledger.MessageReason;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One issue for each incident in a project of Jira Cloud, with a comment for each event. */
final class JiraChannel implements Channel {

    static final ChannelSetting<String> SITE = ChannelSetting.text(
            "site",
            "no Jira",
            "Host of the Jira Cloud site.",
            "contoso.atlassian.net",
            "[a-z0-9][a-z0-9-]{0,62}\\.(?:atlassian\\.net|jira\\.com|jira-dev\\.com)");

    static final ChannelSetting<String> EMAIL = ChannelSetting.text(
            "email",
            "no Jira",
            "Email address of the Jira account that the token belongs to.",
            "triage@contoso.com",
            "[^\\s@:]+@[^\\s@:]+");

    static final ChannelSetting<SecretText> TOKEN = ChannelSetting.secret(
            "token",
            "no Jira",
            "API token of that account, to keep one issue for each incident. Secret: use a Key Vault reference.",
            "ATATT3xFfGF00000000000000",
            "[A-Za-z0-9+/=_.-]{20,500}");

    static final ChannelSetting<String> PROJECT = ChannelSetting.text(
            "project", "no Jira", "Key of the project that gets the issues.", "NET", "[A-Z][A-Z0-9_]{1,99}");

    static final ChannelSetting<String> CLOUD_ID = ChannelSetting.text(
            "cloudId",
            "the token has no scopes, and is used at the site",
            "Cloud ID of the site, for a token with scopes or of a service account: it is used at api.atlassian.com.",
            "11111111-2222-3333-4444-555555555555",
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static final ChannelSetting<String> TOKEN_EXPIRES = ChannelSetting.text(
                    "tokenExpires",
                    "no warning",
                    "Last day of the token; for two weeks before it, there is a warning.",
                    "2027-06-30",
                    "20[0-9]{2}-[01][0-9]-[0-3][0-9]")
            .accepting(JiraChannel::isDate, "a date such as 2027-06-30");

    static final ChannelSetting<String> ISSUE_TYPE =
            ChannelSetting.text("issueType", "Task", "Name of the issue type.", "Incident", "\\S.{0,59}");

    static final ChannelSetting<List<String>> LABELS = ChannelSetting.texts(
                    "labels", "only triage502", "Labels of each issue, beside triage502.", "[\"gateway\", \"502\"]")
            .accepting(
                    labels -> labels.stream().allMatch(label -> label.matches("\\S{1,255}")),
                    "a list of labels without blanks, such as [\"gateway\", \"502\"]");

    static final ChannelSetting<Map<String, String>> PRIORITIES = ChannelSetting.table(
                    "priorities",
                    "the default priority of the project",
                    "Name of Jira's priority for each severity of an alert.",
                    "{\"0\": \"Highest\", \"1\": \"High\"}")
            .accepting(
                    table -> table.keySet().stream().allMatch(number -> number.matches("[0-4]")),
                    "an object that gives 0 to 4 a priority, e.g. {\"1\": \"High\"}");

    static final ChannelSetting<String> DONE_TRANSITION = ChannelSetting.text(
            "doneTransition",
            "Done",
            "Name of the transition that closes an issue.",
            "Resolve this issue",
            "\\S.{0,99}");

    static final ChannelSetting<String> REOPEN_TRANSITION = ChannelSetting.text(
            "reopenTransition", "To Do", "Name of the transition that opens it again.", "Reopen", "\\S.{0,99}");

    static final ChannelType TYPE = new ChannelType(
            "jira",
            List.of(SITE, EMAIL, TOKEN, PROJECT),
            List.of(CLOUD_ID, TOKEN_EXPIRES, ISSUE_TYPE, LABELS, PRIORITIES, DONE_TRANSITION, REOPEN_TRANSITION),
            EnumSet.allOf(MessageReason.class),
            Map.of(
                    "jira",
                    notice -> JiraIssues.issue(notice.ticket(), mapping("NET", new ChannelValues(Map.of())))
                            .toString()),
            JiraChannel::of);

    private static final int WARN_DAYS = 14;

    private final JiraIssues issues;
    private final Optional<LocalDate> expires;
    private final ChannelTools tools;

    JiraChannel(JiraIssues issues, Optional<LocalDate> expires, ChannelTools tools) {
        this.issues = issues;
        this.expires = expires;
        this.tools = tools;
    }

    private static JiraChannel of(ChannelValues values, ChannelTools tools) {
        SecretUrl base = base(values.needed(SITE), values.get(CLOUD_ID));
        JiraIssues issues = new JiraIssues(
                base, values.needed(EMAIL), values.needed(TOKEN), mapping(values.needed(PROJECT), values), tools);
        return new JiraChannel(issues, values.get(TOKEN_EXPIRES).map(LocalDate::parse), tools);
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    static SecretUrl base(String site, Optional<String> cloudId) {
        String url = cloudId.map(id -> "https://api.atlassian.com/ex/jira/" + id + "/")
                .orElse("https://" + site + "/");
        return SecretUrl.parse(url).orElseThrow();
    }

    private static Mapping mapping(String project, ChannelValues values) {
        return new Mapping(
                project,
                values.get(ISSUE_TYPE).orElse("Task"),
                values.get(LABELS).orElse(List.of()),
                values.get(PRIORITIES).orElse(Map.of()),
                values.get(DONE_TRANSITION).orElse("Done"),
                values.get(REOPEN_TRANSITION).orElse("To Do"));
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return new TicketLife(issues, tools.clock(), notice, memory).say();
    }

    @Override
    public ChannelCheck check() {
        return issues.check();
    }

    @Override
    public List<String> warnings() {
        LocalDate today = LocalDate.ofInstant(tools.clock().instant(), ZoneOffset.UTC);
        return expires.filter(last -> last.isBefore(today.plusDays(WARN_DAYS)))
                .map(last -> List.of("the Jira token expires on " + last + ": make a new one"))
                .orElse(List.of());
    }
}
