package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of one fault in a scene, as a test states it. */
final class PathScenes {

    static final Target FOUR = Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web");
    static final Target FIVE = Target.server("10.0.2.5", "pool-web").on(Place.SETTING, "set-web");

    private PathScenes() {}

    /** {@link Scene#web()} with its network, where no server answers. */
    static Scene web() {
        return Scene.web().network().webHealth("Unhealthy", Scene.CANNOT_CONNECT);
    }

    static NamedCause confirmed(String id, Target target, Target... alsoAt) {
        return named(id, Confidence.CONFIRMED, target, List.of(), alsoAt);
    }

    static NamedCause named(String id, Confidence sure, Target target, List<Target> suffering, Target... alsoAt) {
        return new NamedCause(
                id,
                Optional.of(sure),
                Optional.of(ConfidenceReason.DIRECT),
                Optional.of(target),
                List.of(alsoAt),
                List.of(Finding.of(Source.NETWORK, target, "seen").affecting(suffering)),
                Optional.empty(),
                Map.of());
    }

    static NamedCause conclusion(Conclusion conclusion) {
        return new NamedCause(
                conclusion.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    static Impact impact(List<String> listeners, List<String> hosts, List<String> notAffected) {
        return new Impact(
                new Impact.Count(40, 90, Source.ACCESS_LOG, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                listeners,
                hosts,
                List.of(),
                List.of(),
                notAffected);
    }

    static RequestPath path(Scene scene, NamedCause cause, NotModelled... notModelled) {
        return path(scene, cause, Optional.empty(), notModelled).orElseThrow();
    }

    static RequestPath path(Scene scene, NamedCause cause, Impact impact) {
        return path(scene, cause, Optional.of(impact)).orElseThrow();
    }

    static Optional<RequestPath> path(
            Scene scene, NamedCause cause, Optional<Impact> impact, NotModelled... notModelled) {
        return RequestPath.of(new Situation(scene.evidence()), cause, List.of(), impact, List.of(notModelled));
    }

    /** Each hop as {@code Rule rule-web (priority 100): broken, is at fault}. */
    static List<String> shown(List<Hop> hops) {
        return hops.stream().map(PathScenes::shown).toList();
    }

    private static String shown(Hop hop) {
        return hop.kind() + " " + hop.name() + (hop.detail().isEmpty() ? "" : " (" + hop.detail() + ")") + ": "
                + hop.state().id() + (hop.word().isEmpty() ? "" : ", " + hop.word());
    }
}
