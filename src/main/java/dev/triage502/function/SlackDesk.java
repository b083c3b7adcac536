package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.SlackReplies;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.store.StoreFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does what somebody asked for in Slack, and answers there: also that it could not be done, and why. */
final class SlackDesk {

    private final GatewayLookup gateways;
    private final RequestedDiagnosis diagnoses;
    private final FeedbackDesk feedback;
    private final IncidentViews views;
    private final MessageLinks links;
    private final BiFunction<String, JsonObject, DeliveryResult> answers;
    private final Clock clock;

    /** @param answers posts an answer to the URL that Slack gave for it */
    SlackDesk(
            GatewayLookup gateways,
            RequestedDiagnosis diagnoses,
            FeedbackDesk feedback,
            IncidentViews views,
            MessageLinks links,
            BiFunction<String, JsonObject, DeliveryResult> answers,
            Clock clock) {
        this.gateways = gateways;
        this.diagnoses = diagnoses;
        this.feedback = feedback;
        this.views = views;
        this.links = links;
        this.answers = answers;
        this.clock = clock;
    }

    /** Never throws: who asked is told, and can ask again. */
    void run(SlackErrand errand, Logger log) {
        log.info(errand.toString());
        JsonObject answer = answer(errand, log);
        answer.addProperty("replace_original", false);
        if (!errand.thread().isEmpty()) {
            answer.addProperty("thread_ts", errand.thread());
        }
        DeliveryResult sent = answers.apply(errand.answer(), answer);
        if (!(sent instanceof DeliveryResult.Sent)) {
            log.warning(errand + ": the answer was not delivered: " + sent);
        }
    }

    private JsonObject answer(SlackErrand errand, Logger log) {
        try {
            return switch (errand.what()) {
                case HELP -> toWhoAsked(gateways.known(""), Optional.empty());
                case DIAGNOSE -> diagnosis(gateways.find(new GatewayText(errand.subject())), errand.since(), log);
                case DIAGNOSE_AGAIN -> diagnosis(known(errand.subject(), views::gateway), errand.since(), log);
                case RIGHT -> recorded(errand, "right", "Recorded: the diagnosis was right.");
                case WRONG -> recorded(errand, "wrong", "Recorded: the diagnosis was wrong.");
            };
        } catch (HttpProblem problem) {
            String help = errand.what() == SlackErrand.What.DIAGNOSE ? " " + SlackRequest.HELP : "";
            return toWhoAsked(problem.getMessage() + "." + help, Optional.empty());
        } catch (WrongSetting | StoreFailure failure) {
            log.log(Level.SEVERE, errand + ": " + failure.getMessage(), failure);
            return toWhoAsked("Not done: " + failure.getMessage() + ". Try again later.", Optional.empty());
        } catch (RuntimeException defect) {
            log.log(Level.SEVERE, errand + ": internal error: " + defect, defect);
            return toWhoAsked("Not done: internal error in triage502; see the log of the app.", Optional.empty());
        }
    }

    private JsonObject diagnosis(ResourceId gateway, Duration since, Logger log) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Incident incident = DiagnoseRequest.asked(gateway, now.minus(since), now);
        Report report = diagnoses.make(incident, DiagnosisService.DEADLINE, log).orElseThrow();
        DiagnosisDocument document = report.document();
        JsonObject message = SlackReplies.diagnosis(document, links.of(document));
        message.addProperty("response_type", "in_channel");
        return message;
    }

    private JsonObject recorded(SlackErrand errand, String verdict, String words) {
        feedback.record(errand.subject(), new FeedbackDesk.Answer(verdict, "", "", "slack:" + errand.user()));
        Optional<String> form = verdict.equals("wrong")
                ? known(errand.subject(), views::report)
                        .flatMap(report -> links.of(report.document()).feedbackWrong())
                : Optional.empty();
        return toWhoAsked(words, form);
    }

    private <T> T known(String incident, Function<String, T> reading) {
        if (!views.knows(incident)) {
            throw new HttpProblem(HttpStatus.NOT_FOUND, "No such incident", "the incident is no longer kept");
        }
        return reading.apply(incident);
    }

    private static JsonObject toWhoAsked(String words, Optional<String> form) {
        JsonObject note = SlackReplies.note(words, form);
        note.addProperty("response_type", "ephemeral");
        return note;
    }
}
