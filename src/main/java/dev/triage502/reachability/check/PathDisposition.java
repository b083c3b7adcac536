package dev.triage502.reachability.check;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Clear;
import dev.triage502.reachability.CheckResult.Hinted;
import dev.triage502.reachability.CheckResult.Moot;
import dev.triage502.reachability.CheckResult.Shown;
import dev.triage502.reachability.CheckResult.Unread;
import dev.triage502.reachability.ReachabilityResult.Conclusions;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.check.FindingFormatter.Said;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stops each failing server? The first step that the evidence shows, else the first at which it hints; all others
 * then have that against them.
 */
final class PathDisposition {

    /** A server with what each step came to, and what of it decides. */
    record Judged(BackendServer server, Map<Step, CheckResult> steps, Optional<Step> shown, Optional<Step> decided) {
        public static Judged of(BackendServer server, Map<Step, CheckResult> steps) {
            Optional<Step> shown = first(steps, Shown.class);
            return new Judged(server, steps, shown, shown.or(() -> first(steps, Hinted.class)));
        }

        private static Optional<Step> first(Map<Step, CheckResult> steps, Class<? extends CheckResult> kind) {
            return Stream.of(Step.values())
                    .filter(step -> kind.isInstance(steps.get(step)))
                    .findFirst();
        }

        public CheckResult at(Step step) {
            CheckResult outcome = steps.get(step);
            return outcome == null ? new Moot() : outcome;
        }
    }

    private final List<Judged> judged;
    private final List<Said> staleShown;
    private final List<Said> staleHinted;
    private final FindingFormatter sentences;

    /** @param former what is found of addresses that are no server's any more */
    PathDisposition(List<Judged> judged, RemovedAddresses former, FindingFormatter sentences) {
        this.judged = judged;
        this.staleShown = former.shown();
        this.staleHinted = former.hinted();
        this.sentences = sentences;
    }

    /** What was found at one step. {@code unseen} is why it is not known what is in use, if it is not. */
    public Conclusions at(Step step, Optional<CouldNotRead<?>> unseen) {
        List<Said> shows = new ArrayList<>(step == Step.STALE ? staleShown : List.of());
        List<Said> hints = new ArrayList<>(step == Step.STALE ? staleHinted : List.of());
        List<Said> opposes = new ArrayList<>();
        Optional<CouldNotRead<?>> unread = judged.isEmpty() ? unseen : Optional.empty();
        for (Judged each : judged) {
            CheckResult outcome = each.at(step);
            if (each.decided().filter(step::equals).isPresent()) {
                boolean certain = outcome instanceof Shown && each.server().trouble() != ReachState.UNSEEN;
                claims(outcome).forEach(claim -> (certain ? shows : hints).add(new Said(each.server(), claim)));
            } else if (each.server().trouble().failing()) {
                against(each, outcome).ifPresent(claim -> opposes.add(new Said(each.server(), claim)));
            }
            if (outcome instanceof Unread lacking && each.shown().isEmpty() && unread.isEmpty()) {
                unread = Optional.of(lacking.why());
            }
        }
        List<Finding> found = sentences.of(shows);
        Reading<List<Finding>> read = Reading.present(found);
        return new Conclusions(
                found.isEmpty() ? unread.map(PathDisposition::unread).orElse(read) : read,
                Reading.present(sentences.of(hints)),
                Reading.present(sentences.of(opposes)));
    }

    private static Reading<List<Finding>> unread(CouldNotRead<?> why) {
        return Reading.couldNotRead(why.source(), why.why(), why.detail());
    }

    private static List<Claim> claims(CheckResult outcome) {
        if (outcome instanceof Shown shown) {
            return shown.claims();
        }
        return outcome instanceof Hinted hinted ? hinted.claims() : List.of();
    }

    private static Optional<Claim> against(Judged judged, CheckResult outcome) {
        String address = judged.server().address();
        if (judged.shown().isPresent()) {
            Claim decides = claims(judged.at(judged.shown().get())).get(0);
            return Optional.of(Claim.of(decides.source(), address, decides.shortly()));
        }
        return outcome instanceof Clear clear
                ? Optional.of(Claim.of(clear.source(), address, clear.text()))
                : Optional.empty();
    }
}
