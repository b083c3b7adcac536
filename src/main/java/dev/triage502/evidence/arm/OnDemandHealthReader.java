package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.OnDemandHealth.Answer;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the test probe saw: answers of {@code getBackendHealthOnDemand}, each with the {@code request} that asked. */
final class OnDemandHealthReader {

    private static final Comparator<Answer> ORDER = Comparator.comparing(Answer::host)
            .thenComparing(Answer::path)
            .thenComparing(answer -> answer.server().target())
            .thenComparing(Answer::toString);

    private OnDemandHealthReader() {}

    /** The answers; where Azure refused every request, why it did. */
    static Reading<OnDemandHealth> read(CanonicalNames spelling, JsonElement document, Losses losses) {
        List<ArmObject> asked = asked(document);
        List<ElementError> refusals = losses.each(asked, ElementError::inPlaceOf).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!asked.isEmpty() && refusals.size() == asked.size()) {
            return refusals.get(0).of(Source.ON_DEMAND_HEALTH);
        }
        Losses own = losses.ofPart();
        List<List<Answer>> understood = own.each(asked, answer -> answers(spelling, answer, losses));
        if (understood.isEmpty() && own.any()) {
            throw new MalformedDocument(own.words().get(0));
        }
        return Reading.present(new OnDemandHealth(
                understood.stream().flatMap(List::stream).sorted(ORDER).toList()));
    }

    private static List<ArmObject> asked(JsonElement document) {
        if (document instanceof JsonArray) {
            return ArmObject.list(document);
        }
        ArmObject one = ArmObject.document(document);
        return one.has("value") ? one.objects("value") : List.of(one);
    }

    private static List<Answer> answers(CanonicalNames spelling, ArmObject answer, Losses losses) {
        if (ElementError.inPlaceOf(answer).isPresent()) {
            return List.of();
        }
        ArmObject request = answer.object("request");
        String path = request.text("path");
        return BackendHealthReader.read(spelling, answer.json(), losses).servers().stream()
                .map(server -> new Answer(request.text("host"), path.isEmpty() ? "/" : path, server))
                .toList();
    }
}
