package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.function.IncidentViews.Way;
import dev.triage502.function.SignedLinks.Read;
import dev.triage502.report.html.PageView.PageLink;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An incident for whoever has a link to it: its page, its files, and feedback. The host lets everybody in here, so that each
 * of these begins with the token.
 *
 * <p>The token in the path is also what keeps others from posting the form for somebody: nothing here is allowed by a
 * cookie, so a page elsewhere could only post what its author could post as well.
 */
public final class LinkFunction {

    /** Who said it where only the link is known. */
    private static final String BY_LINK = "link";

    private final SignedLinks links;
    private final SignedInPerson people;
    private final IncidentViews views;
    private final FeedbackDesk feedback;
    private final AppAddresses addresses;

    LinkFunction(
            SignedLinks links,
            SignedInPerson people,
            IncidentViews views,
            FeedbackDesk feedback,
            AppAddresses addresses) {
        this.links = links;
        this.people = people;
        this.views = views;
        this.feedback = feedback;
        this.addresses = addresses;
    }

    @FunctionName("incident-link")
    public HttpResponseMessage page(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "i/{token}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("token") String token,
            ExecutionContext context) {
        return opened(request, context, token, id -> views.page(request, id, way(token)));
    }

    @FunctionName("incident-link-file")
    public HttpResponseMessage file(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "i/{token}/{file}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("token") String token,
            @BindingName("file") String file,
            ExecutionContext context) {
        return opened(request, context, token, id -> views.file(request, id, file));
    }

    /** Shows the form to whoever follows the link, be it a person or a program; only sending it records anything. */
    @FunctionName("incident-link-feedback")
    public HttpResponseMessage feedback(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET, HttpMethod.POST},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "i/{token}/feedback")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("token") String token,
            ExecutionContext context) {
        return opened(
                request,
                context,
                token,
                id -> request.getHttpMethod() == HttpMethod.POST
                        ? feedback.take(request, id, BY_LINK, way(token).page())
                        : feedback.ask(request, views.report(id), way(token).page()));
    }

    private HttpResponseMessage opened(
            HttpRequestMessage<?> request,
            ExecutionContext context,
            String token,
            Function<String, HttpResponseMessage> answering) {
        return HttpAnswers.guardPage(request, context, () -> {
            Read read = links.read(token).orElseThrow(this::unknown);
            if (!read.isOpen() || !views.knows(read.incident())) {
                throw gone(read.incident());
            }
            return answering.apply(read.incident());
        });
    }

    /** Not that it was forged, cut off or signed with another secret: whoever has no right to the incident learns nothing. */
    private HttpProblem unknown() {
        return new HttpProblem(
                HttpStatus.NOT_FOUND,
                "This link opens nothing",
                "The address may be cut off: open the link in the message itself, or copy it whole. Otherwise "
                        + (people.signInIsOn() ? "sign in, or ask for a new link." : "ask for a new link."));
    }

    /** It was made here, so that its holder knew the incident: they may know that there is a way back to it. */
    private HttpProblem gone(String incident) {
        HttpProblem gone = new HttpProblem(
                HttpStatus.GONE,
                "This link no longer works",
                "Links in messages expire, and can be revoked. "
                        + (people.signInIsOn()
                                ? "Sign in to see the incident, or ask for a new link."
                                : "A later message has a new link; or ask a colleague who runs the app for one."));
        return people.signInIsOn()
                ? gone.leadingTo(List.of(new PageLink("Sign in", addresses.signedIn(incident))))
                : gone;
    }

    /** A link opens one incident: another one opens for whoever can sign in. */
    private Way way(String token) {
        return new Way(
                addresses.api(),
                Optional.of(addresses.byLink(token)),
                List.of(),
                each -> people.signInIsOn() ? Optional.of(addresses.signedIn(each)) : Optional.empty());
    }
}
