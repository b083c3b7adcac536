package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.incident.AlertBatch;
import dev.triage502.incident.AlertReader;
import dev.triage502.incident.UnreadableAlert;
import dev.triage502.redaction.LogRedaction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Takes the call of an action group and answers at once: 202 when what it opens is queued, 400 when it cannot be read,
 * 413 when it is too long, 503 when it cannot be queued, which Azure Monitor brings again.
 *
 * <p>The message is sent in here and not by an output binding: one that fails answers 500, which is not brought again.
 */
public final class AlertsFunction {

    /** Azure Monitor's own limit for what it sends. */
    static final int LONGEST = 256 * 1024;

    private final Supplier<AlertIntake> reception;

    AlertsFunction(Supplier<AlertIntake> reception) {
        this.reception = reception;
    }

    @FunctionName("alerts")
    public HttpResponseMessage run(
            @HttpTrigger(
                            name = "request",
                            methods = {HttpMethod.POST},
                            authLevel = AuthorizationLevel.FUNCTION,
                            route = "alerts")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return HttpAnswers.guard(request, context, () -> {
            Logger log = LogRedaction.on(context.getLogger());
            return HttpAnswers.json(
                    request,
                    HttpStatus.ACCEPTED,
                    reception.get().take(read(request.getBody().orElse(""), log), log));
        });
    }

    /** What cannot be read is refused, and noted for whoever does not see the answer. */
    private AlertBatch read(String body, Logger log) {
        try {
            return read(body);
        } catch (HttpProblem refused) {
            note("refused with " + refused.status().value() + ": " + refused.getMessage(), log);
            throw refused;
        }
    }

    private void note(String why, Logger log) {
        try {
            reception.get().ignore(why, log);
        } catch (RuntimeException noStore) {
            log.warning("could not store why an alert was refused: " + noStore.getMessage());
        }
    }

    private static AlertBatch read(String body) {
        int length = body.length() > LONGEST ? body.length() : body.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new HttpProblem(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "Body too large",
                    "the body: found " + length + " bytes; expected at most " + LONGEST
                            + ", the limit of Azure Monitor");
        }
        try {
            return AlertReader.read(body);
        } catch (UnreadableAlert unreadable) {
            throw HttpProblem.at(unreadable.where(), unreadable.expected(), unreadable.came());
        }
    }
}
