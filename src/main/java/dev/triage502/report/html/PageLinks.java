package dev.triage502.report.html;

import dev.triage502.report.html.PageView.PageLink;
import java.util.List;

/**
 * Where the page of an incident leads when it is served.
 *
 * @param cause     what is known of the cause in general; at most one
 * @param feedback  to say that the diagnosis was right, or wrong
 * @param actions   what somebody who is signed in can do: have it diagnosed again
 * @param downloads the files of the incident
 */
public record PageLinks(
        List<PageLink> cause, List<PageLink> feedback, List<PageLink> actions, List<PageLink> downloads) {

    public PageLinks {
        cause = List.copyOf(cause);
        feedback = List.copyOf(feedback);
        actions = List.copyOf(actions);
        downloads = List.copyOf(downloads);
    }

    /** Of a page that is a file: it leads nowhere. */
    public static PageLinks none() {
        return new PageLinks(List.of(), List.of(), List.of(), List.of());
    }
}
