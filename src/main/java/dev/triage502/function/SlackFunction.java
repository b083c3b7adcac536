package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.deliver.SlackReplies;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Takes commands and presses of buttons from Slack. The host lets everybody in here, so that it begins with Slack's signature.
 * Slack waits for three seconds, so what was asked for is queued and done after that.
 */
public final class SlackFunction {

    /** Longer than any that Slack sends, with the message whose button was pressed. */
    private static final int LONGEST = 200_000;

    private final Supplier<Store> store;
    private final Supplier<Optional<SlackSignature>> signature;
    private final Supplier<SlackDesk> desk;
    private final Clock clock;

    SlackFunction(
            Supplier<Store> store,
            Supplier<Optional<SlackSignature>> signature,
            Supplier<SlackDesk> desk,
            Clock clock) {
        this.store = store;
        this.signature = signature;
        this.desk = desk;
        this.clock = clock;
    }

    /** The signature is of the bytes; the text is the same, or no UTF-8, which Slack never sends and no signature fits. */
    @FunctionName("slack-action")
    public HttpResponseMessage take(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.POST},
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "slack/action")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            String body = request.getBody().orElse("");
            if (body.length() > LONGEST || !isSlacks(request, body)) {
                throw new HttpProblem(
                        HttpStatus.UNAUTHORIZED,
                        "Not from Slack",
                        "the signature of Slack is missing, wrong or too old");
            }
            SlackRequest asked = SlackRequest.read(body);
            asked.errand().ifPresent(this::queue);
            return said(request, asked.words());
        });
    }

    @FunctionName("slack-answer")
    public void answer(
            @QueueTrigger(name = "message", queueName = QueueNames.SLACK, connection = QueueNames.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        UnreadableMessage.orDropped(
                        QueueNames.SLACK,
                        log,
                        () -> SlackErrand.read(store.get().queue().open(message)))
                .ifPresent(errand -> {
                    desk.get().run(errand, log);
                    store.get().queue().discard(message);
                });
    }

    private boolean isSlacks(HttpRequestMessage<?> request, String body) {
        SlackSignature ours = signature
                .get()
                .orElseThrow(() -> new HttpProblem(
                        HttpStatus.NOT_FOUND,
                        "Slack is not set up",
                        AppSetting.SLACK_SIGNING_SECRET.key() + " is not set"));
        return ours.fits(
                HttpAnswers.header(request, "X-Slack-Request-Timestamp"),
                HttpAnswers.header(request, "X-Slack-Signature"),
                body.getBytes(StandardCharsets.UTF_8),
                clock.instant());
    }

    private void queue(SlackErrand errand) {
        store.get().queue().send(QueueNames.SLACK, errand.toMessage(), Duration.ZERO);
    }

    private static HttpResponseMessage said(HttpRequestMessage<?> request, String words) {
        if (words.isEmpty()) {
            return request.createResponseBuilder(HttpStatus.OK).build();
        }
        JsonObject note = SlackReplies.note(words, Optional.empty());
        note.addProperty("response_type", "ephemeral");
        return HttpAnswers.json(request, HttpStatus.OK, note);
    }
}
