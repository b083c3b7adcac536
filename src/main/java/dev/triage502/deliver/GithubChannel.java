package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ticket.GithubText;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** One issue for each incident in a repository of GitHub, with a comment for each event. */
final class GithubChannel implements Channel {

    static final ChannelSetting<SecretText> TOKEN = ChannelSetting.secret(
            "token",
            "no GitHub",
            "Fine-grained token for the repository with Issues: read and write, to keep one issue for each incident."
                    + " Secret: use a Key Vault reference.",
            "github_pat_0000000000000000000000",
            "[A-Za-z0-9_.-]{20,400}");

    static final ChannelSetting<String> REPOSITORY = ChannelSetting.text(
            "repository",
            "no GitHub",
            "Repository that gets the issues. Make it a private one: issues name resources and hosts.",
            "contoso/network-incidents",
            "[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}");

    static final ChannelSetting<List<String>> LABELS = ChannelSetting.texts(
            "labels", "only triage502", "Labels of each issue, beside triage502.", "[\"incident\", \"gateway\"]");

    static final ChannelSetting<Map<String, String>> SEVERITY_LABELS = ChannelSetting.table(
                    "severityLabels",
                    "no such label",
                    "Label for each severity of an alert.",
                    "{\"0\": \"priority: high\", \"1\": \"priority: high\"}")
            .accepting(
                    labels -> labels.keySet().stream().allMatch(number -> number.matches("[0-4]")),
                    "an object that gives 0 to 4 a label, e.g. {\"1\": \"priority: high\"}");

    static final ChannelSetting<String> HOST = ChannelSetting.text(
                    "host",
                    "github.com",
                    "Host of a GitHub Enterprise Server.",
                    "github.example.com",
                    "[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(:[0-9]{1,5})?")
            .accepting(host -> SecretUrl.parse(url(host)).isPresent(), "the host of a server, e.g. github.example.com");

    static final ChannelType TYPE = new ChannelType(
            "github",
            List.of(TOKEN, REPOSITORY),
            List.of(LABELS, SEVERITY_LABELS, HOST),
            EnumSet.allOf(MessageReason.class),
            Map.of("github", notice -> preview(notice).toString()),
            GithubChannel::new);

    private final GithubIssues issues;
    private final ChannelTools tools;

    private GithubChannel(ChannelValues values, ChannelTools tools) {
        this(
                new GithubIssues(
                        base(values.get(HOST).orElse("github.com")),
                        values.needed(TOKEN),
                        values.needed(REPOSITORY),
                        new GithubIssues.Labels(
                                values.get(LABELS).orElse(List.of()),
                                values.get(SEVERITY_LABELS).orElse(Map.of())),
                        tools),
                tools);
    }

    GithubChannel(GithubIssues issues, ChannelTools tools) {
        this.issues = issues;
        this.tools = tools;
    }

    static SecretUrl base(String host) {
        return SecretUrl.parse(url(host)).orElseThrow();
    }

    private static String url(String host) {
        return host.equalsIgnoreCase("github.com") ? "https://api.github.com/" : "https://" + host + "/api/v3/";
    }

    private static JsonObject preview(ReportNotice notice) {
        JsonObject issue = GithubText.issue(notice.ticket());
        issue.add("labels", new GithubIssues.Labels(List.of(), Map.of()).of(notice.ticket()));
        return issue;
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return new TicketLife(issues, tools.clock(), notice, memory).say();
    }

    @Override
    public ChannelCheck check() {
        return issues.check();
    }
}
