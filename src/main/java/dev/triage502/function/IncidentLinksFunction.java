package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.link.LinkGrant;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes a new link to an incident, and revokes those that were made. */
public final class IncidentLinksFunction {

    private final Supplier<Store> store;
    private final SignedLinks links;
    private final IncidentViews views;
    private final AppAddresses addresses;

    IncidentLinksFunction(Supplier<Store> store, SignedLinks links, IncidentViews views, AppAddresses addresses) {
        this.store = store;
        this.links = links;
        this.views = views;
        this.addresses = addresses;
    }

    /** {@code {"page":"…","expires":"…"}}, for somebody who asks for a link. */
    @FunctionName("incident-links")
    public HttpResponseMessage make(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.POST},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents/{id}/links")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            requireKnown(id);
            LinkGrant grant = links.grant(id);
            JsonObject answer = new JsonObject();
            answer.addProperty("page", addresses.byLink(links.token(grant)));
            answer.addProperty(
                    "expires", grant.expires().truncatedTo(ChronoUnit.SECONDS).toString());
            return answer(request, answer);
        });
    }

    /** No link that was made for this incident so far opens it any more; later messages carry new ones. */
    @FunctionName("incident-links-revoke")
    public HttpResponseMessage revoke(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.POST},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "incidents/{id}/links/revoke")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            requireKnown(id);
            int times = store.get().links().revoke(id);
            LogRedaction.on(context.getLogger()).info(id + ": all links revoked");
            JsonObject answer = new JsonObject();
            answer.addProperty("id", id);
            answer.addProperty("revoked", times);
            return answer(request, answer);
        });
    }

    private void requireKnown(String id) {
        if (!views.knows(id)) {
            throw new HttpProblem(HttpStatus.NOT_FOUND, "No such incident", "no incident with this id");
        }
    }

    private static HttpResponseMessage answer(HttpRequestMessage<?> request, JsonObject body) {
        return PageHeaders.unkept(request.createResponseBuilder(HttpStatus.OK)
                        .header("Content-Type", "application/json; charset=utf-8"))
                .body(body.toString())
                .build();
    }
}
