package dev.triage502.deliver;

import com.google.gson.JsonElement;
import dev.triage502.deliver.JsonCalls.Said;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The work items' part of the REST API of Azure DevOps, for one project, in the version that is used here. */
final class AzureDevopsProject {

    private static final String VERSION = "api-version=7.1";
    private static final String PREVIEW = "api-version=7.1-preview.4";

    /** What an operator has to do about a status. */
    private static final Map<Integer, String> ADVICE = Map.of(
            203, "add the app's identity to the organization, with an access level, or set a valid token",
            302, "add the app's identity to the organization, with an access level, or set a valid token",
            401, "add the app's identity to the organization, with an access level, or set a valid token",
            403, "let the identity view and edit work items in the area path",
            404, "check organization, project and work item type");

    private final JsonCalls calls;
    private final JsonCalls patches;
    private final String name;

    /** @param authorization the header that signs in */
    AzureDevopsProject(
            SecretUrl organization, String name, String authorization, UnaryOperator<String> scrub, ChannelHttp http) {
        this.calls = new JsonCalls(organization, http, Map.of("Authorization", authorization), scrub);
        this.patches = new JsonCalls(
                organization,
                http,
                Map.of("Authorization", authorization, "Content-Type", "application/json-patch+json"),
                scrub);
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param path below {@code _apis/wit/}, may have a query */
    Said get(String path) {
        return judged(calls.get(url(path, VERSION)));
    }

    /** The same, of an API that has only a preview. */
    Said getPreview(String path) {
        return judged(calls.get(url(path, PREVIEW)));
    }

    Said post(String path, JsonElement body) {
        return judged(calls.post(url(path, VERSION), body));
    }

    /** Makes what a JSON Patch says. */
    Said create(String path, JsonElement patch) {
        return judged(patches.post(url(path, VERSION), patch));
    }

    /** Changes what a JSON Patch says. */
    Said change(String path, JsonElement patch) {
        return judged(patches.patch(url(path, VERSION), patch));
    }

    /** The states of a work item type, for {@link AzureDevopsStates}. */
    Said states(String type) {
        return get("workitemtypes/" + encoded(type) + "/states");
    }

    private String url(String path, String version) {
        return encoded(name) + "/_apis/wit/" + path + (path.contains("?") ? "&" : "?") + version;
    }

    /** To who has not signed in, Azure DevOps shows a page to sign in. */
    private Said judged(Said said) {
        boolean refused = said.result() instanceof DeliveryResult.Refused || said.status() == 203;
        if (!refused || !ADVICE.containsKey(said.status())) {
            return said;
        }
        String why = said.result() instanceof DeliveryResult.Refused known
                ? known.why()
                : calls + " returned " + said.status();
        return said.with(new DeliveryResult.Refused(why + " (" + ADVICE.get(said.status()) + ")"));
    }

    /** A name as a part of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return calls.toString();
    }
}
