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
import dev.triage502.report.CausePage;
import dev.triage502.report.CausePages;
import dev.triage502.report.html.GuidePage;
import dev.triage502.report.html.HtmlPage;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.triage.Triage;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is known of each cause, for everybody: it is the same for all, and nothing of an incident is in it. */
public final class CausesFunction {

    private static final String AN_HOUR = "public, max-age=3600";
    private static final int MOST_NEAREST = 3;

    private final CausePages pages = CausePages.bundled();
    private final List<String> ids = Triage.pages();
    private final AppAddresses addresses;
    private final Map<String, HtmlPage> made = new ConcurrentHashMap<>();

    CausesFunction(AppAddresses addresses) {
        this.addresses = addresses;
    }

    @FunctionName("causes")
    public HttpResponseMessage list(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "causes")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guardPage(
                request, context, () -> answer(request, "", () -> GuidePage.list(pages, byTitle(), base())));
    }

    @FunctionName("cause")
    public HttpResponseMessage one(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.GET},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "causes/{id}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            ExecutionContext context) {
        return HttpAnswers.guardPage(request, context, () -> {
            if (!ids.contains(id)) {
                throw unknown(id);
            }
            return answer(request, id, () -> GuidePage.of(pages, id, base()));
        });
    }

    /** A page is made once, and sent again only to whoever does not have it. */
    private HttpResponseMessage answer(HttpRequestMessage<?> request, String id, Supplier<HtmlPage> making) {
        HtmlPage page = made.computeIfAbsent(id, key -> making.get());
        String tag = "\"" + UUID.nameUUIDFromBytes(page.html().getBytes(StandardCharsets.UTF_8)) + "\"";
        boolean there = HttpAnswers.header(request, "If-None-Match").contains(tag);
        HttpResponseMessage.Builder answer = request.createResponseBuilder(
                        there ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .header("Cache-Control", AN_HOUR)
                .header("ETag", tag);
        return (there ? answer : PageHeaders.publicPage(answer, page)).build();
    }

    private HttpProblem unknown(String id) {
        List<PageLink> nearest = nearest(id).stream()
                .map(near -> new PageLink(pages.page(near).title(), addresses.cause(near)))
                .toList();
        return new HttpProblem(
                        HttpStatus.NOT_FOUND,
                        "No such cause",
                        "There is no cause with this ID. The nearest are " + String.join(", ", nearest(id)) + ".")
                .leadingTo(nearest);
    }

    private List<String> nearest(String id) {
        return ids.stream()
                .sorted(Comparator.comparing(known -> new NameDistance(id).to(known)))
                .limit(MOST_NEAREST)
                .toList();
    }

    private List<String> byTitle() {
        return ids.stream()
                .map(pages::page)
                .sorted(Comparator.comparing(CausePage::title))
                .map(CausePage::id)
                .toList();
    }

    private String base() {
        return addresses.api() + "/causes";
    }
}
