package dev.triage502.report.html;

import dev.triage502.report.html.PageView.PageLink;
import java.util.List;
import java.util.Optional;

/**
 * Where the page of an incident leads when it is served.
 *
 * @param cause     what is known of the cause in general; at most one
 * @param feedback  to say that the diagnosis was right, or wrong
 * @param actions   what somebody who is signed in can do: have it diagnosed again
 * @param downloads the files of the incident
 * @param earlier   the incidents that this gateway had before, the latest first
 */
public record PageLinks(
        List<PageLink> cause,
        List<PageLink> feedback,
        List<PageLink> actions,
        List<PageLink> downloads,
        List<EarlierIncident> earlier) {

    /**
     * An incident that came before.
     *
     * @param openedAt when it was opened, in ISO 8601
     * @param cause    what was found, in one sentence; may be empty
     * @param url      its page; empty where whoever looks may not open it
     */
    public record EarlierIncident(String id, String openedAt, String cause, Optional<String> url) {}

    public PageLinks {
        cause = List.copyOf(cause);
        feedback = List.copyOf(feedback);
        actions = List.copyOf(actions);
        downloads = List.copyOf(downloads);
        earlier = List.copyOf(earlier);
    }

    /** Of a page that is a file: it leads nowhere. */
    public static PageLinks none() {
        return new PageLinks(List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
