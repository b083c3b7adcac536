package dev.triage502.function;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.redaction.PlainText;
import dev.triage502.redaction.SecretRedaction;
import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.FeedbackPage;
import dev.triage502.report.html.FeedbackPage.Choice;
import dev.triage502.report.html.NoticePage;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.store.Feedback;
import dev.triage502.store.Feedback.Verdict;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import dev.triage502.triage.Triage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes in whether a diagnosis was right, from programs and from people at a form. */
final class FeedbackDesk {

    private static final int LONGEST_FORM = 10_000;

    private final Supplier<Store> store;
    private final CausePages pages = CausePages.bundled();
    private final Clock clock;

    FeedbackDesk(Supplier<Store> store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What somebody said.
     *
     * @param cause  the id of the true cause; may be empty
     * @param target what was at fault; may be empty
     * @param by     who said it, or how they came to say it
     */
    record Answer(String verdict, String cause, String target, String by) {}

    /** @throws HttpProblem if there is no such incident, or the answer means nothing */
    Feedback record(String id, Answer answer) {
        JsonObject incident = store.get()
                .incidents()
                .find(id)
                .orElseThrow(
                        () -> new HttpProblem(HttpStatus.NOT_FOUND, "No such incident", "no incident with this id"));
        if (!answer.cause().isEmpty() && pages.text(answer.cause()).isEmpty()) {
            throw HttpProblem.at("cause", "the id of a cause", "one that is not known");
        }
        try {
            Feedback feedback = FeedbackStore.on(
                    incident,
                    answer.verdict(),
                    answer.cause(),
                    // It is free text, and goes into the case that can be downloaded.
                    SecretRedaction.of(PlainText.line(answer.target())),
                    new Feedback.Given(clock.instant(), answer.by()));
            store.get().feedback().put(feedback);
            return feedback;
        } catch (IllegalArgumentException wrong) {
            throw new HttpProblem(HttpStatus.BAD_REQUEST, "Cannot be read", String.valueOf(wrong.getMessage()));
        }
    }

    /** The page that asks; it records nothing. */
    HttpResponseMessage ask(HttpRequestMessage<?> request, Optional<Report> report, PageLink back) {
        DiagnosisDocument document = report.orElseThrow(() -> new HttpProblem(
                        HttpStatus.NOT_FOUND, "Not diagnosed yet", "There is no diagnosis to judge yet."))
                .document();
        String verdict = request.getQueryParameters().getOrDefault("verdict", "");
        return PageHeaders.page(
                        request.createResponseBuilder(HttpStatus.OK),
                        FeedbackPage.of(
                                document.headline(),
                                ReportPhrases.place(document),
                                Verdict.withId(verdict).isPresent() ? verdict : "",
                                choices(),
                                back.url()))
                .build();
    }

    /** Records what the form of that page sent. */
    HttpResponseMessage take(HttpRequestMessage<Optional<String>> request, String id, String by, PageLink back) {
        Map<String, String> form = form(request.getBody().orElse(""));
        String verdict = form.getOrDefault("verdict", "");
        boolean isWrong = verdict.equals(Verdict.WRONG.id());
        Feedback taken = record(
                id,
                new Answer(
                        verdict,
                        isWrong ? form.getOrDefault("cause", "") : "",
                        isWrong ? form.getOrDefault("target", "") : "",
                        by));
        return PageHeaders.page(
                        request.createResponseBuilder(HttpStatus.OK),
                        NoticePage.of(NoticePage.Kind.DONE, "Thank you", sentences(taken), List.of(back)))
                .build();
    }

    private List<String> sentences(Feedback taken) {
        String what = switch (taken.verdict()) {
            case RIGHT -> "Recorded: the diagnosis was right.";
            case UNSURE -> "Recorded: not sure.";
            case WRONG ->
                taken.cause().isEmpty()
                        ? "Recorded: the diagnosis was wrong."
                        : "Recorded: the diagnosis was wrong. The true cause: "
                                + pages.page(taken.cause()).title() + ".";
        };
        return List.of(what, "It counts in the accuracy for your gateways. To change it, answer again.");
    }

    private List<Choice> choices() {
        return Triage.causes().stream()
                .map(id -> new Choice(id, pages.page(id).title()))
                .sorted(Comparator.comparing(Choice::title))
                .toList();
    }

    private static Map<String, String> form(String body) {
        if (body.length() > LONGEST_FORM) {
            throw HttpProblem.at("the form", "at most " + LONGEST_FORM + " characters", body.length() + " characters");
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException notEncoded) {
            throw HttpProblem.at("the form", "application/x-www-form-urlencoded", "something else");
        }
    }
}
