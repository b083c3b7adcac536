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
import dev.triage502.incident.Incident;
import dev.triage502.report.html.ConfirmPage;
import dev.triage502.report.html.PageView.PageLink;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An incident for whoever is signed in by the platform: its page, its files, feedback, and diagnosing again. The host asks for
 * a key at a function or lets everybody in; it knows nothing of the platform's sign-in. So it lets everybody in here, and each
 * of these begins with the person.
 */
public final class ViewFunction {

    private final SignedInPerson people;
    private final IncidentViews views;
    private final FeedbackDesk feedback;
    private final AppAddresses addresses;
    private final RequestDesk requests;
    private final Clock clock;

    ViewFunction(
            SignedInPerson people,
            IncidentViews views,
            FeedbackDesk feedback,
            AppAddresses addresses,
            RequestDesk requests,
            Clock clock) {
        this.people = people;
        this.views = views;
        this.feedback = feedback;
        this.addresses = addresses;
        this.requests = requests;
        this.clock = clock;
    }

    @FunctionName("view")
    public HttpResponseMessage page(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "view/{id}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return signedIn(request, context, id, (person, way) -> views.page(request, id, way));
    }

    @FunctionName("view-file")
    public HttpResponseMessage file(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "view/{id}/{file}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            @BindingName("file") String file,
            ExecutionContext context) {
        return signedIn(request, context, id, (person, way) -> views.file(request, id, file));
    }

    @FunctionName("view-feedback")
    public HttpResponseMessage feedback(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET, HttpMethod.POST},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "view/{id}/feedback")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return signedIn(
                request,
                context,
                id,
                (person, way) -> isSent(request)
                        ? feedback.take(request, id, person, way.page())
                        : feedback.ask(request, views.report(id), way.page()));
    }

    @FunctionName("view-diagnose")
    public HttpResponseMessage diagnose(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET, HttpMethod.POST},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "view/{id}/diagnose")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return signedIn(
                request, context, id, (person, way) -> isSent(request) ? again(request, id) : confirm(request, way));
    }

    private HttpResponseMessage signedIn(
            HttpRequestMessage<?> request,
            ExecutionContext context,
            String id,
            BiFunction<String, Way, HttpResponseMessage> answering) {
        return HttpAnswers.guardPage(request, context, () -> {
            String person = people.of(request)
                    .orElseThrow(() -> new HttpProblem(
                            HttpStatus.UNAUTHORIZED,
                            "You are not signed in",
                            people.signInIsOn()
                                    ? "Sign in with your account, then open this page again."
                                    : "Signing in is not set up for this app. Use the link in a message, or a key."));
            if (!views.knows(id)) {
                throw new HttpProblem(
                        HttpStatus.NOT_FOUND,
                        "No such incident",
                        "No incident has this id. Closed incidents are removed after a while.");
            }
            return answering.apply(person, way(id));
        });
    }

    private Way way(String id) {
        String at = addresses.signedIn(id);
        return new Way(
                addresses.api(),
                Optional.of(at),
                List.of(new PageLink("Diagnose again", at + "/diagnose")),
                each -> Optional.of(addresses.signedIn(each)));
    }

    /**
     * Whether a form of ours was sent. The browser adds the session's cookie to whatever page sends a form here, so it must
     * have come from a page of this app: browsers say so, and no page can.
     */
    private static boolean isSent(HttpRequestMessage<?> request) {
        if (request.getHttpMethod() != HttpMethod.POST) {
            return false;
        }
        if (!HttpAnswers.header(request, "Sec-Fetch-Site").equals("same-origin")) {
            throw new HttpProblem(
                    HttpStatus.FORBIDDEN,
                    "Not sent from this app",
                    "Open the page of the incident, and use its form there.");
        }
        return true;
    }

    private HttpResponseMessage confirm(HttpRequestMessage<?> request, Way way) {
        return PageHeaders.page(
                        request.createResponseBuilder(HttpStatus.OK),
                        ConfirmPage.of(
                                "Diagnose again?",
                                List.of(
                                        "The gateway is investigated once more, over the last hour. This reads from"
                                                + " Azure and changes nothing. It usually takes less than a minute.",
                                        "The result gets a new page. This incident and its messages stay as they"
                                                + " are."),
                                "Diagnose again",
                                way.page().url()))
                .build();
    }

    private HttpResponseMessage again(HttpRequestMessage<?> request, String id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Incident asked = DiagnoseRequest.asked(views.gateway(id), now.minus(Incident.LOOK_BACK), now);
        requests.queue(asked);
        return PageHeaders.unkept(request.createResponseBuilder(HttpStatus.SEE_OTHER)
                        .header("Location", addresses.signedIn(asked.id())))
                .build();
    }
}
