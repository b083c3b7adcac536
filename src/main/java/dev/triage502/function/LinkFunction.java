package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.function.IncidentViews.Way;
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
    private final IncidentViews views;
    private final FeedbackDesk feedback;
    private final AppAddresses addresses;

    LinkFunction(SignedLinks links, IncidentViews views, FeedbackDesk feedback, AppAddresses addresses) {
        this.links = links;
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
            String id = links.opened(token);
            if (!views.knows(id)) {
                throw SignedLinks.gone();
            }
            return answering.apply(id);
        });
    }

    private Way way(String token) {
        return new Way(addresses.api(), Optional.of(addresses.byLink(token)), List.of());
    }
}
