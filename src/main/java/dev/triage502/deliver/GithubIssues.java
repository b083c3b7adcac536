package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.RetryAfter;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ticket.GithubText;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.json.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues of one repository by GitHub's REST API. */
final class GithubIssues implements TicketSystem {

    /** Every issue bears it, and among those with it the one of an incident is looked for: a list does not lag as a search does. */
    static final String LABEL = "triage502";

    private static final String VERSION = "2022-11-28";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10;

    /** What an operator has to do about a status. */
    private static final Map<Integer, String> ADVICE = Map.of(
            401, "set a token that is valid",
            403, "grant the token Issues: read and write for the repository",
            404, "check the repository's name, and that the token has access to it",
            410, "turn on issues in the repository's settings");

    /** Which labels an issue bears. */
    record Labels(List<String> always, Map<String, String> bySeverity) {

        JsonArray of(Ticket ticket) {
            JsonArray labels = new JsonArray();
            labels.add(LABEL);
            always.forEach(labels::add);
            ticket.severity()
                    .map(severity -> bySeverity.get(String.valueOf(severity)))
                    .ifPresent(labels::add);
            return labels;
        }
    }

    private final JsonCalls calls;
    private final String repository;
    private final Labels labels;
    private final ChannelTools tools;

    GithubIssues(SecretUrl base, SecretText token, String repository, Labels labels, ChannelTools tools) {
        this.calls = new JsonCalls(
                base,
                tools.http(),
                Map.of(
                        "Authorization",
                        "Bearer " + token.value(),
                        "Accept",
                        "application/vnd.github+json",
                        "X-GitHub-Api-Version",
                        VERSION),
                token::scrub);
        this.repository = "repos/" + repository;
        this.labels = labels;
        this.tools = tools;
    }

    @Override
    public TicketAnswer find(Ticket ticket) {
        String list = repository + "/issues?labels=" + LABEL + "&state=all&sort=created&direction=desc";
        return find(list, GithubText.incidentMarker(ticket.incident()), "number");
    }

    @Override
    public TicketAnswer findComment(String id, String key) {
        return find(issue(id) + "/comments?", GithubText.messageMarker(key), "id");
    }

    /** The first entry of a list whose text has a marker. */
    private TicketAnswer find(String list, String marker, String id) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            Said said = judged(calls.get(list + "&per_page=" + PAGE + "&page=" + page));
            if (!said.isDone()) {
                return said.failure();
            }
            JsonArray entries = said.json() instanceof JsonArray array ? array : new JsonArray();
            for (JsonElement each : entries) {
                if (each instanceof JsonObject entry
                        && JsonTree.text(entry, "body").contains(marker)) {
                    return TicketAnswer.done(JsonTree.text(entry, id));
                }
            }
            if (entries.size() < PAGE) {
                break;
            }
        }
        return TicketAnswer.notThere();
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        JsonObject issue = GithubText.issue(ticket);
        issue.add("labels", labels.of(ticket));
        Said said = judged(calls.post(repository + "/issues", issue));
        if (!said.isDone()) {
            return said.failure();
        }
        String number = said.json() instanceof JsonObject made ? JsonTree.text(made, "number") : "";
        return TicketAnswer.made(number, calls, "issue");
    }

    @Override
    public TicketAnswer update(String id, Ticket ticket) {
        return patch(id, GithubText.issue(ticket));
    }

    @Override
    public TicketAnswer comment(String id, Ticket ticket, String key) {
        JsonObject comment = new JsonObject();
        comment.addProperty("body", GithubText.comment(ticket, key));
        Said said = judged(calls.post(issue(id) + "/comments", comment));
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    @Override
    public TicketAnswer close(String id, Ticket ticket) {
        return move(id, "closed", "completed");
    }

    @Override
    public TicketAnswer reopen(String id, Ticket ticket) {
        return move(id, "open", "reopened");
    }

    /** Why a person closed an issue stays as it is. */
    private TicketAnswer move(String id, String state, String reason) {
        Said now = judged(calls.get(issue(id)));
        if (!now.isDone()) {
            return now.failure();
        }
        if (now.json() instanceof JsonObject issue
                && JsonTree.text(issue, "state").equals(state)) {
            return TicketAnswer.done(id);
        }
        JsonObject change = new JsonObject();
        change.addProperty("state", state);
        change.addProperty("state_reason", reason);
        return patch(id, change);
    }

    private TicketAnswer patch(String id, JsonObject change) {
        Said said = judged(calls.patch(issue(id), change));
        if (said.status() == 404 || said.status() == 410) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    /** Reads the repository, and writes nothing. */
    ChannelCheck check() {
        Said said = judged(calls.get(repository));
        if (!said.isDone() || !(said.json() instanceof JsonObject settings)) {
            return ChannelCheck.of(said.result());
        }
        if (isTrue(settings, "archived")) {
            return ChannelCheck.problem("the repository is archived, so that it takes no issues");
        }
        if (settings.has("has_issues") && !isTrue(settings, "has_issues")) {
            return ChannelCheck.problem("the repository has no issues; " + ADVICE.get(410));
        }
        return settings.has("private") && !isTrue(settings, "private")
                ? ChannelCheck.warning("the repository is public: everybody can read the issues, which name resources,"
                        + " hosts and people")
                : ChannelCheck.fine();
    }

    /** GitHub refuses for good and for now with the same status. */
    private Said judged(Said said) {
        if (said.status() == 403 || said.status() == 429) {
            Optional<Duration> pause = pause(said);
            if (pause.isPresent()) {
                return said.with(
                        new DeliveryResult.Failed(calls + " returned " + said.status() + ": rate limit", pause));
            }
        }
        return said.result() instanceof DeliveryResult.Refused refused && ADVICE.containsKey(said.status())
                ? said.with(new DeliveryResult.Refused(refused.why() + " (" + ADVICE.get(said.status()) + ")"))
                : said;
    }

    private Optional<Duration> pause(Said said) {
        Optional<Duration> asked = RetryAfter.in(said.headers());
        if (asked.isPresent()) {
            return asked;
        }
        String reset = header(said, "x-ratelimit-reset");
        if (header(said, "x-ratelimit-remaining").equals("0") && reset.matches("[0-9]{1,12}")) {
            Duration until = Duration.between(tools.clock().instant(), Instant.ofEpochSecond(Long.parseLong(reset)));
            return Optional.of(until.isNegative() ? Duration.ofMinutes(1) : until);
        }
        boolean isSecondary = said.json() instanceof JsonObject json
                && JsonTree.text(json, "message").contains("rate limit");
        return isSecondary ? Optional.of(Duration.ofMinutes(1)) : Optional.empty();
    }

    private static String header(Said said, String name) {
        @Nullable String value = said.headers().getValue(HttpHeaderName.fromString(name));
        return value == null ? "" : value;
    }

    private String issue(String id) {
        return repository + "/issues/" + id;
    }

    private static boolean isTrue(JsonObject json, String name) {
        return JsonTree.text(json, name).equals("true");
    }
}
